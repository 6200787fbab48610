"""Read people and places, always for an actor: what the actor may not see is not there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Model, Prefetch, Q, QuerySet

from proviso.records.audit.models import Entry
from proviso.records.audit.proofs import about
from proviso.records.audit.selectors import entries_about, entries_of
from proviso.records.people.actors import Actor, Job, Public
from proviso.records.people.log_bars import without_barred
from proviso.records.people.models import Establishment, Identifier, Invitation, Person, Role
from proviso.records.people.permissions import SIGNED_IN, Hidden, may, require


def establishment_for(actor: Actor | None, slug: str) -> Establishment:
    """Return an establishment by its short name.

    Raises:
        Hidden: there is none of that name, or none for this actor.
    """
    mine = [place for place in actor.establishments if place.slug == slug] if actor else []
    establishment = mine[0] if mine else Establishment.objects.select_related("parent").filter(slug=slug).first()
    if establishment is None or actor is None or not may(actor, "establishment.view", establishment):
        raise Hidden(slug)
    return establishment


def public_establishment(asking: Public, slug: str) -> Establishment | None:
    """Return an establishment by its short name: that it exists is no secret."""
    return Establishment.objects.select_related("parent").filter(slug=slug).first()


def site_establishment(asking: Public) -> Establishment | None:
    """Return the one establishment under which all others of this site stand, or None where there are several."""
    top = list(Establishment.objects.filter(parent=None)[:2])
    return top[0] if len(top) == 1 else None


def establishments_under(actor: Actor, establishment: Establishment) -> list[Establishment]:
    """Return the schools of a trust or authority that the actor may see."""
    require(actor, "establishment.view", establishment)
    under = list(establishment.children.order_by("name"))
    for school in under:
        school.parent = establishment
    return [school for school in under if may(actor, "establishment.view", school)]


def everybody_of(actor: Actor, establishment: Establishment, find: str = "") -> QuerySet[Person]:
    """Return everybody who holds, held or will hold a role in an establishment."""
    require(actor, "people.view", establishment)
    return _named(Person.objects.filter(pk__in=establishment.roles.values("person")), find)


def person_in(actor: Actor, establishment: Establishment, pk: int) -> Person:
    """Return somebody who has, or once had, a role in an establishment.

    Raises:
        Hidden: nobody of that number belongs there.
    """
    person = everybody_of(actor, establishment).filter(pk=pk).first()
    if person is None:
        raise Hidden(str(pk))
    return person


def listed(actor: Actor, establishment: Establishment, on: date, find: str = "", kind: str = "") -> QuerySet[Person]:
    """Return who holds or will hold a role, as lists show them: `roles_here` and `open_invitations` come along."""
    require(actor, "people.view", establishment)
    held = establishment.roles.exclude(ends_on__lt=on)
    if kind:
        held = held.filter(kind=kind)
    return _shown(_named(Person.objects.filter(pk__in=held.values("person")), find), establishment)


def leavers(actor: Actor, establishment: Establishment, on: date, find: str = "") -> QuerySet[Person]:
    """Return who held a role and holds none any more, as lists show them."""
    require(actor, "people.view", establishment)
    here = Person.objects.filter(pk__in=establishment.roles.values("person"))
    gone = here.exclude(pk__in=establishment.roles.exclude(ends_on__lt=on).values("person"))
    return _shown(_named(gone, find), establishment)


def _shown(people: QuerySet[Person], establishment: Establishment) -> QuerySet[Person]:
    return people.prefetch_related(
        Prefetch("roles", establishment.roles.order_by("starts_on", "pk"), to_attr="roles_here"),
        Prefetch("invitations", Invitation.objects.filter(used_at=None), to_attr="open_invitations"),
    )


def to_invite(actor: Actor, establishment: Establishment, on: date) -> QuerySet[Person]:
    """Return who could sign in and has neither a password nor an invitation that still holds on that day."""
    require(actor, "people.change", establishment)
    signing_in = establishment.roles.exclude(ends_on__lt=on).filter(kind__in=[kind.value for kind in SIGNED_IN])
    waiting = Invitation.objects.filter(used_at=None, expires_at__date__gt=on)
    return (
        Person.objects.filter(pk__in=signing_in.values("person"), is_active=True, last_login=None)
        .exclude(email=None)
        .filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(pk__in=waiting.values("person"))
    )


def roles_of(actor: Actor, establishment: Establishment, person: Person) -> QuerySet[Role]:
    """Return somebody's roles in an establishment, ended ones too, the latest first."""
    require(actor, "people.view", establishment)
    return establishment.roles.filter(person=person).order_by("-starts_on", "-pk")


def holders(actor: Actor, establishment: Establishment, kind: str) -> list[Person]:
    """Return who holds a role in an establishment on the actor's day."""
    require(actor, "establishment.view", establishment)
    held = Role.objects.on(actor.on).filter(establishment=establishment, kind=kind).select_related("person")
    return [role.person for role in held]


@dataclass(frozen=True)
class LogQuery:
    """What of a log is wanted: by whom, since a day, and of which kinds, as names of actions begin (`version`)."""

    by: str = ""
    since: date | None = None
    kinds: Collection[str] = ()


def log_of(actor: Actor, establishment: Establishment, query: LogQuery | None = None) -> QuerySet[Entry]:
    """Return the log of an establishment, newest first, with who acted; all of it, or what of it is wanted."""
    require(actor, "log.view", establishment)
    query = query or LogQuery()
    entries = without_barred(entries_of([establishment.pk]), actor, establishment)
    if query.by:
        entries = entries.filter(actor__in=_named(Person.objects.all(), query.by))
    if query.since:
        entries = entries.filter(at__date__gte=query.since)
    if query.kinds:
        entries = entries.filter(reduce(or_, (Q(action__startswith=f"{kind}.") for kind in query.kinds)))
    return entries


def log_about(actor: Actor, action: str, record: Model) -> QuerySet[Entry]:
    """Return what was done to a record, newest first, for somebody to whom the table gives an action on it."""
    require(actor, action, record)
    return entries_about(about(record))


def _named(people: QuerySet[Person], find: str) -> QuerySet[Person]:
    for word in find.split()[:6]:
        people = people.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word)
        )
    return people


def profile_of(actor: Actor, establishment: Establishment, pk: int) -> Person:
    """Return somebody of an establishment with what their page shows: `open_invitations` come along.

    Raises:
        Hidden: nobody of that number belongs there.
    """
    person = _shown(everybody_of(actor, establishment).filter(pk=pk), establishment).first()
    if person is None:
        raise Hidden(str(pk))
    return person


def identifier_of(actor: Actor, establishment: Establishment, person: Person) -> Identifier | None:
    """Return by what imports know somebody in an establishment."""
    require(actor, "people.view", establishment)
    return person.identifiers.filter(establishment=establishment).first()


def role_in(actor: Actor, establishment: Establishment, person: Person, pk: int) -> Role:
    """Return one of somebody's roles in an establishment.

    Raises:
        Hidden: they have none of that number there.
    """
    role = roles_of(actor, establishment, person).filter(pk=pk).first()
    if role is None:
        raise Hidden(str(pk))
    return role


def person_signing_in(asking: Public, emails: Collection[str]) -> Person | None:
    """Return who has one of some addresses: before somebody has signed in nobody is known."""
    return Person.objects.filter(email__in=[email.strip().lower() for email in emails]).first()


def person_by_number(job: Job, pk: int) -> Person | None:
    """Return somebody of whom a task in the queue holds the number alone; nobody, if they are gone meanwhile."""
    return Person.objects.filter(pk=pk).first()


def language_of(asking: Public, slug: str) -> str:
    """Return in which language an establishment speaks, which its public pages show; nothing where there is none."""
    return Establishment.objects.filter(slug=slug).values_list("language", flat=True).first() or ""
