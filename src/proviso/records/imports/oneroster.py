"""OneRoster CSV, versions 1.2 and 1.1: a zip of tables, as management information systems export it."""

import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.imports.parsed import Held, Reading, Row
from proviso.records.imports.spreadsheet import days_of
from proviso.records.imports.tables import Line, UnreadableError, plain, table
from proviso.records.people.models import Role

Kind = Role.Kind
MOST_UNPACKED = 200_000_000
MOST_FILES = 60
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
USERS = {
    name: (heading,)
    for name, heading in {
        "id": "sourcedId",
        "status": "status",
        "enabled": "enabledUser",
        "orgs": "orgSourcedIds",
        "role": "role",
        "given": "givenName",
        "family": "familyName",
        "email": "email",
    }.items()
}
LINKS = {
    name: (heading,)
    for name, heading in {
        "user": "userSourcedId",
        "role": "role",
        "starts": "beginDate",
        "ends": "endDate",
        "org": "orgSourcedId",
        "status": "status",
    }.items()
}
ORGS = {"id": ("sourcedId",), "name": ("name",), "kind": ("type",), "status": ("status",)}
MANIFEST = {"name": ("propertyName",), "value": ("value",)}


def read(content: bytes, school: str) -> Reading:
    """Read the people of one school, given by its name, from an export.

    Raises:
        UnreadableError: a file of which nothing can be read, or in which the school cannot be told.
    """
    files = unpacked(content)
    reading = Reading()
    for name in ("orgs.csv", "users.csv"):
        if name not in files:
            raise UnreadableError(
                _("There is no %(file)s in the zip.") % {"file": name},
                _("Export OneRoster CSV with organisations, users and roles."),
            )
    if _manifest(files).get("file.users", "bulk").lower() == "delta":
        reading.complete = False
        reading.notices.append(_("The export holds changes only, so nobody is taken to have left by not being in it."))
    _Users(files, _org(files, school, reading), reading).read()
    return reading


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the tables of a zip by their names in small letters, folders left off.

    Raises:
        UnreadableError: a damaged zip, or one that would unpack to more than any school's export.
    """
    again = _("Export it anew and choose that file.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            tables = [one for one in packed.infolist() if one.filename.lower().endswith(".csv")]
            if len(tables) > MOST_FILES or sum(one.file_size for one in tables) > MOST_UNPACKED:
                raise UnreadableError(_("The zip would unpack to more than any school's export."), again)
            files = {}
            for one in tables:
                with packed.open(one) as file:
                    # What a zip says of its sizes may be false: no more is read than it may be.
                    files[one.filename.rsplit("/", 1)[-1].lower()] = file.read(one.file_size + 1)[: one.file_size]
            return files
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(_("The zip is damaged or locked by a password."), again) from error


def _manifest(files: Mapping[str, bytes]) -> dict[str, str]:
    if "manifest.csv" not in files:
        return {}
    lines = table(files["manifest.csv"], "manifest.csv", MANIFEST, ("name", "value"), Reading())
    return {line["name"]: line["value"] for line in lines}


def _org(files: Mapping[str, bytes], school: str, reading: Reading) -> str:
    """Return the id of the school that is imported into: the only one, or the one of that name."""
    lines = list(table(files["orgs.csv"], "orgs.csv", ORGS, ("id", "name"), reading))
    schools = [line for line in lines if plain(line["kind"]) in {"school", ""} and line["status"] != "tobedeleted"]
    named = [line for line in schools if plain(line["name"]) == plain(school)]
    if len(named) == 1:
        return named[0]["id"]
    if len(schools) == 1:
        return schools[0]["id"]
    raise UnreadableError(
        _("The export holds %(many)d schools, and none or several of them are called “%(school)s”.")
        % {"many": len(schools), "school": school},
        _("Export this school alone, or give it the same name in both systems."),
    )


@dataclass
class _Users:
    """Reading of the people of one organisation."""

    files: Mapping[str, bytes]
    org: str
    reading: Reading

    def read(self) -> None:
        roles = self._roles()
        seen: dict[str, int] = {}
        outside = system = 0
        for line in table(self.files["users.csv"], "users.csv", USERS, ("id", "given", "family"), self.reading):
            if not self._sound(line, seen):
                self.reading.doubtful.add(line["id"])
                continue
            if "roles.csv" not in self.files and line["role"]:
                roles[line["id"]] += self._old_role(line)
            mine = roles.get(line["id"], [])
            system += any(word.endswith("administrator") for word, _held in mine)
            if not mine:
                outside += 1
                continue
            self.reading.rows.append(_row(line, mine))
        self._tell(outside, system)

    def _sound(self, line: Line, seen: dict[str, int]) -> bool:
        fault = self.reading.fault
        if not (line["id"] and line["given"] and line["family"]):
            fault(
                "users.csv",
                line.number,
                _("no sourcedId, givenName or familyName"),
                _("fill it in where it comes from"),
            )
            return False
        if line["id"] in seen:
            told = {"id": line["id"], "line": seen[line["id"]]}
            what = _("identifier %(id)s stands on line %(line)d already") % told
            fault("users.csv", line.number, what, _("give each person an identifier of their own"))
            return False
        seen[line["id"]] = line.number
        return True

    def _roles(self) -> defaultdict[str, list[tuple[str, Held]]]:
        found: defaultdict[str, list[tuple[str, Held]]] = defaultdict(list)
        if "roles.csv" not in self.files:
            return found
        for line in table(self.files["roles.csv"], "roles.csv", LINKS, ("user", "role", "org"), self.reading):
            if line["org"] != self.org or line["status"].lower() == "tobedeleted":
                continue
            kind = self._kind(line["role"], "roles.csv", line.number)
            days = days_of(line["starts"], line["ends"], "roles.csv", line.number, self.reading)
            if kind is not None and days is not None:
                found[line["user"]].append((plain(line["role"]), Held(kind, *days)))
            else:
                self.reading.doubtful.add(line["user"])
        return found

    def _old_role(self, line: Line) -> list[tuple[str, Held]]:
        """Return the role that version 1.1 writes beside the person."""
        if self.org not in [one.strip() for one in line["orgs"].split(",")]:
            return []
        kind = self._kind(line["role"], "users.csv", line.number)
        if kind is None:
            self.reading.doubtful.add(line["id"])
        return [(plain(line["role"]), Held(kind))] if kind else []

    def _kind(self, word: str, file: str, number: int) -> str | None:
        kind = ROLES.get(plain(word))
        if kind is None:
            self.reading.fault(
                file,
                number,
                _("unknown role “%(role)s”") % {"role": word},
                _("use a role of OneRoster, such as teacher"),
            )
        return kind

    def _tell(self, outside: int, system: int) -> None:
        if outside:
            self.reading.notices.append(
                ngettext(
                    "%(many)d person of the export has no role at this school and is left out.",
                    "%(many)d people of the export have no role at this school and are left out.",
                    outside,
                )
                % {"many": outside}
            )
        if system:
            self.reading.notices.append(
                ngettext(
                    "%(many)d administrator of that system comes in as support staff: rights are given here, by hand.",
                    "%(many)d administrators of that system come in as support staff: rights are given here, by hand.",
                    system,
                )
                % {"many": system}
            )


def _row(line: Line, mine: list[tuple[str, Held]]) -> Row:
    gone = line["status"].lower() == "tobedeleted" or line["enabled"].lower() in {"false", "0", "no"}
    roles = {held.kind: held for _word, held in mine}  # a role given twice is one role
    return Row(
        line["id"], line["given"], line["family"], line["email"].lower(), tuple(roles.values()), line.number, gone
    )


def is_zip(content: bytes) -> bool:
    return content[:2] == b"PK"
