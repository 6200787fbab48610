"""What a file holds, as far as it is shown: fields, a text, and the parts inside it, each within bounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

MOST_PARTS = 200
MOST_TEXT = 200_000  # characters
LONGEST_FIELD = 500


@dataclass(frozen=True)
class Part:
    """Something inside a file: an attachment, or a resource of a saved page. Nothing of it is opened."""

    name: str
    media_type: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Contents:
    """What was read. `left_out` is how many parts are not listed."""

    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()
    left_out: int = 0
    is_cut: bool = False

    @classmethod
    def of(cls, fields: Iterable[tuple[str, object]], text: str = "", parts: Iterable[Part] = ()) -> "Contents":
        """Return what was read, cut to what is shown."""
        kept = tuple((name, plain(str(value))) for name, value in fields if value)
        walked = iter(parts)
        listed = tuple(islice(walked, MOST_PARTS))
        return cls(kept, text[:MOST_TEXT], listed, sum(1 for _part in walked), len(text) > MOST_TEXT)


def plain(text: str) -> str:
    """Return a text on one line, without control characters, cut to a length that a page bears."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if letter.isprintable())[:LONGEST_FIELD]


def decoded(raw: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16 with its mark, or one byte to a letter, as Windows writes it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
