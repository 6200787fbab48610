"""Read people and places, always for an actor: what the actor may not see is not there."""

from datetime import date

from django.db.models import Q, QuerySet

from proviso.people.actors import Actor
from proviso.people.models import Establishment, Person, Role
from proviso.people.permissions import Hidden, may, require


def establishment_for(actor: Actor | None, slug: str) -> Establishment:
    """Return an establishment by its short name.

    Raises:
        Hidden: there is none of that name, or none for this actor.
    """
    found = Establishment.objects.select_related("parent").filter(slug=slug).first()
    if found is None or actor is None or not may(actor, "establishment.view", found):
        raise Hidden(slug)
    return found


def establishments_under(actor: Actor, establishment: Establishment) -> list[Establishment]:
    """Return the schools of a trust or authority that the actor may see."""
    require(actor, "establishment.view", establishment)
    under = establishment.children.select_related("parent").order_by("name")
    return [school for school in under if may(actor, "establishment.view", school)]


def people_in(actor: Actor, establishment: Establishment, on: date, find: str = "") -> QuerySet[Person]:
    """Return everybody who holds a role in an establishment that day; `find` keeps names with all its words."""
    require(actor, "people.view", establishment)
    people = Person.objects.filter(pk__in=Role.objects.on(on).filter(establishment=establishment).values("person"))
    return _named(people, find)


def everybody_of(actor: Actor, establishment: Establishment, find: str = "") -> QuerySet[Person]:
    """Return everybody who holds, held or will hold a role in an establishment."""
    require(actor, "people.view", establishment)
    return _named(Person.objects.filter(pk__in=establishment.roles.values("person")), find)


def person_in(actor: Actor, establishment: Establishment, pk: int) -> Person:
    """Return somebody who has, or once had, a role in an establishment.

    Raises:
        Hidden: nobody of that number belongs there.
    """
    found = everybody_of(actor, establishment).filter(pk=pk).first()
    if found is None:
        raise Hidden(str(pk))
    return found


def roles_of(actor: Actor, establishment: Establishment, person: Person) -> QuerySet[Role]:
    """Return somebody's roles in an establishment, ended ones too, the latest first."""
    require(actor, "people.view", establishment)
    return establishment.roles.filter(person=person).order_by("-starts_on", "-pk")


def holders(establishment: Establishment, kind: str, on: date) -> list[Person]:
    """Return who holds a role in an establishment on a day."""
    held = Role.objects.on(on).filter(establishment=establishment, kind=kind).select_related("person")
    return [role.person for role in held]


def _named(people: QuerySet[Person], find: str) -> QuerySet[Person]:
    for word in find.split()[:6]:
        people = people.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word)
        )
    return people
