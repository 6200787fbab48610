"""Text folded for looking things up, a character for each character, so that places in one are places in the other.

Letters become small and lose their accents, everything else becomes a space. What has no Latin letter stays as it is.
"""

from __future__ import annotations

import unicodedata

_OWN = {"ß": "s", "ø": "o", "đ": "d", "ł": "l", "æ": "a", "œ": "o", "ı": "i", "ð": "d", "þ": "t", "ə": "e"}
# Letters that look like Latin ones: somebody who wants to slip past a check, or a keyboard of another language.
_LOOK_ALIKE = dict(zip("аеорсухіјѕԁһԛԝα", "aeopcyxijsdhqwa", strict=True))
_BYTES = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalnum() else ord(" ") for code in range(256)
)


class _Table(dict[int, str]):
    """Worked out for each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    small = character.lower()
    small = small if len(small) == 1 else small[0]
    small = _OWN.get(small, _LOOK_ALIKE.get(small, small))
    plain = unicodedata.normalize("NFKD", small)[:1]
    if plain.isascii():
        return plain if plain.isalnum() else " "
    return plain if plain.isalnum() else " "


_TABLE = _Table()


def folded_bytes(text: str) -> bytes:
    """Return an ASCII text folded, with a space before and after it."""
    return b" " + text.encode("ascii").translate(_BYTES) + b" "


def fold(text: str) -> str:
    """Return a text folded; it is as long as the text, if the text is composed (see `composed`)."""
    return text.translate(_TABLE)


def composed(text: str) -> str:
    """Return a text whose letters hold their accents: a mark that stands alone would be a gap in a word."""
    return unicodedata.normalize("NFC", text)
