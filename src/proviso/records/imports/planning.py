"""What a file would change: each person of it beside what is known, and those who are in it no longer."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from proviso.records.imports.parsed import Held, Reading, Row
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Identifier, Person, Role
from proviso.records.people.permissions import require

FIELDS = ("given_name", "family_name", "email")
Entry = dict[str, Any]


@dataclass
class Plan:
    """What would be done. Everything in it is plain, so that it is kept as it is until somebody confirms it."""

    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    left: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Entry] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def counts(self) -> dict[str, int]:
        told = {name: len(getattr(self, name)) for name in ("added", "changed", "left", "faults")}
        return told | {"unchanged": self.unchanged}


def plan(actor: Actor, school: Establishment, reading: Reading) -> Plan:
    """Return what a reading would change at a school on the actor's day; queries do not grow with each row.

    Raises:
        Hidden, Refused: the actor may not import there.
    """
    require(actor, "people.import", school)
    return _Planner(school, actor, reading).made()


class _Planner:
    """The work of one plan: everything that is known is fetched once, then each row is looked at."""

    def __init__(self, school: Establishment, actor: Actor, reading: Reading) -> None:
        on = actor.on
        self.school, self.on, self.reading = school, on, reading
        self.importer = actor.person
        self.plan = Plan(notices=list(reading.notices), faults=[vars(one) for one in reading.faults])
        named = Identifier.objects.filter(establishment=school).select_related("person")
        self.by_source = {one.source_id: one.person for one in named}
        self.sources = {person.pk: source for source, person in self.by_source.items()}
        emails = {row.email for row in reading.rows if row.email}
        self.by_email = {
            one.email: one for part in _parts(sorted(emails)) for one in Person.objects.filter(email__in=part)
        }
        self.roles: defaultdict[int, list[Role]] = defaultdict(list)
        for role in Role.objects.filter(establishment=school).exclude(ends_on__lt=on):
            self.roles[role.person_id].append(role)
        ours = {person.pk for person in self.by_source.values()} | {one.pk for one in self.by_email.values()}
        held = Role.objects.on(on).exclude(establishment=school)
        self.elsewhere = {pk for part in _parts(sorted(ours)) for pk in _holders(held, part)}

    def made(self) -> Plan:
        seen = set(self.reading.doubtful)
        for row in self.reading.rows:
            seen.add(row.source_id)
            self._row(row)
        for source, person in sorted(self.by_source.items()):
            if self.reading.complete and source not in seen:
                self._leaver(person, source, self._yesterday(), line=0)
        self._warn()
        return self.plan

    def _yesterday(self) -> date:
        return self.on - timedelta(days=1)

    def _row(self, row: Row) -> None:
        person = self.by_source.get(row.source_id)
        namesake = self.by_email.get(row.email) if row.email else None
        if row.left:
            if person is not None:
                self._leaver(person, row.source_id, _last(row) or self._yesterday(), row.line)
            return
        if namesake is not None and person is not None and namesake.pk != person.pk:
            what = _("the address %(email)s is that of %(person)s, who is known here already")
            self._fault(row, what % {"email": row.email, "person": namesake.name})
        elif person is not None:
            self._known(row, person, link=False)
        elif namesake is not None:
            self._same_address(row, namesake)
        else:
            self._added(row)

    def _same_address(self, row: Row, namesake: Person) -> None:
        """Somebody who is known by their address: the same person, if their last name is and no other id is theirs."""
        if namesake.pk in self.sources:
            told = {"email": row.email, "person": namesake.name, "id": self.sources[namesake.pk]}
            self._fault(row, _("the address %(email)s is that of %(person)s, whose identifier is %(id)s") % told)
        elif namesake.family_name.casefold() != row.family_name.casefold():
            what = _("the address %(email)s belongs to somebody with another last name")
            self._fault(row, what % {"email": row.email})
        else:
            self._known(row, namesake, link=True)

    def _fault(self, row: Row, what: str) -> None:
        do = _("look which of the two is right, and correct it there")
        self.plan.faults.append({"file": "", "line": row.line, "what": what, "do": do})

    def _added(self, row: Row) -> None:
        starts = [self._start(held) for held in row.roles if self._current(held)]
        if not starts:  # all that the file says of them is past
            self.plan.unchanged += 1
            return
        entry = {"source_id": row.source_id, "line": row.line, "start": starts}
        self.plan.added.append(entry | {name: getattr(row, name) for name in FIELDS})

    def _known(self, row: Row, person: Person, *, link: bool) -> None:
        fields = self._fields(row, person)
        start, end = self._role_changes(row, person)
        if person.pk == self.importer.pk:
            start, end = self._own(row, start, end)
        if not (fields or start or end or link):
            self.plan.unchanged += 1
            return
        self.plan.changed.append(
            {
                "source_id": row.source_id,
                "line": row.line,
                "person": person.pk,
                "name": person.name,
                "link": link,
                "fields": fields,
                "start": start,
                "end": end,
            }
        )

    def _fields(self, row: Row, person: Person) -> dict[str, list[str]]:
        """Return what differs, old and new; an address that the file leaves out stays."""
        pairs = {name: [getattr(person, name) or "", getattr(row, name)] for name in FIELDS}
        fields = {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair[1]}
        if fields and person.pk in self.elsewhere:
            told = {"person": person.name, "line": row.line}
            self.plan.notices.append(
                _(
                    "%(person)s (line %(line)d) also holds a role at another place, "
                    "so the name and address stay as they are. Change them by hand if both agree."
                )
                % told
            )
            return {}
        return fields

    def _role_changes(self, row: Row, person: Person) -> tuple[list[Entry], list[Entry]]:
        held = {role.kind: role for role in self.roles[person.pk]}
        start, end = [], []
        for one in row.roles:
            known = held.get(one.kind)
            if known is None and self._current(one):
                start.append(self._start(one))
            elif (
                known is not None
                and known.origin == Role.Origin.IMPORT
                and one.ends_on != known.ends_on
                and one.ends_on
            ):
                end.append(self._end(known, max(one.ends_on, known.starts_on)))
        wanted = {one.kind for one in row.roles}
        end += [
            self._end(role, max(self._yesterday(), role.starts_on))
            for kind, role in held.items()
            if kind not in wanted and self._closes(role)
        ]
        return start, end

    def _own(self, row: Row, start: list[Entry], end: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Return what a file may change of the roles of whoever imports it: it ends them, and gives none."""
        last = {role.pk: role.ends_on for role in self.roles[self.importer.pk]}
        sooner = [entry for entry in end if entry["ends_on"] < (last[entry["role"]] or date.max).isoformat()]
        if start or sooner != end:
            text = _("Line %(line)d would give you a role, or a longer one. Somebody else has to import that.")
            self.plan.notices.append(text % {"line": row.line})
        return [], sooner

    def _closes(self, role: Role) -> bool:
        """Say whether an import may end a role: one that an import gave, and that does not end already."""
        return role.origin == Role.Origin.IMPORT and role.ends_on is None

    def _current(self, held: Held) -> bool:
        return held.ends_on is None or held.ends_on >= self.on

    def _start(self, held: Held) -> Entry:
        starts = (held.starts_on or self.on).isoformat()
        return {"kind": held.kind, "starts_on": starts, "ends_on": held.ends_on.isoformat() if held.ends_on else None}

    def _end(self, role: Role, ends_on: date) -> Entry:
        return {"role": role.pk, "kind": role.kind, "ends_on": ends_on.isoformat()}

    def _leaver(self, person: Person, source: str, last: date, line: int) -> None:
        roles = self.roles[person.pk]
        end = [self._end(role, max(last, role.starts_on)) for role in roles if self._closes(role)]
        if not end:
            self.plan.unchanged += line > 0
            return
        stays = [role.kind for role in roles if role.origin == Role.Origin.HAND]
        self.plan.left.append(
            {"source_id": source, "line": line, "person": person.pk, "name": person.name, "end": end, "stays": stays}
        )

    def _warn(self) -> None:
        ended = {one["role"] for entry in [*self.plan.left, *self.plan.changed] for one in entry["end"]}
        begun = {one["kind"] for entry in [*self.plan.added, *self.plan.changed] for one in entry["start"]}
        for kind, text in (
            (
                Role.Kind.HEADTEACHER,
                _("Nobody would be headteacher any more, so nobody could approve a policy as one."),
            ),
            (Role.Kind.CHAIR, _("Nobody would be chair any more, so nobody could approve a policy as one.")),
        ):
            holding = [role.pk for roles in self.roles.values() for role in roles if role.kind == kind]
            if holding and set(holding) <= ended and kind not in begun:
                self.plan.warnings.append(text)
        known = len(self.by_source)
        if known >= 10 and len(self.plan.left) * 3 > known:
            told = {"left": len(self.plan.left), "known": known}
            self.plan.warnings.append(
                _("%(left)d of the %(known)d people who came by import would leave. Is the export whole?") % told
            )


def _last(row: Row) -> date | None:
    days = [held.ends_on for held in row.roles if held.ends_on]
    return max(days) if days else None


def _parts(values: list[Any], size: int = 500) -> list[list[Any]]:
    """Return a list in parts that a query may hold; SQLite allows some hundreds of values."""
    return [values[start : start + size] for start in range(0, len(values), size)]


def _holders(held: Any, people: list[int]) -> set[int]:
    return set(held.filter(person__in=people).values_list("person", flat=True))
