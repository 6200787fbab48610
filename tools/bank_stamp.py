"""The stamp of the bank that the vectors and trees were learned from."""

from __future__ import annotations

import hashlib

from proviso.rules.asking._bank import BANK
from proviso.rules.asking._files import HERE

BANK_STAMP = HERE / "bank.sha256"


def bank_stamp() -> str:
    """Return what tells that the bank has changed and was not learned anew."""
    content = b"".join(path.read_bytes() for path in sorted(BANK.glob("*.tsv")))
    return hashlib.sha256(content).hexdigest()
