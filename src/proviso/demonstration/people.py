"""The people of an invented place: its leaders by name, and a staff, governors, pupils and parents around them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from proviso.records.people.models import Establishment, Person, Role

Kind = Role.Kind
IN_SCHOOL = (
    (Kind.HEADTEACHER,),
    (Kind.DEPUTY_HEAD, Kind.DSL),
    (Kind.TEACHER, Kind.DEPUTY_DSL),
    (Kind.CHAIR,),
    (Kind.CLERK,),
    (Kind.ADMINISTRATOR, Kind.SUPPORT_STAFF),
    (Kind.IT_LEAD, Kind.SUPPORT_STAFF),
    (Kind.DPO,),
    (Kind.TEACHER, Kind.LINE_MANAGER),
    (Kind.TEACHER, Kind.GOVERNOR),
)
ABOVE_SCHOOL = ((Kind.EXECUTIVE,), (Kind.CHAIR,), (Kind.CLERK,), (Kind.ADMINISTRATOR,), (Kind.DPO,))
# Out of ten of the others.
MIX_IN_SCHOOL = (
    Kind.TEACHER,
    Kind.TEACHER,
    Kind.TEACHER,
    Kind.SUPPORT_STAFF,
    Kind.SUPPORT_STAFF,
    Kind.GOVERNOR,
    Kind.VOLUNTEER,
    Kind.CONTRACTOR,
    Kind.PUPIL,
    Kind.PARENT,
)
MIX_ABOVE = (Kind.TRUSTEE,)
RECORDS = (Kind.PUPIL, Kind.PARENT)  # no sign-in, so no address


def populate(place: Establishment, count: int, names: Iterator[tuple[str, str]], on: date) -> list[Person]:
    """Give a place its people and their roles; a starter of last week, somebody whose role has ended, supply staff."""
    leading = IN_SCHOOL if place.is_school else ABOVE_SCHOOL
    mix = MIX_IN_SCHOOL if place.is_school else MIX_ABOVE
    kinds = [*leading, *((mix[n % len(mix)],) for n in range(count - len(leading)))]
    people = [
        Person(given_name=given, family_name=family, email=_email(given, family, place, held))
        for held, (given, family) in zip(kinds, islice(names, count), strict=True)
    ]
    for person in people:
        person.set_unusable_password()
    Person.objects.bulk_create(people)
    roles = [
        Role(person=person, establishment=place, kind=kind, starts_on=_joined(n, on), ends_on=_left(n, count, on))
        for n, (person, held) in enumerate(zip(people, kinds, strict=True))
        for kind in held
    ]
    Role.objects.bulk_create(roles)
    return people


def _email(given: str, family: str, place: Establishment, held: tuple[str, ...]) -> str | None:
    if any(kind in RECORDS for kind in held):
        return None
    return f"{given}.{family}@{place.slug}.example".lower().replace(" ", "-")


def _joined(number: int, on: date) -> date:
    """Most joined years ago; every fifteenth a week ago."""
    if number >= len(IN_SCHOOL) and number % 15 == 14:
        return on - timedelta(days=6)
    return on - timedelta(days=900 + 37 * (number % 40))


def _left(number: int, count: int, on: date) -> date | None:
    """The last but one has left, and every twentieth is supply staff until the end of next month."""
    if number == count - 2 and count > len(IN_SCHOOL) + 2:
        return on - timedelta(days=30)
    return on + timedelta(days=40) if number >= len(IN_SCHOOL) and number % 20 == 19 else None
