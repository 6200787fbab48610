"""People as a table: one line for each role of each person, with the headings that offices use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.imports.kinds import Column
from proviso.records.imports.parsed import Parsed
from proviso.records.imports.people.role_words import BY_HAND, ROLES
from proviso.records.imports.people.rows import ImportedRole, PersonRow
from proviso.records.imports.tables import Line, day_of, plain_heading
from proviso.records.people.models import Role

COLUMNS = (
    Column(
        "identifier",
        gettext_lazy("Identifier"),
        ("Identifier", "Id", "Staff code", "Staff id", "Code", "Reference", "Employee number", "MIS id"),
        required=True,
    ),
    Column(
        "given",
        gettext_lazy("First name"),
        ("First name", "Forename", "Given name", "Forenames", "Chosen forename", "Preferred forename"),
        required=True,
    ),
    Column(
        "family",
        gettext_lazy("Last name"),
        ("Last name", "Surname", "Family name", "Chosen surname", "Preferred surname"),
        required=True,
    ),
    Column("email", gettext_lazy("Email address"), ("Email", "Email address", "Work email", "Mail")),
    Column("role", gettext_lazy("Role"), ("Role", "Job title", "Post", "Job", "Position"), required=True),
    Column(
        "starts",
        gettext_lazy("First day"),
        ("Starts", "Start", "Start date", "From", "First day", "Begins", "Employment start"),
    ),
    Column(
        "ends",
        gettext_lazy("Last day"),
        ("Ends", "End", "End date", "Until", "Last day", "Leaving date", "Date of leaving"),
    ),
)
_NAMED = tuple(column for column in COLUMNS if column.name in {"identifier", "given", "family"})
EXAMPLE = (
    ("Identifier", "First name", "Last name", "Email", "Role", "Starts", "Ends"),
    ("S001", "Ffion", "Example", "f.example@school.example", "Teacher", "01/09/2026", ""),
    ("S002", "Idris", "Sample", "i.sample@school.example", "Teaching assistant", "", ""),
)
NO_SIGN_IN = {Role.Kind.PUPIL.value, Role.Kind.PARENT.value}


@dataclass(frozen=True)
class Days:
    """The first and the last day of a role, where a file gives them."""

    first: date | None
    last: date | None


def read_table(lines: Iterator[Line], file: str, parsed: Parsed) -> None:
    """Read the people of a table into the rows of what was parsed.

    Raises:
        UnreadableError: see `Parsed`.
    """
    people: dict[str, PersonRow] = {}
    for line in lines:
        row = _row(line, file, parsed)
        if row is None:
            parsed.doubtful.add(line["identifier"])
        else:
            _add(row, people, file, parsed)
    keep_people(people.values(), file, parsed)


def _row(line: Line, file: str, parsed: Parsed) -> PersonRow | None:
    if missing := [str(column.label) for column in _NAMED if not line[column.name]]:
        what = _("Nothing is given for: %(columns)s.") % {"columns": ", ".join(missing)}
        parsed.fault(file, line.number, what, _("Fill it in."))
        return None
    kind = role_of(line["role"], file, line.number, parsed)
    days = days_of(line["starts"], line["ends"], file, line.number, parsed)
    if kind is None or days is None:
        return None
    role = ImportedRole(kind, days.first, days.last)
    return PersonRow(line["identifier"], line["given"], line["family"], line["email"].lower(), (role,), line.number)


def role_of(word: str, file: str, number: int, parsed: Parsed) -> str | None:
    """Return the role that a word means, or None with a fault."""
    known = plain_heading(word)
    if known in BY_HAND:
        what = _("A file cannot give the role “%(role)s”.") % {"role": word}
        parsed.fault(file, number, what, _("Give it by hand on the person’s page, after the import."))
        return None
    if known not in ROLES:
        what = _("We do not know the role “%(role)s”.") % {"role": word} if word else _("No role is given.")
        parsed.fault(
            file, number, what, _("Use one such as Teacher, Support staff, Governor, Volunteer or Contractor.")
        )
        return None
    return ROLES[known]


def days_of(starts: str, ends: str, file: str, number: int, parsed: Parsed) -> Days | None:
    """Return the first and last day of a role, or None with a fault."""
    days: list[date | None] = []
    for text in (starts, ends):
        try:
            days.append(day_of(text))
        except ValueError:
            parsed.fault(file, number, _("“%(text)s” is not a date.") % {"text": text}, _("Write it like 01/09/2026."))
            return None
    first, last = days
    if first and last and last < first:
        parsed.fault(file, number, _("The last day is before the first day."), _("Check both dates."))
        return None
    return Days(first, last)


def _add(row: PersonRow, people: dict[str, PersonRow], file: str, parsed: Parsed) -> None:
    """Add a line to what is known: somebody in two roles stands on two lines, and is one person."""
    known = people.get(row.source_id)
    if known is None:
        people[row.source_id] = row
        return
    where = {"id": row.source_id, "line": known.line}
    if (known.given_name, known.family_name) != (row.given_name, row.family_name):
        what = _("The identifier %(id)s belongs to somebody else on line %(line)d.") % where
        parsed.fault(file, row.line, what, _("Give each person an identifier of their own."))
    elif any(role.kind == row.roles[0].kind for role in known.roles):
        what = _("This is the same person in the same role as on line %(line)d.") % where
        parsed.fault(file, row.line, what, _("Remove one of the two lines."))
    elif row.email and known.email and row.email != known.email:
        what = _("The same person has another email address on line %(line)d.") % where
        parsed.fault(file, row.line, what, _("Use the same address on both lines."))
    else:
        people[row.source_id] = replace(known, email=known.email or row.email, roles=known.roles + row.roles)


def keep_people(people: Iterable[PersonRow], file: str, parsed: Parsed) -> None:
    """Keep the people whose address is one, and theirs alone; pupils and parents lose theirs: they do not sign in."""
    owners: dict[str, int] = {}
    for row in people:
        email = "" if {role.kind for role in row.roles} <= NO_SIGN_IN else row.email
        if email and not _is_address(email):
            what = _("“%(email)s” is not an email address.") % {"email": email}
            parsed.fault(file, row.line, what, _("Write it like name@school.example."))
            parsed.doubtful.add(row.source_id)
        elif email in owners:
            what = _("The address %(email)s is also somebody else’s, on line %(line)d.")
            what %= {"email": email, "line": owners[email]}
            parsed.fault(file, row.line, what, _("Give each person an address of their own."))
            parsed.doubtful.add(row.source_id)
        else:
            if email:
                owners[email] = row.line
            parsed.keep(replace(row, email=email).as_json())


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
