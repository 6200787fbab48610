"""Tables for spreadsheets, as CSV or XLSX, from a header and rows; and the one guard against cells that calculate."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, TypeAlias

from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.fonts import DEFAULT_FONT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from proviso.documents._glyphs import without_controls

Cell: TypeAlias = str | int | float | Decimal | date | None
"""What a cell may hold: text, a number, a day, a moment (`datetime` is a `date`), or nothing."""

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
MOST_ROWS = 1_048_576  # of a sheet, header included: the limit of the format, as are the next two
_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")  # the last four are the full-width = + - @
_SAMPLE = 200  # rows that are looked at for the widths of columns
_NARROWEST, _WIDEST = 8, 60  # characters
_LINE_HEIGHT, _TALLEST = 15, 405  # points; a row can be no taller than 409
_DAY, _MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


class TooManyRows(ValueError):
    """A table is longer than a sheet of a spreadsheet can be."""


def without_formula(text: str) -> str:
    """Return text that no spreadsheet calculates: an apostrophe stands before what could be a formula.

    As OWASP advises on CSV injection: what begins with `=`, `+`, `-`, `@` (also full-width, also after blanks), a tab
    or a line break is dangerous.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a table as the lines of a CSV file that Excel opens rightly, one for each row as it comes.

    Days are written `2026-09-01`, moments `2026-09-01 09:30` in local time, numbers with a point. A byte order mark
    comes first. ValueError where a row is not as long as the header.
    """
    writer = csv.writer(_Lines())
    yield BYTE_ORDER_MARK
    for row in chain([header], _checked(header, rows)):
        yield writer.writerow([_written(cell) for cell in row])


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Return a table as an XLSX file, open for reading at its start; whoever closes it removes it.

    Numbers, days and moments (in local time) stay what they are, text is never a formula. The header stays in sight and
    has filters. Rows go to disk as they come. `title` names the sheet. TooManyRows where a sheet cannot hold them,
    ValueError where a row is not as long as the header. Text is cut at 32,767 characters, the most that a cell holds.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    book.properties.title, book.properties.creator = title, ""
    file = TemporaryFile()
    try:
        try:
            _fill(sheet, header, _checked(header, rows))
        finally:
            book.save(file)  # also gives back the library's own temporary files
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class _Lines:
    """What `csv` writes to: hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _checked(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise ValueError(f"row {number} has {len(row)} cells, its header {len(header)}")
        yield row


def _text(cell: str | Promise) -> str:
    return without_formula(without_controls(str(cell), keep="\n"))


def _local(moment: datetime) -> datetime:
    return localtime(moment).replace(tzinfo=None) if is_aware(moment) else moment


def _written(cell: Cell | Promise) -> str:
    """Return a cell as it stands in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _local(cell).isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return _text(cell) if isinstance(cell, str | Promise) else str(cell)


def _fill(sheet: Worksheet, header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    sample = list(islice(rows, _SAMPLE))
    for number, width in enumerate(_widths([header, *sample]), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    _on_paper(sheet)
    sheet.append([_heading(sheet, name) for name in header])
    last = 1
    for last, row in enumerate(chain(sample, rows), 2):
        if last > MOST_ROWS:
            raise TooManyRows(f"a sheet holds {MOST_ROWS - 1:,} rows below its header, and there are more")
        lines = max((_lines(cell) for cell in row), default=1)
        if lines > 1:
            sheet.row_dimensions[last].height = min(lines * _LINE_HEIGHT, _TALLEST)
        sheet.append([_sheet_cell(sheet, cell) for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"


def _on_paper(sheet: Worksheet) -> None:
    """Let it be printed across A4, as wide as the paper, the header on every page."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = Worksheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Yield the width of each column in characters, with room for the mark of the filter."""
    for column in zip(*rows, strict=True):
        longest = max(len(line) for cell in column for line in _written(cell).split("\n"))
        yield min(max(longest + 3, _NARROWEST), _WIDEST)


def _lines(cell: Cell | Promise) -> int:
    """Return how many lines the text of a cell takes in the widest column."""
    if not isinstance(cell, str | Promise):
        return 1
    return sum(1 + len(line) // _WIDEST for line in str(cell).split("\n"))


def _heading(sheet: Worksheet, name: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, _text(name)[:_LONGEST_TEXT])
    cell.font = Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.size, bold=True)
    return cell


def _sheet_cell(sheet: Worksheet, cell: Cell | Promise) -> SheetCell | str | int | float | Decimal | None:
    if isinstance(cell, date):
        moment = _local(cell) if isinstance(cell, datetime) else datetime.combine(cell, time())
        dated = WriteOnlyCell(sheet, moment)
        dated.number_format = _MOMENT if isinstance(cell, datetime) else _DAY
        return dated
    return _text_cell(sheet, cell) if isinstance(cell, str | Promise) else cell


def _text_cell(sheet: Worksheet, words: str | Promise) -> SheetCell | str:
    text = _text(words)[:_LONGEST_TEXT]
    wraps = _lines(text) > 1
    if text[:1] != "#" and not wraps:
        return text  # much quicker than a cell of its own
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # also `#N/A`, which the library takes for an error
    if wraps:
        cell.alignment = Alignment(wrap_text=True)
    return cell


def _sheet_title(title: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", without_controls(title)).strip()[:_LONGEST_TITLE].strip() or "1"
