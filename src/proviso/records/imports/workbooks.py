"""Excel's workbooks as tables, read row by row, after a look at their bytes.

What reads XML builds a thing for every tag, and some of Excel's are dear: a megabyte of styles costs minutes. So the
parts of a workbook are looked at first, as bytes: how long each may be, how many tags there are, and that nothing is in
it that Excel does not write and that would make such counting wrong, such as comments, entities or other encodings.
"""

import io
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
MOST_ITEMS = 200_000  # rows and texts
MOST_ITEM_BYTES = 256 * 1024
OVERLAP_BYTES = 32  # a tag's name may stand on the edge of two pieces
MOST_BYTES_BESIDE = 300_000  # of a part that is no sheet and no text, such as the styles
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/\w+\.xml|xl/\w+\.xml|xl/theme/\w+\.xml|xl/worksheets/\w+\.xml"
    r"|xl/(worksheets/)?_rels/[\w.]+\.rels"
)
_LONG_PARTS = ("xl/worksheets/", "xl/sharedstrings")
# Where a row of a sheet or a text ends: what reads them holds one at a time.
_ITEM_END = re.compile(rb"</(?:\w+:)?(?:row|si)\b")
# Declarations, comments and the like; instructions but for the first one, which says the encoding; UTF-16.
_FOREIGN = re.compile(rb"<!|<\?(?!xml[ \t\r\n])|\0")
# Tags of which each is dear, and which belong into parts that are short: a workbook may say that any part is any other.
_DEAR = re.compile(rb"<(?:\w+:)?(?:sheet|xf|definedName|Relationship|Override)\b")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)", re.I)
_UNREADABLE = (*DAMAGED, InvalidFileException, KeyError, TypeError, AttributeError, IndexError, ParseError)


def xlsx_table(content: IO[bytes], file: str) -> Table:
    """Return the first visible sheet of a workbook as a table; values as last worked out, dates as 2026-09-01.

    Raises:
        UnreadableError: damaged, locked, or larger than any export; also while its lines are read.
    """
    with open_archive(content, _is_needed) as archive:
        vetted = _vetted(archive, file)
    try:
        book = openpyxl.load_workbook(vetted, read_only=True, data_only=True, keep_links=False)
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


def _is_needed(name: str) -> bool:
    """Say whether a member is read at all: sheets, texts, styles and what leads to them, but no pictures or macros."""
    return _NEEDED.fullmatch(name.lower()) is not None


def _vetted(archive: zipfile.ZipFile, file: str) -> io.BytesIO:
    """Return the members that are needed, once they were looked at, in memory: nothing else can be reached from them.

    Raises:
        UnreadableError: more to read than in any export, or not as Excel writes it.
    """
    tags = items = 0
    vetted = io.BytesIO()
    with zipfile.ZipFile(vetted, "w") as copy:
        for member in archive.infolist():
            if not _is_needed(member.filename):
                continue
            is_long = member.file_size > MOST_BYTES_BESIDE
            if is_long and not member.filename.lower().startswith(_LONG_PARTS):
                raise _foreign(file)
            try:
                with archive.open(member) as content, copy.open(member.filename, "w") as target:
                    part = _Part(content, target, file, is_long)
                    part.look_through()
            except DAMAGED as error:
                raise error if isinstance(error, UnreadableError) else damaged() from error
            tags, items = tags + part.tags, items + part.items
            if tags > MOST_TAGS or items > MOST_ITEMS:
                raise too_large()
    return vetted


class _Part:
    """A part of a workbook, copied while its tags, rows and texts are counted and what is foreign is refused."""

    def __init__(self, content: IO[bytes], target: IO[bytes], file: str, is_long: bool) -> None:
        self.content, self.target, self.file, self.is_long = content, target, file, is_long
        self.tags = self.items = self.since_item = 0

    def look_through(self) -> None:
        before = self.content.read(PART_BYTES)
        self._check_beginning(before)
        self._look_at(before, b"")
        while piece := self.content.read(PART_BYTES):
            if b"<?" in (window := before[-OVERLAP_BYTES:] + piece):
                raise _foreign(self.file)
            self._look_at(piece, window[: len(window) - len(piece)])
            before = piece

    def _check_beginning(self, piece: bytes) -> None:
        encoding = _ENCODING.search(piece[:200].split(b"?>")[0])
        if piece.startswith((b"\xff\xfe", b"\xfe\xff")) or (encoding and encoding[1].lower() != b"utf-8"):
            raise _foreign(self.file)

    def _look_at(self, piece: bytes, overlap: bytes) -> None:
        self.target.write(piece)
        window = overlap + piece
        self.tags += piece.count(b"<")
        # One that ends in the overlap was counted with the piece before.
        ends = [match.end() for match in _ITEM_END.finditer(window) if match.end() > len(overlap)]
        self.items += len(ends)
        self.since_item = len(window) - ends[-1] if ends else self.since_item + len(piece)
        is_dear = self.is_long and (self.since_item > MOST_ITEM_BYTES or _DEAR.search(window))
        if is_dear or _FOREIGN.search(window):
            raise _foreign(self.file)


def _foreign(file: str) -> UnreadableError:
    return UnreadableError(
        _("%(file)s is not a workbook as Excel writes it.") % {"file": file},
        _("Open it in Excel, save the sheet as CSV (UTF-8), and choose that file."),
    )
