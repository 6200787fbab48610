"""Rows as a file for a spreadsheet."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from proviso.web.kit import responses

Cell = str | int | float | date | None
Rows = Iterable[Sequence[Cell]]


def _csv(rows: Rows) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it Excel takes UTF-8 for something else
    for row in rows:
        yield writer.writerow([_harmless(_written(cell)) for cell in row])


class _Echo:
    def write(self, text: str) -> str:
        return text


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _harmless(text: str) -> str:
    # A cell that begins like a formula would be run by a spreadsheet.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


@dataclass(frozen=True)
class Format:
    """A kind of file: what its link says, its media type, and how rows become one."""

    label: str
    media_type: str
    write: Callable[[Rows], bytes | Iterable[str]]


FORMATS = {"csv": Format("CSV", responses.CSV, _csv)}
