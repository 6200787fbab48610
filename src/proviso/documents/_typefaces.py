"""The typefaces of a PDF: one that is easily read, those that Typst brings for other scripts, and one for emoji."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

FAMILIES = ("Atkinson Hyperlegible Next", "DejaVu Sans Mono", "Libertinus Serif", "Noto Emoji")
_BUILD = Path(__file__).parent / "build"
_PROBE = b"#set text(font: json(bytes(sys.inputs.fonts)))\n#json(bytes(sys.inputs.text))"


@cache
def fonts() -> typst.Fonts:
    """Return the typefaces that came with the program; what the machine has is not looked at."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_BUILD])


def can_show(letter: str) -> bool:
    """Whether one of the typefaces has a letter; found by trying, for Typst does not list them."""
    inputs = {"fonts": json.dumps(FAMILIES), "text": json.dumps(f"a{letter}")}
    try:
        typst.Compiler(_PROBE, font_paths=fonts()).compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2b"])
    except typst.TypstError:
        return False
    return True
