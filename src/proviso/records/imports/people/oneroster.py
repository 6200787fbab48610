"""OneRoster CSV, versions 1.2 and 1.1: a zip of tables, as management information systems export it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import cast
from zipfile import ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.imports.archives import DAMAGED, damaged
from proviso.records.imports.parsed import Parsed, UnreadableError
from proviso.records.imports.people.rows import ImportedRole, PersonRow
from proviso.records.imports.people.spreadsheet import days_of, keep_people
from proviso.records.imports.tables import Line, csv_table, mapped_lines, plain_heading
from proviso.records.people.models import Establishment, Role

Kind = Role.Kind
MEMBERS = ("manifest.csv", "orgs.csv", "users.csv", "roles.csv")
ROLES = {
    "principal": Kind.HEADTEACHER,
    "teacher": Kind.TEACHER,
    "aide": Kind.SUPPORT_STAFF,
    "counselor": Kind.SUPPORT_STAFF,
    "proctor": Kind.SUPPORT_STAFF,
    "administrator": Kind.SUPPORT_STAFF,
    "siteadministrator": Kind.SUPPORT_STAFF,
    "districtadministrator": Kind.SUPPORT_STAFF,
    "systemadministrator": Kind.SUPPORT_STAFF,
    "student": Kind.PUPIL,
    "parent": Kind.PARENT,
    "guardian": Kind.PARENT,
    "relative": Kind.PARENT,
}
# Our names of the columns that are read, with those of OneRoster.
USERS = {
    "id": "sourcedId",
    "status": "status",
    "enabled": "enabledUser",
    "orgs": "orgSourcedIds",
    "role": "role",
    "given": "givenName",
    "family": "familyName",
    "email": "email",
}
LINKS = {
    "user": "userSourcedId",
    "role": "role",
    "starts": "beginDate",
    "ends": "endDate",
    "org": "orgSourcedId",
    "status": "status",
}
ORGS = {"id": "sourcedId", "name": "name", "kind": "type", "status": "status"}
MANIFEST = {"name": "propertyName", "value": "value"}
GONE = "tobedeleted"
ENABLED, DISABLED = ("", "true", "1", "yes"), ("false", "0", "no")


@dataclass(frozen=True)
class RosterRole:
    """A role of an export: OneRoster's word for it, made plain, and what it is here."""

    word: str
    role: ImportedRole


@dataclass(frozen=True)
class Organisations:
    """The organisations of an export, and which of them is the school that is imported into."""

    ids: frozenset[str]
    school: str


def read_export(archive: ZipFile, establishment: Establishment, parsed: Parsed) -> None:
    """Read the people of one school, known by its name, into the rows of what was parsed.

    Raises:
        UnreadableError: a file of which nothing can be read, or in which the school cannot be found.
    """
    export = _Export(archive, parsed)
    for name in ("orgs.csv", "users.csv"):
        if not export.has(name):
            raise UnreadableError(
                _("There is no %(file)s in the zip.") % {"file": name},
                _("Export OneRoster CSV with organisations, users and roles."),
            )
    properties = {line["name"]: line["value"] for line in export.lines("manifest.csv", MANIFEST, ("name", "value"))}
    if properties.get("file.users", "bulk").lower() == "delta":
        parsed.complete = False
        parsed.notices.append(_("The export has changes only, so people who are not in it are not taken to have left."))
    orgs = _organisations(export, establishment.name)
    keep_people(_Users(export, orgs, parsed).people(), "users.csv", parsed)


class _Export:
    """The tables of a zip, each read when it is asked for."""

    def __init__(self, archive: ZipFile, parsed: Parsed) -> None:
        self.archive, self.parsed = archive, parsed
        self.members = {name.rsplit("/", 1)[-1].lower(): name for name in archive.namelist()}

    def has(self, name: str) -> bool:
        return name in self.members

    def lines(self, name: str, columns: Mapping[str, str], wanted: Iterable[str]) -> Iterator[Line]:
        """Yield the lines of a table by our names of its columns; none where there is no such table.

        Raises:
            UnreadableError: damaged, no table, or one without a column of `wanted`.
        """
        if name not in self.members:
            return
        try:
            with self.archive.open(self.members[name]) as member:
                table = csv_table(cast(BufferedReader, member), name)
                known = {plain_heading(heading): ours for ours, heading in columns.items()}
                names = [known.get(plain_heading(heading), "") for heading in table.headings]
                if missing := [columns[ours] for ours in wanted if ours not in names]:
                    raise UnreadableError(
                        _("%(file)s has no column for: %(missing)s.") % {"file": name, "missing": ", ".join(missing)},
                        _("Export OneRoster CSV again, with all its columns."),
                    )
                self.parsed.notices += table.notices
                yield from mapped_lines(table, names, self.parsed)
        except DAMAGED as error:
            raise error if isinstance(error, UnreadableError) else damaged() from error


def _organisations(export: _Export, name: str) -> Organisations:
    """Return the organisations; the school is the only one, or the one of that name."""
    lines = list(export.lines("orgs.csv", ORGS, ("id", "name")))
    schools = [
        line for line in lines if plain_heading(line["kind"]) in {"school", ""} and line["status"].lower() != GONE
    ]
    named = [line for line in schools if plain_heading(line["name"]) == plain_heading(name)]
    mine = named if len(named) == 1 else schools
    if len(mine) != 1:
        raise UnreadableError(
            _("The export has %(many)d schools, and either none or more than one of them is called “%(school)s”.")
            % {"many": len(schools), "school": name},
            _("Export this school alone, or give it the same name in both systems."),
        )
    return Organisations(frozenset(line["id"] for line in lines), mine[0]["id"])


@dataclass
class _Users:
    """Reading of the people of one organisation."""

    export: _Export
    orgs: Organisations
    parsed: Parsed
    users: dict[str, int] = field(default_factory=dict)  # each id with its line
    links: dict[str, int] = field(default_factory=dict)  # each user of a role, with the first line of one
    outside: int = 0
    administrators: int = 0

    def people(self) -> Iterator[PersonRow]:
        """Yield the people with a role at the school; what is left out is said at the end."""
        roles = self._roles()
        for line in self.export.lines("users.csv", USERS, ("id", "given", "family")):
            row = self._row(line, roles)
            if row is not None:
                yield row
        self._report_unknown()
        self._report_left_out()

    def _row(self, line: Line, roles: Mapping[str, list[RosterRole]]) -> PersonRow | None:
        first = line["id"] not in self.users
        if not self._is_sound(line):
            self.parsed.doubtful.add(line["id"])
            return None
        mine = list(roles.get(line["id"], ()))
        if not self.export.has("roles.csv") and line["role"]:
            mine += self._role_beside(line)
        self.administrators += any(held.word.endswith("administrator") for held in mine)
        if not mine:
            self.outside += first and line["id"] not in self.parsed.doubtful
            return None
        held = {each.role.kind: each.role for each in mine}  # a role given twice is one role
        left = line["status"].lower() == GONE or line["enabled"].lower() in DISABLED
        return PersonRow(
            line["id"], line["given"], line["family"], line["email"].lower(), tuple(held.values()), line.number, left
        )

    def _is_sound(self, line: Line) -> bool:
        """Say whether a user is one; notes the fault otherwise."""
        what = do = ""
        if not (line["id"] and line["given"] and line["family"]):
            what = _("sourcedId, givenName or familyName is missing.")
            do = _("Fill it in where the export comes from.")
        elif line["id"] in self.users:
            what = _("The identifier %(id)s is on line %(line)d already.")
            what %= {"id": line["id"], "line": self.users[line["id"]]}
            do = _("Give each person an identifier of their own.")
        elif line["enabled"].lower() not in ENABLED + DISABLED:
            what = _("enabledUser is “%(value)s”.") % {"value": line["enabled"]}
            do = _("It must be true or false.")
        if line["id"]:
            self.users.setdefault(line["id"], line.number)
        if what:
            self.parsed.fault("users.csv", line.number, what, do)
        return not what

    def _roles(self) -> defaultdict[str, list[RosterRole]]:
        """Return the roles at the school by their users; every line is checked, of whatever school it is."""
        roles: defaultdict[str, list[RosterRole]] = defaultdict(list)
        for line in self.export.lines("roles.csv", LINKS, ("user", "role", "org")):
            if line["status"].lower() == GONE:
                continue
            self.links.setdefault(line["user"], line.number)
            known = self._is_known_org(line)
            kind = self._kind(line["role"], "roles.csv", line.number)
            days = days_of(line["starts"], line["ends"], "roles.csv", line.number, self.parsed)
            if line["org"] == self.orgs.school and kind is not None and days is not None:
                role = ImportedRole(kind, days.first, days.last)
                roles[line["user"]].append(RosterRole(plain_heading(line["role"]), role))
            elif line["org"] == self.orgs.school or not known:
                self.parsed.doubtful.add(line["user"])
        return roles

    def _is_known_org(self, line: Line) -> bool:
        if line["org"] in self.orgs.ids:
            return True
        what = _("orgs.csv has no organisation “%(org)s”.") % {"org": line["org"]}
        self.parsed.fault("roles.csv", line.number, what, _("Export organisations, users and roles together."))
        return False

    def _report_unknown(self) -> None:
        for user, number in self.links.items():
            if user not in self.users:
                what = _("users.csv has no user “%(user)s”.") % {"user": user}
                self.parsed.fault("roles.csv", number, what, _("Export organisations, users and roles together."))

    def _role_beside(self, line: Line) -> list[RosterRole]:
        """Return the role that version 1.1 writes beside the person."""
        if self.orgs.school not in [org.strip() for org in line["orgs"].split(",")]:
            return []
        kind = self._kind(line["role"], "users.csv", line.number)
        if kind is None:
            self.parsed.doubtful.add(line["id"])
            return []
        return [RosterRole(plain_heading(line["role"]), ImportedRole(kind))]

    def _kind(self, word: str, file: str, number: int) -> str | None:
        kind = ROLES.get(plain_heading(word))
        if kind is None:
            what = _("We do not know the role “%(role)s”.") % {"role": word}
            self.parsed.fault(file, number, what, _("Use a role of OneRoster, such as teacher."))
        return kind

    def _report_left_out(self) -> None:
        texts = {
            ngettext(
                "%(many)d person of the export has no role at this school and is left out.",
                "%(many)d people of the export have no role at this school and are left out.",
                self.outside,
            ): self.outside,
            ngettext(
                "%(many)d administrator of that system comes in as support staff: rights are given here, by hand.",
                "%(many)d administrators of that system come in as support staff: rights are given here, by hand.",
                self.administrators,
            ): self.administrators,
        }
        self.parsed.notices += [text % {"many": many} for text, many in texts.items() if many]
