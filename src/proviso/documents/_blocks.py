"""What stands in a document, whatever kind of file it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

_LONG = 40  # letters of a word that would not stand beside a name: a fingerprint has 64


@dataclass(frozen=True)
class Heading:
    """A heading below the title, of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Fields:
    """Short particulars, each with its name."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Numbered:
    """A clause: its number, its text, and a mark if there is something to say of it."""

    place: str
    text: str
    mark: str


@dataclass(frozen=True)
class Bullet:
    """A point of a list, with a word or two in bold before it."""

    lead: str
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a header row that every page repeats.

    Every row is as long as the header. `widths` are shares of the page's width; `tall` leaves room to write by hand.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tall: bool = False


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a page of its own."""


@dataclass(frozen=True)
class Picture:
    """A picture as PNG, so many millimetres wide, with what it says to whoever cannot see it."""

    png: bytes
    alt: str
    width: int = 30


Block: TypeAlias = PageBreak | Picture | Heading | Paragraph | Fields | Numbered | Bullet | Table


@dataclass(frozen=True)
class Look:
    """How an author's documents look: a colour that can be read on white, and a crest as PNG, or none."""

    colour: str = "#0d4f54"
    crest: bytes = b""


@dataclass(frozen=True)
class Document:
    """A whole document.

    `language` is `en-gb` or `cy`; `dated` is the day that the file itself is dated. `header` (left and right) and
    `footer` stand on every page, the footer beside `page`, in which `{page}` and `{pages}` become numbers. `look` is
    how the author's documents look.
    """

    language: str
    dated: date
    title: str
    subtitle: str
    author: str
    header: tuple[str, str]
    footer: str
    page: str
    blocks: tuple[Block, ...]
    look: Look = Look()


def is_long(value: str) -> bool:
    """Whether a particular has a word so long that it stands on a line of its own, below its name."""
    return max(map(len, value.split()), default=0) >= _LONG
