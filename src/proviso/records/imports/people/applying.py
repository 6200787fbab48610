"""One entry of a plan, carried out. What was changed by somebody else meanwhile is left alone, and said."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.imports.kinds import Entry, Step
from proviso.records.people import identifiers, services
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.services import PersonDetails, Term


def apply(actor: Actor, establishment: Establishment, step: Step) -> list[str]:
    """Carry out an entry inside an open change; return what it could not do. A second time changes nothing."""
    work = _Work(actor, establishment, step)
    try:
        if step.part == "added":
            work.add()
        else:
            work.change()
    except ValidationError as error:
        work.conflicts.append(f"{work.name}: {' '.join(error.messages)}")
    return work.conflicts


class _Work:
    def __init__(self, actor: Actor, establishment: Establishment, step: Step) -> None:
        self.actor, self.establishment, self.now = actor, establishment, step.now
        self.entry: Entry = step.entry
        self.conflicts: list[str] = []
        self.name = self.entry.get("name") or f"{self.entry['given_name']} {self.entry['family_name']}"

    def add(self) -> None:
        if identifiers.person_identified(self.establishment, self.entry["source_id"]) is not None:
            return
        details = PersonDetails(self.entry["given_name"], self.entry["family_name"], self.entry["email"])
        person = services.add_person(self.actor, self.establishment, details, now=self.now)
        self._identify(person, is_new=True)
        self._start_roles(person)

    def _identify(self, person: Person, *, is_new: bool) -> None:
        source_id = self.entry["source_id"]
        identifiers.identify(self.actor, self.establishment, person, source_id, is_new=is_new, now=self.now)

    def change(self) -> None:
        person = Person.objects.get(pk=self.entry["person"])
        if self.entry.get("link"):
            self._identify(person, is_new=False)
        self._start_roles(person)  # first: only an establishment's own people have their details changed there
        if self.entry.get("fields"):
            self._change_fields(person)
        for ended in self.entry["end"]:
            self._end_role(person, ended)

    def _change_fields(self, person: Person) -> None:
        values = {"given_name": person.given_name, "family_name": person.family_name, "email": person.email or ""}
        before = dict(values)
        for name, (old, new) in self.entry["fields"].items():
            if values[name] not in (old, new):
                what = _("%(person)s was changed by hand meanwhile and stays as they are.")
                self.conflicts.append(what % {"person": person.name})
                return
            values[name] = new
        if values != before:
            details = PersonDetails(**values, language=person.language)
            services.change_person(self.actor, self.establishment, person, details, now=self.now)

    def _start_roles(self, person: Person) -> None:
        for begun in self.entry.get("start", ()):
            starts = date.fromisoformat(begun["starts_on"])
            ends = date.fromisoformat(begun["ends_on"]) if begun["ends_on"] else None
            held = Role.objects.filter(person=person, establishment=self.establishment, kind=begun["kind"])
            if any(role.ends_on is None or role.ends_on >= starts for role in held):
                continue
            term = Term(begun["kind"], starts, ends, Role.Origin.IMPORT)
            services.start_role(self.actor, self.establishment, person, term, now=self.now)

    def _end_role(self, person: Person, ended: Entry) -> None:
        last = date.fromisoformat(ended["ends_on"])
        role = Role.objects.filter(pk=ended["role"], establishment=self.establishment, person=person).first()
        if role is None or (role.ends_on is not None and role.ends_on <= last):
            return
        services.end_role(self.actor, role, max(last, role.starts_on), now=self.now)
