"""Change people, roles and establishments."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.audit.proofs import about
from proviso.records.files import services as files
from proviso.records.files.errors import FileRefusedError
from proviso.records.files.uploads import SealedUpload
from proviso.records.people import account_emails, crests
from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.change import NotPossible, change, together
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.names import same_name
from proviso.records.people.permissions import Hidden, may, require, require_fresh
from proviso.records.people.school_search import is_postcode, normal_postcode


@dataclass(frozen=True)
class PersonDetails:
    """What is written of somebody. Without an email address they cannot sign in."""

    given_name: str
    family_name: str
    email: str | None = None
    language: str = ""


@dataclass(frozen=True)
class Term:
    """A role in an establishment from a day to a day."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    origin: str = Role.Origin.HAND


def normal_email(email: str | None) -> str | None:
    """Return an email address in small letters, or None for an empty one."""
    return (email or "").strip().lower() or None


def add_person(actor: AnyActor, establishment: Establishment, details: PersonDetails, *, now: datetime) -> Person:
    """Add somebody to an establishment's people; a role makes them part of it.

    Raises:
        ValidationError: an address that somebody else has, or a name that is missing.
    """
    with change(actor, "person.added", establishment, now) as addition:
        person = Person(
            given_name=details.given_name,
            family_name=details.family_name,
            email=normal_email(details.email),
            language=details.language,
        )
        person.set_unusable_password()
        person.full_clean()
        addition.add(person)
        addition.details["person"] = person.name
    return person


def add_with_role(
    actor: Actor, establishment: Establishment, details: PersonDetails, term: Term, *, now: datetime
) -> Person:
    """Add somebody with their first role here; who is known by that address elsewhere is the same person.

    Raises:
        ValidationError: see `add_person` and `start_role`; an address of somebody here, or of another name.
    """
    require(actor, "people.change", establishment)
    email = normal_email(details.email)
    known = Person.objects.filter(email=email).first() if email else None
    if known is None:
        with together():
            person = add_person(actor, establishment, details, now=now)
            start_role(actor, establishment, person, term, now=now)
        return person
    if known.roles.filter(establishment=establishment).exists():
        text = _("%(person)s has this address and is here already: add a role there.") % {"person": known.name}
        raise ValidationError({"email": text})
    if not same_name(details.family_name, known.family_name):
        raise ValidationError({"email": _("Somebody with another last name has this address.")})
    start_role(actor, establishment, known, term, now=now)
    return known


def change_person(
    actor: Actor, establishment: Establishment, person: Person, details: PersonDetails, *, now: datetime
) -> Person:
    """Change what is written of somebody, and log it everywhere they hold a role; see `add_person` for more errors.

    Another address ends their sessions, and the one before is told.

    Raises:
        Hidden: somebody who never held a role in this establishment.
        FreshSecondFactorNeeded: another address, and no second step in the last quarter of an hour.
        ValidationError: somebody with a role where the actor may not change people. Whoever has the address can set
            the password, so one establishment could take over an account of another; and what somebody is called
            stands on what they sign there.
    """
    with change(actor, "person.changed", person, now, at=establishment) as changed:
        row, before = changed.record, copy(changed.record)
        if not row.roles.filter(establishment=establishment).exists():
            raise Hidden(str(row.pk))
        row.given_name, row.family_name = details.given_name, details.family_name
        row.email, row.language = normal_email(details.email), details.language
        row.full_clean(exclude=["password"])
        if _details(row) == _details(before):
            changed.nothing()
            return row
        _check_reach(actor, before)
        if row.email != before.email:
            require(actor, "people.address", row, establishment)
            require_fresh(actor, "people.address", now=now)
            row.signed_out_at = now
            account_emails.address_changed(before)
        changed.details["person"] = row.name
        changed.logged_at |= establishments_of(row, actor.on)
    return row


def _details(person: Person) -> PersonDetails:
    return PersonDetails(person.given_name, person.family_name, person.email, person.language)


def _check_reach(actor: Actor, person: Person) -> None:
    elsewhere = out_of_reach(actor, person)
    if elsewhere is not None:
        names = {"person": person.name, "establishment": elsewhere.name}
        raise NotPossible(
            _("%(person)s also holds a role at %(establishment)s, which has to agree to other details.") % names
        )


def out_of_reach(actor: Actor, person: Person) -> Establishment | None:
    """Return where somebody holds a role, now or later, and the actor may not change people; None where nowhere."""
    roles = Role.objects.exclude(ends_on__lt=actor.on).filter(person=person)
    for role in roles.select_related("establishment__parent"):
        if not may(actor, "people.change", role.establishment):
            return role.establishment
    return None


def establishments_of(person: Person, on: date) -> set[int]:
    """Return the ids of the establishments where somebody holds a role on a day or later."""
    return set(Role.objects.exclude(ends_on__lt=on).filter(person=person).values_list("establishment", flat=True))


def start_role(actor: AnyActor, establishment: Establishment, person: Person, term: Term, *, now: datetime) -> Role:
    """Give somebody a role. Somebody who has a role out of the actor's reach is told of it.

    Raises:
        ValidationError: a last day before the first, the same role twice at a time, or a role for oneself.
    """
    with change(actor, "role.started", establishment, now) as start:
        if actor.person is not None and person.pk == actor.person.pk:
            raise NotPossible(_("Nobody can give themselves a role: ask another administrator or the headteacher."))
        holder = start.lock(person)
        role = Role(person=holder, establishment=start.record, **vars(term))
        _check_overlap(role, holder.roles.filter(establishment=start.record))
        role.full_clean()
        if isinstance(actor, Actor) and out_of_reach(actor, holder) is not None:
            account_emails.role_given(holder, start.record)
        start.add(role)
        start.named = holder
        start.details |= {"person": holder.name, "role": term.kind, "starts_on": term.starts_on.isoformat()}
    return role


def _check_overlap(role: Role, others: Collection[Role]) -> None:
    for other in others:
        begins_before_its_end = other.ends_on is None or role.starts_on <= other.ends_on
        ends_after_its_beginning = role.ends_on is None or other.starts_on <= role.ends_on
        if other.kind == role.kind and begins_before_its_end and ends_after_its_beginning:
            raise NotPossible(
                _("%(person)s has that role already in these days. End it first, or choose other days.")
                % {"person": role.person.name}
            )


def end_role(actor: Actor, role: Role, ends_on: date, *, now: datetime) -> Role:
    """Set the last day of a role, or an earlier one. The role, and all that was done in it, stays on record.

    Ending only takes away: to go on beyond a last day, or to come back, is another role, which somebody else gives.

    Raises:
        ValidationError: a day before the role began, or after the last day that it has already.
    """
    with change(actor, "role.ended", role, now) as ending:
        row = ending.record
        if row.ends_on is not None and ends_on > row.ends_on:
            text = _(
                "This role ends on %(day)s. You can make it end earlier, but not later. To extend it, add another role."
            )
            raise NotPossible({"ends_on": text % {"day": date_format(row.ends_on)}})
        row.ends_on = ends_on
        row.full_clean()
        ending.named = row.person
        ending.details |= {"person": row.person.name, "role": row.kind, "ends_on": ends_on.isoformat()}
    return row


@dataclass(frozen=True)
class EstablishmentDetails:
    """What is written of an establishment; where it stands in the tree is not changed here."""

    name: str
    nation: str
    language: str
    town: str = ""
    postcode: str = ""


def change_establishment(
    actor: Actor, establishment: Establishment, details: EstablishmentDetails, *, now: datetime
) -> Establishment:
    """Change an establishment's name, nation or language, or where it is.

    Raises:
        ValidationError: a name that is missing, or a postcode that is none.
    """
    with change(actor, "establishment.changed", establishment, now) as changed:
        row = changed.record
        row.name, row.nation, row.language = details.name.strip(), details.nation, details.language
        row.town, row.postcode = details.town.strip(), normal_postcode(details.postcode)
        if row.postcode and not is_postcode(row.postcode):
            raise NotPossible({"postcode": _("Enter a whole postcode, such as PR1 2AB, or leave it empty.")})
        row.full_clean()
        changed.details["name"] = row.name
    return row


@dataclass(frozen=True)
class EstablishmentLook:
    """By what an establishment is known: a colour (`#` and six figures, or none) and a new crest, or none any more."""

    colour: str
    crest: SealedUpload | None = None
    remove_crest: bool = False


def change_look(actor: Actor, establishment: Establishment, look: EstablishmentLook, *, now: datetime) -> Establishment:
    """Change the crest and the colour that an establishment's pages, emails and documents bear.

    Raises:
        ValidationError: a crest that is no picture, or no colour.
    """
    require(actor, "establishment.look", establishment)
    try:
        blob = files.write_blob(crests.read_crest(look.crest), {crests.PNG}) if look.crest else None
    except FileRefusedError as error:
        raise ValidationError({"crest": f"{error} {error.do}"}) from error
    with change(actor, "establishment.look_changed", establishment, now) as changed:
        row = changed.record
        before = row.crest
        if blob:
            row.crest = files.keep(blob, about(row), now=now)
        elif look.remove_crest:
            row.crest = None
        if before is not None and row.crest_id != before.pk:
            files.delete(before, "another crest, or none, was chosen", now=now)
        row.colour = look.colour.lower()
        row.full_clean()
        changed.details["name"] = row.name
    return row
