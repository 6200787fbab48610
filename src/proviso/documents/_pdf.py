"""A sheet as a PDF for keeping, by Typst: tagged, with its own typeface, and the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

import typst

from proviso.documents._glyphs import printable
from proviso.documents._sheet import Block, Sheet
from proviso.documents._typeface import FAMILIES, HERE, fonts


def as_pdf(sheet: Sheet) -> bytes:
    """Return a sheet as PDF/A-2a and PDF/UA-1. All texts go in beside the template, so none can be taken for markup."""
    written: dict[str, Any] = {**asdict(sheet), "blocks": [_block(block) for block in sheet.blocks], "fonts": FAMILIES}
    language, _, region = sheet.language.partition("-")
    written |= {"language": language, "region": region or "gb"}
    del written["dated"]
    compiler = typst.Compiler(HERE / "sheet.typ", root=HERE, font_paths=fonts())
    made = compiler.compile(
        format="pdf",
        sys_inputs={"sheet": json.dumps(printable(written))},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(sheet.dated, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave pages instead of one file")
    return made


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__.lower(), **asdict(block)}
