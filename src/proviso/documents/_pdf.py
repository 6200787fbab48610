"""A document as a PDF for keeping, by Typst: tagged, with its own typefaces, and the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from proviso.documents._blocks import Block, Document, Fields, Picture, is_long
from proviso.documents._glyphs import printable
from proviso.documents._typefaces import FAMILIES, fonts

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "document.typ"


def as_pdf(document: Document) -> bytes:
    """Return a document as PDF/A-2a and PDF/UA-1. All text goes in beside the template, so none can be markup."""
    values = asdict(document) | {"blocks": [_block(block) for block in document.blocks], "fonts": FAMILIES}
    language, _, region = document.language.partition("-")
    values |= {"language": language, "region": region or "gb"}
    del values["dated"]
    # The program gives Typst text alone, so a picture goes as the numbers of its bytes.
    values["look"] = {"colour": document.look.colour, "crest": list(document.look.crest)}
    compiler = typst.Compiler(_TEMPLATE, root=_HERE, font_paths=fonts())
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"document": json.dumps(printable(values))},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(document.dated, time(), UTC),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave pages instead of one file")
    return pdf


def _block(block: Block) -> dict[str, Any]:
    long = {"long": [is_long(value) for _name, value in block.pairs]} if isinstance(block, Fields) else {}
    numbers = {"png": list(block.png)} if isinstance(block, Picture) else {}
    return {"kind": type(block).__name__.lower(), **asdict(block), **long, **numbers}
