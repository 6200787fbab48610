"""What stands on paper, whatever kind of file it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading below the title, of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Fields:
    """Short particulars, each with its name."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Numbered:
    """A clause: its place in the document, its text, and its id with what became of it."""

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
    """A table with a header row that every page repeats. `widths` are shares; `tall` leaves room to write by hand."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tall: bool = False


Block: TypeAlias = Heading | Paragraph | Fields | Numbered | Bullet | Table


@dataclass(frozen=True)
class Sheet:
    """A whole document; `header` and `footer` stand on every page, the footer beside the number of the page."""

    language: str
    dated: date
    title: str
    subtitle: str
    author: str
    header: tuple[str, str]
    footer: str
    page: str
    blocks: tuple[Block, ...]
