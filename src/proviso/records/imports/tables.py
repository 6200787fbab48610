"""Bytes into a table, line by line: CSV as it comes out of offices. Excel's workbooks are in `workbooks.py`."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO

from django.utils.translation import gettext as _

from proviso.records.imports.parsed import Parsed, UnreadableError

MOST_LINES = 100_000
LONGEST = 200  # characters in one cell: more is no name, address or date
PART_BYTES = 64 * 1024
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Line:
    """One line of a table, by the names that we give its columns."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class RawLine:
    """One line of a table as it stands in the file, blanks in its cells tidied."""

    number: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """A file's first line, and the others as they are read. `notices` fill while they are."""

    file: str
    headings: tuple[str, ...]
    lines: Iterator[RawLine]
    notices: list[str] = field(default_factory=list)


def plain_heading(heading: str) -> str:
    """Return a heading without what offices write in different ways: `Email Address` is `emailaddress`."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def day_of(text: str) -> date | None:
    """Return a date as people in Britain write it, or None for nothing.

    Raises:
        ValueError: no date.
    """
    if not text:
        return None
    short = text.split("T")[0].split(" 00:00")[0]
    for form in _DATES:
        try:
            day = datetime.strptime(short, form).date()
        except ValueError:
            continue
        if 1900 < day.year < 2200:
            return day
    raise ValueError(text)


def csv_table(content: IO[bytes], file: str) -> Table:
    """Return a CSV as a table: with commas, semicolons or tabs, in UTF-8, UTF-16 or what Excel on Windows writes.

    Raises:
        UnreadableError: no text, or no table; also while its lines are read.
    """
    encoding = _encoding(content, file)
    notices = []
    if encoding == "cp1252":
        what = _("%(file)s is not in UTF-8. It was read as Windows-1252: check that accents in names are right.")
        notices.append(what % {"file": file})
    content.seek(0)
    text = io.TextIOWrapper(content, encoding, "replace" if encoding == "utf-16" else "strict", newline="")
    head = text.readline(PART_BYTES)
    text.seek(0)
    rows = csv.reader(text, delimiter=max(",;\t", key=head.count))
    lines = _csv_lines(text, rows, file)
    headings = next(lines, RawLine(1, ()))
    return Table(file, headings.cells, bounded(lines, file), notices)


def _encoding(content: IO[bytes], file: str) -> str:
    content.seek(0)
    if content.read(2) in _UTF16_MARKS:
        return "utf-16"
    candidates = ("utf-8-sig", "cp1252")  # cp1252 gives every byte a character, except five that text never holds
    encoding = next((candidate for candidate in candidates if _decodes(content, candidate)), None)
    if encoding is None:
        raise UnreadableError(
            _("%(file)s is in an encoding that we do not know.") % {"file": file},
            _("Save it as CSV in UTF-8 and choose it again."),
        )
    return encoding


def _decodes(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while part := content.read(PART_BYTES):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_lines(text: io.TextIOWrapper, rows: Iterator[list[str]], file: str) -> Iterator[RawLine]:
    try:
        for number, cells in enumerate(rows, 1):
            if any("\0" in cell for cell in cells):
                raise not_text(file)
            yield RawLine(number, tidied(cells))
    except (csv.Error, UnicodeError) as error:
        raise UnreadableError(
            _("%(file)s cannot be read as a table (%(why)s).") % {"file": file, "why": error},
            _("Save it as CSV (comma separated, UTF-8) and choose it again."),
        ) from error
    finally:
        if not text.closed:
            text.detach()  # what it reads from belongs to the caller, who may read it again


def not_text(file: str) -> UnreadableError:
    """Return what is said of a file that is neither text nor a workbook."""
    return UnreadableError(
        _("%(file)s is not a text file.") % {"file": file},
        _("Save it as CSV (comma separated, UTF-8) or as an Excel workbook (.xlsx), and choose it again."),
    )


def tidied(cells: Iterable[str]) -> tuple[str, ...]:
    """Return cells without blanks at their ends, and with one where there were several."""
    return tuple(" ".join(cell.split()) for cell in cells)


def bounded(lines: Iterator[RawLine], file: str) -> Iterator[RawLine]:
    """Yield the lines that say something.

    Raises:
        UnreadableError: there are more than any school's file has.
    """
    for line in lines:
        if line.number > MOST_LINES:
            raise UnreadableError(
                _("%(file)s has more than %(most)d lines.") % {"file": file, "most": MOST_LINES},
                _("Import one school at a time."),
            )
        if any(line.cells):
            yield line


def mapped_lines(table: Table, names: Sequence[str], parsed: Parsed) -> Iterator[Line]:
    """Yield a table's lines by our names of its columns, `names`, one for each heading; empty for one that is not read.

    A line with a cell that is too long is a fault, and left out.
    """
    for line in table.lines:
        cells = {name: cell for name, cell in zip(names, line.cells, strict=False) if name}
        if any(len(cell) > LONGEST for cell in cells.values()):
            parsed.fault(
                table.file,
                line.number,
                _("A cell is longer than %(most)d characters.") % {"most": LONGEST},
                _("Shorten it, or look for a lost quotation mark."),
            )
        else:
            yield Line(line.number, cells)
