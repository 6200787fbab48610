"""What may stand in a text of a case: no picture that was pasted in, and no link where there is a sexual image."""

import re

_PASTED = re.compile(r"data:[\w.+-]+/[\w.+-]+[;,][^\s\"'<>)]*", re.IGNORECASE)
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s\"'<>)]+", re.IGNORECASE)
REMOVED = "[…]"


def without_pasted_content(text: str, *, links: bool = True) -> str:
    """Return a text without pasted content, and without links where they may not stay (`links` is no)."""
    kept = _PASTED.sub(REMOVED, text.strip())
    return kept if links else _LINK.sub(REMOVED, kept)
