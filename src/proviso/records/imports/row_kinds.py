"""The kinds of rows that this room knows itself: people."""

from django.utils.translation import gettext_lazy as _

from proviso.records.imports.kinds import RowKind, register
from proviso.records.imports.people import applying, describing, oneroster, planning, spreadsheet

PEOPLE = RowKind(
    name="people",
    label=_("People"),
    permission="people.import",
    apply_permission="import.apply",
    columns=spreadsheet.COLUMNS,
    parts=planning.PARTS,
    example=spreadsheet.EXAMPLE,
    read=spreadsheet.read_table,
    plan=planning.plan,
    apply=applying.apply,
    describe=describing.describe,
    read_archive=oneroster.read_export,
    archive_members=oneroster.MEMBERS,
)

register(PEOPLE)
