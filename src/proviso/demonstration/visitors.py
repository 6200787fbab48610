"""As whom one can sign in with one click, in the demonstration alone."""

from dataclasses import dataclass

from proviso.records.people import role_names
from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN

LONGEST_NUMBER = 19  # figures: more than the database counts to


@dataclass(frozen=True)
class Offered:
    """Somebody of the demonstration, with the role for which they are offered."""

    person: Person
    role: str


@dataclass(frozen=True)
class Place:
    """An establishment of the demonstration, with one person for each role there."""

    establishment: Establishment
    people: list[Offered]


def offered(asking: Public) -> list[Place]:
    """Return one person for each role of each establishment, the trust and the authority first."""
    first: dict[tuple[int, str], Role] = {}
    for role in Role.objects.on(asking.on).filter(kind__in=SIGNED_IN).select_related("person", "establishment"):
        first.setdefault((role.establishment_id, role.kind), role)
    places: dict[Establishment, list[Offered]] = {}
    order = [kind.value for kind in Role.Kind]
    for role in sorted(first.values(), key=lambda role: order.index(role.kind)):
        name = role_names.role(role.kind, role.establishment)
        places.setdefault(role.establishment, []).append(Offered(role.person, name))
    visited = [Place(establishment, people) for establishment, people in places.items()]
    return sorted(visited, key=lambda place: (place.establishment.is_school, place.establishment.name))


def somebody(asking: Public, number: str) -> Person | None:
    """Return the person of a number, if they hold a role with which one can sign in."""
    held = Role.objects.on(asking.on).filter(kind__in=SIGNED_IN)
    people = Person.objects.filter(pk__in=held.values("person"))
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return people.filter(pk=int(number)).first() if is_number else None
