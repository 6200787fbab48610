"""Excel's workbooks as tables, read row by row, after a look at their bytes.

What reads XML builds a thing for every tag, and some of Excel's are dear: a megabyte of styles costs minutes. So the
parts of a workbook are looked at first, as bytes: how long each may be, how many tags there are, and that nothing is in
it that Excel does not write and that would make such counting wrong, such as comments, entities or other encodings.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from proviso.records.imports.archives import DAMAGED, damaged, open_archive, too_large
from proviso.records.imports.parsed import UnreadableError
from proviso.records.imports.tables import PART_BYTES, RawLine, Table, bounded, tidied

MOST_COLUMNS = 60
MOST_TAGS = 2_000_000  # openings and closings: ten thousand people have some 300,000
MOST_ROW_BYTES = 256 * 1024
MOST_BYTES_BESIDE = 300_000  # of a part that is no sheet and no text, such as the styles
_LONG_PARTS = ("xl/worksheets/", "xl/sharedstrings")
_ROW_END = re.compile(rb"</(?:\w+:)?row\b")
# Declarations, comments and the like; instructions but for the first one, which says the encoding; UTF-16.
_FOREIGN = re.compile(rb"<!|<\?(?!xml[ \t\r\n])|\0")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)", re.I)
_UNREADABLE = (*DAMAGED, InvalidFileException, KeyError, TypeError, AttributeError, IndexError, ParseError)


def xlsx_table(content: IO[bytes], file: str) -> Table:
    """Return the first visible sheet of a workbook as a table; values as last worked out, dates as 2026-09-01.

    Raises:
        UnreadableError: damaged, locked, or larger than any export; also while its lines are read.
    """
    with open_archive(content, lambda _name: True) as archive:
        _look_at(archive, file)
    try:
        book = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise UnreadableError(_("%(file)s has no sheet.") % {"file": file}, _("Choose another file."))
        sheet = sheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not asked
        lines = _lines(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))
        headings = next(lines, RawLine(1, ()))
    except _UNREADABLE as error:
        raise error if isinstance(error, UnreadableError) else damaged() from error
    notices = []
    if len(sheets) > 1:
        what = _("%(file)s has %(many)d sheets. Only the first, “%(sheet)s”, was read.")
        notices.append(what % {"file": file, "many": len(sheets), "sheet": sheet.title})
    return Table(file, headings.cells, bounded(lines, file), notices)


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[RawLine]:
    try:
        for number, cells in enumerate(rows, 1):
            yield RawLine(number, tidied(_written(cell) for cell in cells))
    except _UNREADABLE as error:
        raise error if isinstance(error, UnreadableError) else damaged() from error


def _written(value: Any) -> str:
    """Return a cell as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _look_at(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a workbook that would cost more to read than any export does.

    Raises:
        UnreadableError: too long in one way or another, or not as Excel writes it.
    """
    tags = 0
    for member in archive.infolist():
        name = member.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue  # pictures and the like, which nothing here reads
        if not name.startswith(_LONG_PARTS) and member.file_size > MOST_BYTES_BESIDE:
            raise _foreign(file)
        try:
            with archive.open(member) as part:
                tags += _tags(part, file, has_rows=name.startswith("xl/worksheets/"))
        except DAMAGED as error:
            raise error if isinstance(error, UnreadableError) else damaged() from error
        if tags > MOST_TAGS:
            raise too_large()


def _tags(part: IO[bytes], file: str, *, has_rows: bool) -> int:
    """Return how many tags a part has, after a look at everything in it."""
    tags, since_row, before = 0, 0, b""
    while content := part.read(PART_BYTES):
        if not before:
            encoding = _ENCODING.search(content[:200].split(b"?>")[0])
            if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (encoding and encoding[1].lower() != b"utf-8"):
                raise _foreign(file)
        window = before + content
        if _FOREIGN.search(window) or (before and b"<?" in window):
            raise _foreign(file)
        tags += content.count(b"<")
        ends = [match.end() for match in _ROW_END.finditer(window)]
        since_row = len(window) - ends[-1] if ends else since_row + len(content)
        if has_rows and since_row > MOST_ROW_BYTES:
            raise _foreign(file)
        before = content[-32:]
    return tags


def _foreign(file: str) -> UnreadableError:
    return UnreadableError(
        _("%(file)s is not a workbook as Excel writes it.") % {"file": file},
        _("Open it in Excel, save the sheet as CSV (UTF-8), and choose that file."),
    )
