"""The stamp of what reading learned: it tells that labelled policies or what was learned from them have changed."""

from __future__ import annotations

import hashlib

from proviso.rules.reading._learned import HEADS
from tools.labelled_policies import POLICIES

STAMP = HEADS.with_suffix(".sha256")


def stamp() -> str:
    """Return the stamp of the labelled policies and the heads as they are."""
    digest = hashlib.sha256()
    for path in sorted(path for path in POLICIES.rglob("*") if path.is_file()):
        digest.update(path.relative_to(POLICIES).as_posix().encode() + path.read_bytes())
    digest.update(HEADS.read_bytes())
    return digest.hexdigest()
