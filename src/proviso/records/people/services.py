"""Change people, roles and establishments: each function authorises, checks, writes and logs in one transaction."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record
from proviso.records.people import account_emails
from proviso.records.people.actors import Actor
from proviso.records.people.change import about, change
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import may, require, require_fresh


@dataclass(frozen=True)
class PersonDetails:
    """What is written of somebody. Without an e-mail address they cannot sign in."""

    given_name: str
    family_name: str
    email: str | None = None
    language: str = ""


def normal_email(email: str | None) -> str | None:
    return (email or "").strip().lower() or None


@transaction.atomic
def add_person(actor: Actor, school: Establishment, details: PersonDetails, *, now: datetime) -> Person:
    """Add somebody to an establishment's people; a role makes them part of it.

    Raises:
        ValidationError: an address that somebody else has, or a name that is missing.
    """
    require(actor, "people.change", school)
    person = Person(
        given_name=details.given_name.strip(),
        family_name=details.family_name.strip(),
        email=normal_email(details.email),
        language=details.language,
    )
    person.set_unusable_password()
    person.full_clean()
    person.save()
    record(actor.person, Act("person.added", school.pk, about(person), {"person": person.name}), now=now)
    return person


@transaction.atomic
def change_person(
    actor: Actor, school: Establishment, person: Person, details: PersonDetails, *, now: datetime
) -> Person:
    """Change what is written of somebody; see `add_person` for more errors. Another address ends their sessions,
    and the one before is told.


    Raises:
        ValidationError: another address for somebody with a role where the actor may not change people: whoever
            has the address can set the password, so one school could take over an account of another.
    """
    require(actor, "people.change", school)
    before = copy(person)
    if normal_email(details.email) != person.email:
        require_fresh(actor, "people.address", now=now)
        _check_elsewhere(actor, person)
        person.signed_out_at = now
        account_emails.address_changed(before)
    person.given_name, person.family_name = details.given_name.strip(), details.family_name.strip()
    person.email, person.language = normal_email(details.email), details.language
    person.full_clean(exclude=["password"])
    person.save(update_fields=["given_name", "family_name", "email", "language", "signed_out_at"])
    record(actor.person, Act("person.changed", school.pk, about(person), {"person": person.name}), now=now)
    return person


@dataclass(frozen=True)
class Term:
    """A role in an establishment from a day to a day."""

    kind: str
    starts_on: date
    ends_on: date | None = None


def out_of_reach(actor: Actor, person: Person) -> Establishment | None:
    """Return a place where somebody holds a role and the actor may not change people; None where there is none."""
    for role in Role.objects.on(actor.on).filter(person=person).select_related("establishment__parent"):
        if not may(actor, "people.change", role.establishment):
            return role.establishment
    return None


def _check_elsewhere(actor: Actor, person: Person) -> None:
    place = out_of_reach(actor, person)
    if place is not None:
        told = {"person": person.name, "place": place.name}
        raise ValidationError(
            {"email": _("%(person)s also holds a role at %(place)s, which has to agree to another address.") % told}
        )


@transaction.atomic
def add_with_role(actor: Actor, school: Establishment, details: PersonDetails, term: Term, *, now: datetime) -> Person:
    """Add somebody with their first role here; who is known by that address at another place is the same person.

    Raises:
        ValidationError: see `add_person` and `start_role`; an address of somebody here, or of another name.
    """
    require(actor, "people.change", school)
    email = normal_email(details.email)
    known = Person.objects.filter(email=email).first() if email else None
    if known is None:
        person = add_person(actor, school, details, now=now)
    elif known.roles.filter(establishment=school).exists():
        told = {"person": known.name}
        raise ValidationError({"email": _("%(person)s has this address and is here already: add a role there.") % told})
    elif known.family_name.casefold() != details.family_name.strip().casefold():
        raise ValidationError({"email": _("Somebody with another last name has this address.")})
    else:
        person = known
    start_role(actor, school, person, term, now=now)
    return person


@transaction.atomic
def start_role(actor: Actor, school: Establishment, person: Person, term: Term, *, now: datetime) -> Role:
    """Give somebody a role.

    Raises:
        ValidationError: a last day before the first, the same role twice at a time, or a role for oneself.
    """
    require(actor, "roles.change", school)
    require_fresh(actor, "roles.change", now=now)
    if person.pk == actor.person.pk:
        raise ValidationError(_("Nobody can give themselves a role: ask another administrator or the headteacher."))
    role = Role(person=person, establishment=school, kind=term.kind, starts_on=term.starts_on, ends_on=term.ends_on)
    _check_overlap(role)
    role.full_clean()
    role.save()
    told = {"person": person.name, "role": term.kind, "starts_on": term.starts_on.isoformat()}
    record(actor.person, Act("role.started", school.pk, about(person), told), now=now)
    return role


def _check_overlap(role: Role) -> None:
    held = Role.objects.filter(person=role.person, establishment=role.establishment, kind=role.kind)
    for other in held:
        if (other.ends_on is None or role.starts_on <= other.ends_on) and (
            role.ends_on is None or other.starts_on <= role.ends_on
        ):
            raise ValidationError(
                _("%(person)s has that role already in these days. End it first, or choose other days.")
                % {"person": role.person.name}
            )


@transaction.atomic
def end_role(actor: Actor, role: Role, ends_on: date, *, now: datetime) -> Role:
    """Set the last day of a role, or an earlier one. The role, and all that was done in it, stays on record.

    Ending only takes away: to go on beyond a last day, or to come back, is another role, which somebody else gives.

    Raises:
        ValidationError: a day before the role began, or after the last day that it has already.
    """
    role = (
        Role.objects.select_for_update(of=("self",)).select_related("establishment__parent", "person").get(pk=role.pk)
    )
    require(actor, "roles.change", role.establishment)
    require_fresh(actor, "roles.change", now=now)
    if role.ends_on is not None and ends_on > role.ends_on:
        text = _("This role ends on %(day)s and can only be ended sooner. To go on after that day, add another role.")
        raise ValidationError({"ends_on": text % {"day": date_format(role.ends_on)}})
    role.ends_on = ends_on
    role.full_clean()
    role.save(update_fields=["ends_on"])
    told = {"person": role.person.name, "role": role.kind, "ends_on": ends_on.isoformat()}
    record(actor.person, Act("role.ended", role.establishment_id, about(role.person), told), now=now)
    return role


@dataclass(frozen=True)
class EstablishmentDetails:
    """What is written of an establishment; where it stands in the tree is not changed here."""

    name: str
    nation: str
    language: str


def change_establishment(
    actor: Actor, establishment: Establishment, details: EstablishmentDetails, *, now: datetime
) -> Establishment:
    """Change an establishment's name, nation or language.

    Raises:
        ValidationError: a name that is missing.
    """
    with change(actor, "establishment.changed", establishment, now) as changed:
        row = changed.record
        row.name, row.nation, row.language = details.name.strip(), details.nation, details.language
        row.full_clean()
        changed.details["name"] = row.name
    return row
