"""The plain table: one line for each role of each person, with the headings that offices use."""

from datetime import date

from django.utils.translation import gettext as _

from proviso.records.imports.parsed import Held, Reading, Row
from proviso.records.imports.tables import Line, day_of, plain, table
from proviso.records.people.models import Role

Kind = Role.Kind
COLUMNS = {
    "identifier": ("Identifier", "Id", "Staff code", "Staff id", "Code", "Reference", "Employee number", "MIS id"),
    "given": ("First name", "Forename", "Given name", "Forenames", "Chosen forename", "Preferred forename"),
    "family": ("Last name", "Surname", "Family name", "Chosen surname", "Preferred surname"),
    "email": ("E-mail", "Email address", "Work email", "Mail"),
    "role": ("Role", "Job title", "Post", "Job", "Position"),
    "starts": ("Starts", "Start", "Start date", "From", "First day", "Begins", "Employment start"),
    "ends": ("Ends", "End", "End date", "Until", "Last day", "Leaving date", "Date of leaving"),
}
TEMPLATE = (
    "Identifier,First name,Last name,E-mail,Role,Starts,Ends\r\n"
    "S001,Ffion,Example,f.example@school.example,Teacher,01/09/2026,\r\n"
    "S002,Idris,Sample,i.sample@school.example,Teaching assistant,,\r\n"
)
WORDS: dict[str, str] = {
    **dict.fromkeys(
        ("headteacher", "head", "principal", "headmaster", "headmistress", "executivehead"), Kind.HEADTEACHER
    ),
    **dict.fromkeys(
        ("deputyheadteacher", "deputyhead", "deputy", "assistanthead", "viceprincipal", "assistantheadteacher"),
        Kind.DEPUTY_HEAD,
    ),
    **dict.fromkeys(
        ("teacher", "classteacher", "supplyteacher", "headofdepartment", "headofyear", "senco", "alnco"), Kind.TEACHER
    ),
    **dict.fromkeys(
        (
            "supportstaff",
            "support",
            "teachingassistant",
            "ta",
            "hlta",
            "caretaker",
            "cook",
            "midday",
            "middaysupervisor",
        )
        + (
            "officeadministrator",
            "schooladministrator",
            "administrativeassistant",
            "adminassistant",
            "office",
            "secretary",
        )
        + ("businessmanager", "schoolbusinessmanager", "technician", "librarian", "coversupervisor", "learningsupport"),
        Kind.SUPPORT_STAFF,
    ),
    **dict.fromkeys(("governor", "schoolgovernor", "parentgovernor", "staffgovernor"), Kind.GOVERNOR),
    **dict.fromkeys(("chair", "chairofgovernors", "chairoftrustees"), Kind.CHAIR),
    **dict.fromkeys(("clerk", "clerktothegovernors", "clerktogovernors", "governanceprofessional"), Kind.CLERK),
    **dict.fromkeys(("trustee",), Kind.TRUSTEE),
    **dict.fromkeys(("linemanager",), Kind.LINE_MANAGER),
    **dict.fromkeys(("volunteer",), Kind.VOLUNTEER),
    **dict.fromkeys(("contractor", "supply", "agency"), Kind.CONTRACTOR),
    **dict.fromkeys(("dpo", "dataprotectionofficer"), Kind.DPO),
    **dict.fromkeys(("itlead", "ictlead", "networkmanager", "itmanager"), Kind.IT_LEAD),
    **dict.fromkeys(("pupil", "student", "learner"), Kind.PUPIL),
    **dict.fromkeys(("parent", "carer", "parentorcarer", "guardian"), Kind.PARENT),
}
# These open other people's records, so a file does not give them: a person does, by hand, and it is logged as theirs.
BY_HAND = {
    "dsl": Kind.DSL,
    "dsp": Kind.DSL,
    "designatedsafeguardinglead": Kind.DSL,
    "designatedsafeguardingperson": Kind.DSL,
    "deputydsl": Kind.DEPUTY_DSL,
    "deputydsp": Kind.DEPUTY_DSL,
    "deputydesignatedsafeguardinglead": Kind.DEPUTY_DSL,
    "deputydesignatedsafeguardingperson": Kind.DEPUTY_DSL,
    "administrator": Kind.ADMINISTRATOR,
    "executive": Kind.EXECUTIVE,
}


def read(content: bytes, file: str) -> Reading:
    """Read a plain table.

    Raises:
        UnreadableError: a file of which nothing can be read.
    """
    reading = Reading()
    found: dict[str, Row] = {}
    for line in table(content, file, COLUMNS, ("identifier", "given", "family", "role"), reading):
        row = _row(line, file, reading)
        if row is None:
            reading.doubtful.add(line["identifier"])
        else:
            _add(row, found, file, reading)
    reading.rows = list(found.values())
    return reading


def _row(line: Line, file: str, reading: Reading) -> Row | None:
    if missing := [COLUMNS[name][0] for name in ("identifier", "given", "family") if not line[name]]:
        reading.fault(file, line.number, _("no %(what)s") % {"what": ", ".join(missing)}, _("fill it in"))
        return None
    kind = role_of(line["role"], file, line.number, reading)
    days = days_of(line["starts"], line["ends"], file, line.number, reading)
    if kind is None or days is None:
        return None
    return Row(
        line["identifier"], line["given"], line["family"], line["email"].lower(), (Held(kind, *days),), line.number
    )


def role_of(word: str, file: str, number: int, reading: Reading) -> str | None:
    """Return the role that a word means, or None with a fault."""
    known = plain(word)
    if known in BY_HAND:
        reading.fault(
            file,
            number,
            _("the role “%(role)s” is not given by a file") % {"role": word},
            _("give it by hand on the person's page, after the import"),
        )
        return None
    if known not in WORDS:
        what = _("unknown role “%(role)s”") % {"role": word} if word else _("no role")
        reading.fault(
            file, number, what, _("write one such as Teacher, Support staff, Governor, Volunteer or Contractor")
        )
        return None
    return WORDS[known]


def days_of(starts: str, ends: str, file: str, number: int, reading: Reading) -> tuple[date | None, date | None] | None:
    """Return the first and last day of a role, or None with a fault."""
    read_days: list[date | None] = []
    for said in (starts, ends):
        try:
            read_days.append(day_of(said))
        except ValueError:
            reading.fault(file, number, _("“%(said)s” is no date") % {"said": said}, _("write it like 01/09/2026"))
            return None
    first, last = read_days
    if first and last and last < first:
        reading.fault(file, number, _("the last day is before the first"), _("look at both dates"))
        return None
    return first, last


def _add(row: Row, found: dict[str, Row], file: str, reading: Reading) -> None:
    """Add a line to what is known: somebody in two roles stands on two lines, and is one person."""
    known = found.get(row.source_id)
    if known is None:
        found[row.source_id] = row
        return
    if (known.given_name, known.family_name) != (row.given_name, row.family_name):
        told = {"id": row.source_id, "line": known.line}
        what = _("identifier %(id)s belongs to somebody else on line %(line)d") % told
        reading.fault(file, row.line, what, _("give each person an identifier of their own"))
    elif any(one.kind == row.roles[0].kind for one in known.roles):
        told = {"line": known.line}
        reading.fault(
            file, row.line, _("the same person in the same role as on line %(line)d") % told, _("remove one line")
        )
    elif row.email and known.email and row.email != known.email:
        told = {"line": known.line}
        what = _("another e-mail address than on line %(line)d for the same person") % told
        reading.fault(file, row.line, what, _("write the same on both"))
    else:
        found[row.source_id] = Row(
            row.source_id,
            row.given_name,
            row.family_name,
            known.email or row.email,
            known.roles + row.roles,
            known.line,
        )
