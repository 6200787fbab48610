"""The example questions that teach which act a question is about, and the stamp of what was learned from them."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from proviso.rules.asking._files import HERE
from proviso.rules.asking._sentence import features
from proviso.rules.asking._understand import sentence_of
from proviso.rules.language import lexicon_in_use

WEIGHTS = HERE / "weights.tsv"
STAMP = HERE / "weights.json"


def examples(path: Path = HERE / "examples.tsv") -> list[tuple[str, dict[str, float]]]:
    """Return each example's act and the features that it is learned by."""
    lexicon = lexicon_in_use()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["act"], features(sentence_of(row["question"], lexicon))) for row in rows if row["act"]]


def stamp(learned_from: Iterable[tuple[str, dict[str, float]]]) -> dict[str, str]:
    """Return what tells that examples, patterns or weights have changed; how a lexicon is laid out does not matter."""
    lines = (json.dumps(example, sort_keys=True) for example in learned_from)
    return {
        "features": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        "weights": hashlib.sha256(WEIGHTS.read_bytes()).hexdigest(),
    }
