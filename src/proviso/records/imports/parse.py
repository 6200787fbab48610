"""Read a file of people, whatever its form."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from proviso.records.imports import oneroster, spreadsheet
from proviso.records.imports.parsed import Fault, Reading, Row
from proviso.records.imports.tables import MOST_BYTES, UnreadableError
from proviso.records.people.models import Role

NO_SIGN_IN = {Role.Kind.PUPIL.value, Role.Kind.PARENT.value}


def read(name: str, content: bytes, school: str) -> Reading:
    """Return what a file says of the people of a school; every fault of it is in the reading, none is raised."""
    try:
        if len(content) > MOST_BYTES:
            raise UnreadableError(_("The file is larger than 20 MB."), _("Import one school at a time."))
        if not content.strip():
            raise UnreadableError(_("The file is empty."), _("Choose the file that was exported."))
        zipped = oneroster.is_zip(content)
        reading = oneroster.read(content, school) if zipped else spreadsheet.read(content, name)
    except UnreadableError as error:
        return Reading(stopped=True, faults=[Fault(name, 0, str(error), error.do)])
    if not reading.rows and not reading.faults:
        return Reading(stopped=True, faults=[Fault(name, 0, _("There is nobody in the file."), _("Export it anew."))])
    reading.rows = _with_sound_addresses(reading, "users.csv" if zipped else name)
    reading.faults.sort(key=lambda one: (one.file, one.line))
    return reading


def _with_sound_addresses(reading: Reading, file: str) -> list[Row]:
    """Return the people whose address is one, and theirs alone; pupils and parents lose theirs: they do not sign in."""
    kept: list[Row] = []
    owners: dict[str, int] = {}
    for row in reading.rows:
        if {held.kind for held in row.roles} <= NO_SIGN_IN:
            row = replace(row, email="")
        if row.email and not _is_address(row.email):
            what = _("“%(email)s” is no e-mail address") % {"email": row.email}
            reading.fault(file, row.line, what, _("write it like name@school.example"))
            reading.doubtful.add(row.source_id)
        elif row.email in owners:
            told = {"email": row.email, "line": owners[row.email]}
            what = _("the address %(email)s is that of somebody else on line %(line)d") % told
            reading.fault(file, row.line, what, _("give each person an address of their own"))
            reading.doubtful.add(row.source_id)
        else:
            if row.email:
                owners[row.email] = row.line
            kept.append(row)
    return kept


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
