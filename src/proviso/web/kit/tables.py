"""Rows as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase

from proviso.documents import Cell, csv_lines, xlsx_file
from proviso.web.kit.responses import CSV, XLSX, file_response

Rows = Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Sheet:
    """A table to hand out: the file's name without its ending, what it is about, and its lines."""

    name: str
    title: str
    header: Sequence[str]
    rows: Rows


def csv_response(sheet: Sheet) -> HttpResponseBase:
    """Return a table as CSV, line by line."""
    return file_response(csv_lines(sheet.header, sheet.rows), f"{sheet.name}.csv", CSV)


def xlsx_response(sheet: Sheet) -> HttpResponseBase:
    """Return a table as XLSX."""
    return file_response(xlsx_file(sheet.title, sheet.header, sheet.rows), f"{sheet.name}.xlsx", XLSX)


# What a list is offered as: the end of the file's name, and how it is made.
FORMATS: dict[str, Callable[[Sheet], HttpResponseBase]] = {"csv": csv_response, "xlsx": xlsx_response}
