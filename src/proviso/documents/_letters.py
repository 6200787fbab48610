"""Text that any file can hold, and letters that the typefaces of a PDF have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from proviso.documents._typeface import can_show

_MISSING = "\N{WHITE SQUARE}"
_SURE = 0x24F  # to here the typeface has every letter, those of Welsh and Polish among them


def plain(text: str) -> str:
    """Return a text without what no file of words can hold: control characters and halves of characters."""
    return "".join(
        " " if letter in "\t\n\r" else letter for letter in text if letter in "\t\n\r" or not _is_unfit(letter)
    )


def printable(value: Any) -> Any:
    """Return texts, also within lists and mappings, with a square for each letter that no typeface here has."""
    if isinstance(value, str):
        return "".join(letter if _shows(letter) else _MISSING for letter in plain(value))
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, (list, tuple)) else value


def _is_unfit(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")


@lru_cache(maxsize=4096)
def _shows(letter: str) -> bool:
    return ord(letter) <= _SURE or can_show(letter)
