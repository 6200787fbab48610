"""Text that any file can hold, and letters that the typefaces of a PDF have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from proviso.documents._typefaces import can_show

_MISSING = "\N{WHITE SQUARE}"
_SURE = 0x24F  # to here the typeface has every letter, those of Welsh and Polish among them


def without_controls(text: str, keep: str = "") -> str:
    """Return text without what no file of words can hold: control characters and halves of characters.

    Tabs and line breaks become blanks, but for those in `keep`, which stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(_fitting(letter, keep) for letter in text)


def printable(value: Any) -> Any:
    """Return texts, also within lists and mappings, with a square for each letter that no typeface here has."""
    if isinstance(value, str):
        return "".join(letter if _shows(letter) else _MISSING for letter in without_controls(value))
    if isinstance(value, dict):
        return {name: printable(inner) for name, inner in value.items()}
    return [printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _fitting(letter: str, keep: str) -> str:
    if letter in "\t\n\r":
        return letter if letter in keep else " "
    return "" if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") else letter


@lru_cache(maxsize=4096)
def _shows(letter: str) -> bool:
    return ord(letter) <= _SURE or can_show(letter)
