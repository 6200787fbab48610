"""What every reader makes of a file: blocks, one for each paragraph, list item, heading or table row, as printed."""

from __future__ import annotations

from dataclasses import dataclass, field


class UnreadableError(ValueError):
    """A file cannot be read as a policy: what is wrong, in a code, with what may stand in a sentence about it."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(slots=True)
class Line:
    """One printed line: of a page, or of a text file."""

    text: str
    indent: float = 0.0
    size: float = 0.0
    bold: bool = False
    page: int = 0
    gap: bool = False
    level: int = 0
    cells: tuple[str, ...] = ()
    full: bool = False


@dataclass(slots=True)
class Block:
    """A paragraph, list item, heading or table row.

    `label` is the printed number or bullet, `indent` tells how far in it stands (comparable within one file only),
    `level` is that of a heading, 0 where the file does not say; `lead` is a bold run-in heading. A row has its `cells`,
    and `header` the cells of the row that heads the table.
    """

    text: str
    label: str = ""
    indent: float = 0.0
    level: int = 0
    bold: bool = False
    lead: str = ""
    page: int = 0
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    item: bool = False
    contents: bool = False


@dataclass(slots=True)
class Content:
    """What stands in a file: its blocks, and how many pages it has (0 where the kind of file has none)."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    pages: int = 0
