"""How well policies are read, on labelled ones: statements found, force, first topic, audience. `make reading` runs it.

Without a folder, each policy of learning/reading is read by heads that were learned from the others. The rules were
written with these policies in view: figures on policies that nobody looked at (`python -m bench.reading FOLDER`) are
lower, and the honest ones.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from proviso.rules.reading import Statement, read
from tools import reading
from tools.labelled_policies import Label, Labelled, labelled, matched


def main(folders: Sequence[str]) -> int:
    """Print the figures of each folder, or of the policies that were learned from."""
    for folder in folders:
        for policy in labelled(Path(folder)):
            _say(policy)
    return 0 if folders else reading.main(["--figures"])


def _say(policy: Labelled) -> None:
    statements = read(policy.path.read_bytes(), policy.path.name).statements
    places = matched(policy.labels, [statement.text for statement in statements])
    pairs = [
        (label, statements[place]) for label, place in zip(policy.labels, places, strict=True) if place is not None
    ]
    sys.stdout.write(
        f"{policy.name}: {len(policy.labels)} labelled, found {_share(len(pairs), len(policy.labels))}, "
        f"{len(statements) - len(pairs)} besides; "
        f"force {_right(pairs, 'force')}, first topic {_right(pairs, 'topics')}, audience {_right(pairs, 'who')}\n"
    )


def _right(pairs: Sequence[tuple[Label, Statement]], field: str) -> str:
    def first(each: Label | Statement) -> str:
        value = getattr(each, field)
        return value if isinstance(value, str) else value[0]

    return _share(sum(first(label) == first(statement) for label, statement in pairs), len(pairs))


def _share(count: int, of: int) -> str:
    return f"{count / of:.1%}" if of else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
