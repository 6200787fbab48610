"""One entry of a plan, carried out. What was changed by somebody else meanwhile is left alone and told."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act
from proviso.records.people import account_emails
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Identifier, Person, Role

Entry = dict[str, Any]


@dataclass
class Done:
    """What an entry changed, for the log, and what it could not."""

    acts: list[Act] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def one(school: Establishment, kind: str, entry: Entry, *, now: datetime) -> Done:
    """Carry out an entry of the plan's list `kind`; a second time changes nothing."""
    done = Done()
    if kind == "added":
        _add(school, entry, done)
    else:
        person = Person.objects.get(pk=entry["person"])
        if kind == "changed":
            _change(school, person, entry, done, now)
        for ended in entry["end"]:
            _end(school, person, ended, done)
    return done


def _add(school: Establishment, entry: Entry, done: Done) -> None:
    if Identifier.objects.filter(establishment=school, source_id=entry["source_id"]).exists():
        return
    person = Person(given_name=entry["given_name"], family_name=entry["family_name"], email=entry["email"] or None)
    person.set_unusable_password()
    try:
        person.full_clean()
    except ValidationError as error:
        done.conflicts.append(f"{person.name}: {' '.join(error.messages)}")
        return
    person.save()
    Identifier.objects.create(establishment=school, person=person, source_id=entry["source_id"])
    done.acts.append(Act("person.added", school.pk, about(person), {"person": person.name}))
    for begun in entry["start"]:
        _start(school, person, begun, done)


def _change(school: Establishment, person: Person, entry: Entry, done: Done, now: datetime) -> None:
    if entry["link"]:
        Identifier.objects.get_or_create(
            establishment=school, person=person, defaults={"source_id": entry["source_id"]}
        )
    before = copy(person)
    changed = [name for name, (old, new) in entry["fields"].items() if _set(person, name, old, new, done)]
    if changed:
        try:
            person.full_clean(exclude=["password"])
        except ValidationError as error:
            done.conflicts.append(f"{person.name}: {' '.join(error.messages)}")
        else:
            if "email" in changed:  # as by hand: sessions end, and the address before is told
                person.signed_out_at = now
                account_emails.address_changed(before)
            person.save(update_fields=[*changed, "signed_out_at"])
            done.acts.append(Act("person.changed", school.pk, about(person), {"person": person.name}))
    for begun in entry["start"]:
        _start(school, person, begun, done)


def _set(person: Person, name: str, old: str, new: str, done: Done) -> bool:
    now = getattr(person, name) or ""
    if now == new:
        return False
    if now != old:
        told = {"person": person.name}
        done.conflicts.append(_("%(person)s was changed by hand meanwhile and stays as they are.") % told)
        return False
    setattr(person, name, new)
    return True


def _start(school: Establishment, person: Person, begun: Entry, done: Done) -> None:
    starts, ends = date.fromisoformat(begun["starts_on"]), begun["ends_on"]
    held = Role.objects.filter(person=person, establishment=school, kind=begun["kind"])
    if any(role.ends_on is None or role.ends_on >= starts for role in held):
        return
    Role.objects.create(
        person=person,
        establishment=school,
        kind=begun["kind"],
        starts_on=starts,
        ends_on=date.fromisoformat(ends) if ends else None,
        origin=Role.Origin.IMPORT,
    )
    told = {"person": person.name, "role": begun["kind"], "starts_on": begun["starts_on"]}
    done.acts.append(Act("role.started", school.pk, about(person), told))


def _end(school: Establishment, person: Person, ended: Entry, done: Done) -> None:
    last = date.fromisoformat(ended["ends_on"])
    role = Role.objects.filter(pk=ended["role"], establishment=school, person=person).first()
    if role is None or role.ends_on == last:
        return
    role.ends_on = max(last, role.starts_on)
    role.save(update_fields=["ends_on"])
    told = {"person": person.name, "role": role.kind, "ends_on": role.ends_on.isoformat()}
    done.acts.append(Act("role.ended", school.pk, about(person), told))
