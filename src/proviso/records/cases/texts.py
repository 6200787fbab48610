"""What may stand in a text of a case: no picture that was pasted in, and no link where there is a sexual image."""

import re

from proviso.records.cases.links import LEFT_OUT, without_links

_PASTED = re.compile(r"data:[\w.+-]{1,100}/[\w.+-]{1,100}[;,][^\s\"'<>)]*", re.IGNORECASE)


def without_pasted_content(text: str, *, links: bool = True) -> str:
    """Return a text without pasted content, and without links where they may not stay (`links` is no)."""
    kept = _PASTED.sub(LEFT_OUT, text.strip())
    return kept if links else without_links(kept)
