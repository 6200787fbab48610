"""A file into rows: which table it is, which of its columns is which, and then what its kind makes of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from proviso.records.files import content_types
from proviso.records.imports.archives import open_archive
from proviso.records.imports.kinds import RowKind
from proviso.records.imports.parsed import Fault, Parsed, UnreadableError
from proviso.records.imports.tables import Table, csv_table, mapped_lines, plain_heading
from proviso.records.imports.workbooks import xlsx_table
from proviso.records.people.models import Establishment

SAMPLE_LINES = 3


@dataclass(frozen=True)
class Upload:
    """A file to read: its content from the start, its type by content, and its name."""

    content: IO[bytes]
    content_type: str
    name: str


@dataclass(frozen=True)
class Headings:
    """A table of which not every column that is needed was recognised: its headings and its first lines."""

    headings: Sequence[str]
    samples: Sequence[Sequence[str]]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept until somebody says which column is which."""
        return asdict(self)


def parse(
    upload: Upload, kind: RowKind, establishment: Establishment, remembered: Mapping[str, str]
) -> Parsed | Headings:
    """Return what a file says, with every fault of it; none is raised. Where columns are missing, return the headings.

    `remembered` gives headings, made plain, the names of columns that somebody chose for them; empty for none.
    """
    parsed = Parsed()
    try:
        if upload.content_type == content_types.ZIP:
            _read_archive(upload, kind, establishment, parsed)
        else:
            table = _table(upload)
            names = column_names(table.headings, kind, remembered)
            if missing_columns(names, kind):
                return Headings(table.headings, [line.cells for line in islice(table.lines, SAMPLE_LINES)])
            parsed.headings = list(table.headings)
            kind.read(mapped_lines(table, names, parsed), table.file, parsed)
            parsed.notices[:0] = table.notices
        if not parsed.rows and not parsed.faults:
            raise UnreadableError(_("There is nobody in the file."), _("Export it again."))
    except UnreadableError as error:
        return Parsed(stopped=True, faults=[Fault(upload.name, 0, str(error), error.do), *parsed.faults])
    parsed.faults.sort(key=lambda fault: (fault.file, fault.line))
    return parsed


def _read_archive(upload: Upload, kind: RowKind, establishment: Establishment, parsed: Parsed) -> None:
    if kind.read_archive is None:
        raise UnreadableError(_("A zip cannot be imported here."), _("Choose a table: CSV or Excel."))
    wanted = {name.lower() for name in kind.archive_members}
    with open_archive(upload.content, lambda name: name.rsplit("/", 1)[-1].lower() in wanted) as archive:
        kind.read_archive(archive, establishment, parsed)


def _table(upload: Upload) -> Table:
    opened = xlsx_table if upload.content_type == content_types.XLSX else csv_table
    table = opened(upload.content, upload.name)
    if not any(table.headings):
        what = _("%(file)s has nothing in its first line.") % {"file": upload.name}
        raise UnreadableError(what, _("The first line must name the columns, as in the template."))
    return table


def column_names(headings: Sequence[str], kind: RowKind, remembered: Mapping[str, str]) -> list[str]:
    """Return our name of the column under each heading, or nothing: as it was chosen before, or else as it is known.

    Two headings for one column: the first counts.
    """
    names: list[str] = []
    for heading in map(plain_heading, headings):
        known = next((column.name for column in kind.columns if heading and column.is_called(heading)), "")
        name = remembered.get(heading, known)
        names.append("" if name in names else name)
    return names


def missing_columns(names: Sequence[str], kind: RowKind) -> list[str]:
    """Return the labels of columns that are needed and not there."""
    return [str(column.label) for column in kind.columns if column.required and column.name not in names]
