"""Bytes into a table: encodings, separators and headings as they come out of offices."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.utils.translation import gettext as _

from proviso.records.imports.parsed import Reading

MOST_BYTES = 20_000_000
MOST_LINES = 100_000
LONGEST = 200  # characters in one cell: more is no name, address or date
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


class UnreadableError(ValueError):
    """A file of which nothing can be read; the message says what, and `do` what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.do = do


@dataclass(frozen=True)
class Line:
    """One line of a table, by the names that we give its columns."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def text_of(content: bytes, file: str, reading: Reading) -> str:
    """Return a file's text: UTF-8, or what Excel on Windows writes, which is told.

    Raises:
        UnreadableError: bytes that are no text.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            text = content.decode("utf-16", "replace")
        else:
            # It gives every byte a character, except five that text never holds.
            text = _windows(content, file)
            reading.notices.append(
                _("%(file)s is not in UTF-8. It was read as Windows-1252: check that accents in names are right.")
                % {"file": file}
            )
    if "\0" in text:
        raise UnreadableError(
            _("%(file)s is not a text file.") % {"file": file},
            _("Save it as CSV (comma separated, UTF-8) and choose it again."),
        )
    return text


def _windows(content: bytes, file: str) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableError(
            _("%(file)s is in an encoding that we do not know.") % {"file": file},
            _("Save it as CSV in UTF-8 and choose it again."),
        ) from None


def plain(heading: str) -> str:
    """Return a heading without what offices write in different ways: `E-mail Address` is `emailaddress`."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def table(
    content: bytes, file: str, columns: Mapping[str, Iterable[str]], wanted: Sequence[str], reading: Reading
) -> Iterator[Line]:
    """Yield the lines of a CSV by our names of its columns: `columns` gives each with its known headings.

    Raises:
        UnreadableError: no table, or one without a column of `wanted`.
    """
    text = text_of(content, file, reading)
    head = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        names = _names(next(rows, []), columns)
        missing = [name for name in wanted if name not in names]
        if missing:
            raise UnreadableError(
                _("%(file)s has no column for: %(missing)s.")
                % {"file": file, "missing": ", ".join(sorted(next(iter(columns[name])) for name in missing))},
                _("The first line must name the columns, as in the template."),
            )
        yield from _lines(rows, names, file, reading)
    except csv.Error as error:
        raise UnreadableError(
            _("%(file)s cannot be read as a table (%(why)s).") % {"file": file, "why": error},
            _("Save it as CSV (comma separated, UTF-8) and choose it again."),
        ) from error


def _names(headings: list[str], columns: Mapping[str, Iterable[str]]) -> list[str]:
    known = {plain(heading): name for name, headings in columns.items() for heading in headings}
    return [known.get(plain(heading), "") for heading in headings]


def _lines(rows: Iterator[list[str]], names: list[str], file: str, reading: Reading) -> Iterator[Line]:
    number = 1
    for cells in rows:
        number += 1
        if number > MOST_LINES:
            raise UnreadableError(
                _("%(file)s has more than %(most)d lines.") % {"file": file, "most": MOST_LINES},
                _("Import one school at a time."),
            )
        clean = [" ".join(cell.split()) for cell in cells]
        if not any(clean):
            continue
        if any(len(cell) > LONGEST for name, cell in zip(names, clean, strict=False) if name):
            reading.fault(
                file,
                number,
                _("a cell is longer than 200 characters"),
                _("shorten it, or look for a lost quotation mark"),
            )
            continue
        yield Line(number, {name: cell for name, cell in zip(names, clean, strict=False) if name})


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
            found = datetime.strptime(short, form).date()
        except ValueError:
            continue
        if 1900 < found.year < 2200:
            return found
    raise ValueError(text)
