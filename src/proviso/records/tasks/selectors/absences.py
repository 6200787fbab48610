"""Who is away, and who stands in."""

from collections.abc import Collection

from django.db.models import QuerySet

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN, Hidden, may, require
from proviso.records.tasks.models import Absence


def absences_seen(actor: Actor, establishment: Establishment, person: Person) -> list[Absence] | None:
    """Return when somebody is or will be away from an establishment, for whoever may enter it; None for others."""
    if not may(actor, "absence.record", person, establishment):
        return None
    ahead = Absence.objects.filter(establishment=establishment, person=person, ends_on__gte=actor.on)
    return list(ahead.select_related("deputy", "person", "establishment").order_by("starts_on", "pk"))


def my_absences(actor: Actor) -> list[Absence]:
    """Return when an actor is or will be away, wherever that is."""
    ahead = Absence.objects.filter(person=actor.person, ends_on__gte=actor.on)
    return list(ahead.select_related("deputy", "establishment").order_by("starts_on", "pk"))


def absence_for(actor: Actor, establishment: Establishment, pk: int) -> Absence:
    """Return an absence that the actor may change.

    Raises:
        Hidden, Refused: there is none of that number there, or none for this actor.
    """
    absences = Absence.objects.select_related("establishment__parent", "person", "deputy")
    absence = absences.filter(establishment=establishment, pk=pk).first()
    if absence is None:
        raise Hidden(str(pk))
    require(actor, "absence.record", absence)
    return absence


def person_to_be_absent(actor: Actor, establishment: Establishment, pk: int) -> Person:
    """Return somebody of an establishment whose absence the actor may enter.

    Raises:
        Hidden: nobody of that number works there.
        Refused: neither oneself, nor somebody of an establishment that one leads.
    """
    held = Role.objects.on(actor.on).filter(establishment=establishment, person=pk).select_related("person").first()
    if held is None:
        raise Hidden(str(pk))
    require(actor, "absence.record", held.person, establishment)
    return held.person


def possible_deputies(actor: Actor, establishment: Establishment, person: Person) -> QuerySet[Person]:
    """Return who may stand in for somebody: whoever works there and can sign in."""
    require(actor, "absence.record", person, establishment)
    held = Role.objects.on(actor.on).filter(establishment=establishment, kind__in=SIGNED_IN)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return people.exclude(pk=person.pk)


def covered_by(actor: Actor, establishments: Collection[int]) -> list[Absence]:
    """Return the absences in which an actor stands in today, in establishments given by their ids.

    No query is made for whoever stands in for nobody: that is known with their roles.
    """
    if not any(getattr(role, "stands_in", True) for role in actor.roles):
        return []
    absences = Absence.objects.on(actor.on).filter(deputy=actor.person, establishment__in=establishments)
    return list(absences.select_related("person").order_by("pk"))
