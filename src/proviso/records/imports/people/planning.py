"""What a file would change: each person of it beside what is known, and those who are in it no longer."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.imports.kinds import Entry, Part, Plan, Scope
from proviso.records.imports.parsed import Fault, Parsed
from proviso.records.imports.people.rows import ImportedRole, PersonRow
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Identifier, Person, Role
from proviso.records.people.names import same_name
from proviso.records.people.permissions import require

FIELDS = ("given_name", "family_name", "email")
QUERY_VALUES = 500  # SQLite allows some hundreds of values in a query
MANY = 10  # of so many people, a third who leave at once are warned of


def plan(actor: Actor, establishment: Establishment, parsed: Parsed, scope: Scope) -> Plan:
    """Return what a file would change on the actor's day; queries do not grow with each row.

    Raises:
        Hidden, Refused: the actor may not import there.
    """
    require(actor, "people.import", establishment)
    return _Planner(actor, establishment, parsed, scope).plan()


class _Known:
    """Everything that is known of the people of a file and of an establishment, fetched once."""

    def __init__(self, establishment: Establishment, on: date, rows: list[PersonRow]) -> None:
        named = Identifier.objects.filter(establishment=establishment).select_related("person")
        self.by_source = {identifier.source_id: identifier.person for identifier in named}
        self.sources = {person.pk: source for source, person in self.by_source.items()}
        emails = sorted({row.email for row in rows if row.email})
        self.by_email = {
            person.email: person for part in _parts(emails) for person in Person.objects.filter(email__in=part)
        }
        self.roles: defaultdict[int, list[Role]] = defaultdict(list)
        for role in Role.objects.filter(establishment=establishment).exclude(ends_on__lt=on):
            self.roles[role.person_id].append(role)
        ours = sorted({person.pk for person in [*self.by_source.values(), *self.by_email.values()]})
        # Roles that begin later count, too: who is to be a headteacher elsewhere is theirs already.
        held = Role.objects.exclude(ends_on__lt=on).exclude(establishment=establishment)
        self.elsewhere = {
            pk for part in _parts(ours) for pk in held.filter(person__in=part).values_list("person", flat=True)
        }
        here = Role.objects.filter(establishment=establishment)
        self.here = {
            pk for part in _parts(ours) for pk in here.filter(person__in=part).values_list("person", flat=True)
        } | self.sources.keys()


class _Planner:
    """The work of one plan: each row is looked at beside what is known."""

    def __init__(self, actor: Actor, establishment: Establishment, parsed: Parsed, scope: Scope) -> None:
        self.actor, self.on, self.parsed = actor, actor.on, parsed
        self.is_everybody = scope == Scope.EVERYBODY and parsed.complete
        self.rows = [PersonRow.from_json(row) for row in parsed.rows]
        self.known = _Known(establishment, actor.on, self.rows)
        self.left: list[Entry] = []
        self.changed: list[Entry] = []
        self.added: list[Entry] = []
        self.result = Plan(
            {"left": self.left, "changed": self.changed, "added": self.added},
            faults=list(parsed.faults),
            notices=list(parsed.notices),
        )

    def plan(self) -> Plan:
        seen = set(self.parsed.doubtful)
        for row in self.rows:
            seen.add(row.source_id)
            self._row(row)
        if self.is_everybody:
            for source, person in sorted(self.known.by_source.items()):
                if source not in seen:
                    self._leaver(person, source, self._yesterday(), line=0)
        self._warn()
        return self.result

    def _yesterday(self) -> date:
        return self.on - timedelta(days=1)

    def _row(self, row: PersonRow) -> None:
        person = self.known.by_source.get(row.source_id)
        namesake = self.known.by_email.get(row.email) if row.email else None
        if row.left:
            if person is not None:
                self._leaver(person, row.source_id, _last_day(row) or self._yesterday(), row.line)
            return
        if namesake is not None and person is not None and namesake.pk != person.pk:
            self._taken(row, namesake)
        elif person is not None:
            self._known_person(row, person, link=False)
        elif namesake is not None:
            self._same_address(row, namesake)
        else:
            self._add(row)

    def _same_address(self, row: PersonRow, namesake: Person) -> None:
        """Somebody who is known by their address: the same person, if their last name is and no other id is theirs."""
        is_namesake = same_name(namesake.family_name, row.family_name)
        if namesake.pk in self.known.sources or not is_namesake:
            self._taken(row, namesake)
        else:
            self._known_person(row, namesake, link=True)

    def _taken(self, row: PersonRow, namesake: Person) -> None:
        """Note that an address is somebody else's; who that is, only where they are one of the school's own people."""
        where = {"email": row.email, "person": namesake.name, "id": self.known.sources.get(namesake.pk, "")}
        if namesake.pk not in self.known.here:
            what = _("The address %(email)s is already in use for somebody with another name.")
        elif namesake.pk in self.known.sources:
            what = _("The address %(email)s belongs to %(person)s, whose identifier is %(id)s.")
        else:
            what = _("The address %(email)s belongs to %(person)s.")
        do = _("Find out which of the two is right, and correct it there.")
        self.result.faults.append(Fault("", row.line, what % where, do))

    def _add(self, row: PersonRow) -> None:
        starts = [self._start(role) for role in row.roles if self._is_current(role)]
        if not starts:  # all that the file says of them is past
            self.result.unchanged += 1
            return
        entry = {"source_id": row.source_id, "line": row.line, "start": starts}
        self.added.append(entry | {name: getattr(row, name) for name in FIELDS})

    def _known_person(self, row: PersonRow, person: Person, *, link: bool) -> None:
        fields = self._fields(row, person)
        start = self._starts(row, person)
        end = self._ends(row, person)
        if not (fields or start or end or link):
            self.result.unchanged += 1
            return
        is_ours = person.pk in self.known.here
        self.changed.append(
            {
                "source_id": row.source_id,
                "line": row.line,
                "person": person.pk,
                # Somebody else's people are called as the file calls them: what it does not know, it is not told.
                "name": person.name if is_ours else row.name,
                "link": link,
                "fields": fields,
                "start": start,
                "end": end,
            }
        )

    def _fields(self, row: PersonRow, person: Person) -> dict[str, list[str]]:
        """Return what differs, old and new; an address that the file leaves out stays."""
        pairs = {name: [getattr(person, name) or "", getattr(row, name)] for name in FIELDS}
        fields = {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair[1]}
        if not fields or person.pk not in self.known.elsewhere:
            return fields
        if person.pk in self.known.here:
            what = _(
                "%(person)s (line %(line)d) also holds a role at another place, so the name and address stay as they "
                "are. Change them by hand if both agree."
            )
            self.result.notices.append(what % {"person": person.name, "line": row.line})
        return {}

    def _starts(self, row: PersonRow, person: Person) -> list[Entry]:
        held = {role.kind: role for role in self.known.roles[person.pk]}
        starts = []
        for role in row.roles:
            known = held.get(role.kind)
            if known is None and self._is_current(role):
                starts.append(self._start(role))
            elif known is not None and known.ends_on and (role.ends_on is None or role.ends_on > known.ends_on):
                if self._came_by_import(known) and role.ends_on is not None:  # to go on is a role of its own
                    starts.append(self._start(ImportedRole(role.kind, known.ends_on + timedelta(days=1), role.ends_on)))
        if starts and person.pk == self.actor.person.pk:
            what = _(
                "Line %(line)d would give you a role, or a longer one. You cannot import that yourself: ask somebody "
                "else to."
            )
            self.result.notices.append(what % {"line": row.line})
            return []
        return starts

    def _ends(self, row: PersonRow, person: Person) -> list[Entry]:
        held = {role.kind: role for role in self.known.roles[person.pk]}
        ends = []
        for role in row.roles:
            known = held.get(role.kind)
            if known is None or role.ends_on is None or not self._came_by_import(known):
                continue
            if known.ends_on is None or role.ends_on < known.ends_on:
                ends.append(self._end(known, max(role.ends_on, known.starts_on)))
        if self.is_everybody and row.source_id not in self.parsed.doubtful:
            wanted = {role.kind for role in row.roles}
            ends += [
                self._end(role, max(self._yesterday(), role.starts_on))
                for kind, role in held.items()
                if kind not in wanted and self._closes(role)
            ]
        return ends

    def _came_by_import(self, role: Role) -> bool:
        return role.origin == Role.Origin.IMPORT

    def _closes(self, role: Role) -> bool:
        """Say whether an import may end a role: one that an import gave, and that does not end already."""
        return self._came_by_import(role) and role.ends_on is None

    def _is_current(self, role: ImportedRole) -> bool:
        return role.ends_on is None or role.ends_on >= self.on

    def _start(self, role: ImportedRole) -> Entry:
        starts = (role.starts_on or self.on).isoformat()
        return {"kind": role.kind, "starts_on": starts, "ends_on": role.ends_on.isoformat() if role.ends_on else None}

    def _end(self, role: Role, ends_on: date) -> Entry:
        return {"role": role.pk, "kind": role.kind, "ends_on": ends_on.isoformat()}

    def _leaver(self, person: Person, source: str, last: date, line: int) -> None:
        roles = self.known.roles[person.pk]
        end = [self._end(role, max(last, role.starts_on)) for role in roles if self._closes(role)]
        if not end:
            self.result.unchanged += line > 0
            return
        stays = [role.kind for role in roles if role.origin == Role.Origin.HAND]
        entry = {"source_id": source, "line": line, "person": person.pk, "name": person.name, "end": end}
        self.left.append(entry | {"stays": stays, "absent": line == 0})

    def _warn(self) -> None:
        ended = {end["role"] for entry in [*self.left, *self.changed] for end in entry["end"]}
        begun = {start["kind"] for entry in [*self.added, *self.changed] for start in entry["start"]}
        for kind, text in (
            (
                Role.Kind.HEADTEACHER,
                _("Nobody would be headteacher any more, so nobody could approve a policy as one."),
            ),
            (Role.Kind.CHAIR, _("There would be no chair, so nobody could approve a policy as chair.")),
        ):
            holding = [role.pk for roles in self.known.roles.values() for role in roles if role.kind == kind]
            if holding and set(holding) <= ended and kind not in begun:
                self.result.warnings.append(text)
        for entry in [*self.added, *self.changed]:
            if any(start["kind"] == Role.Kind.HEADTEACHER for start in entry["start"]):
                name = entry.get("name") or f"{entry['given_name']} {entry['family_name']}"
                self.result.warnings.append(_("%(person)s would become headteacher.") % {"person": name})
        known = len(self.known.by_source)
        if known >= MANY and len(self.left) * 3 > known:
            what = _(
                "%(left)d of the %(known)d people who were added by import would be recorded as having left. "
                "Is everybody in the file?"
            )
            self.result.warnings.append(what % {"left": len(self.left), "known": known})


def _last_day(row: PersonRow) -> date | None:
    days = [role.ends_on for role in row.roles if role.ends_on]
    return max(days) if days else None


def _parts(values: list[Any]) -> list[list[Any]]:
    return [values[start : start + QUERY_VALUES] for start in range(0, len(values), QUERY_VALUES)]


PARTS = (
    Part("left", gettext_lazy("Leaving")),
    Part("changed", gettext_lazy("Changed")),
    Part("added", gettext_lazy("Added")),
)
