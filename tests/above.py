"""People above the cast's school, and an authority with a school of its own: for the sweep of permissions."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from proviso.records.people.models import Establishment, Person, Role
from tests.cast import Cast, hashed

Kind = Role.Kind


@dataclass(frozen=True)
class Above:
    """A trust's people beside its executive, and an authority with its people and a school."""

    authority: Establishment
    county: Establishment

    trust_chair: Person
    trust_clerk: Person
    trust_administrator: Person
    trust_trustee: Person
    adviser: Person  # an executive of the authority
    authority_administrator: Person
    county_head: Person
    county_teacher: Person

    @property
    def people(self) -> dict[str, Person]:
        return {name: person for name, person in vars(self).items() if isinstance(person, Person)}


# name: first name, last name, where, role
ROLES = {
    "trust_chair": ("Thora", "Kestrelby", "trust", Kind.CHAIR),
    "trust_clerk": ("Tancred", "Oswin-Vale", "trust", Kind.CLERK),
    "trust_administrator": ("Tabitha", "Quern", "trust", Kind.ADMINISTRATOR),
    "trust_trustee": ("Torquil", "Smallwater", "trust", Kind.TRUSTEE),
    "adviser": ("Avis", "Harrowfield", "authority", Kind.EXECUTIVE),
    "authority_administrator": ("Aldous", "Penfeather", "authority", Kind.ADMINISTRATOR),
    "county_head": ("Carys", "Lindenhope", "county", Kind.HEADTEACHER),
    "county_teacher": ("Cyprian", "Moorcott", "county", Kind.TEACHER),
}


def above(cast: Cast) -> Above:
    """Write them into the database; roles began 400 days ago."""
    place, kind, nation = Establishment.objects.create, Establishment.Kind, Establishment.Nation.ENGLAND
    authority = place(slug="saltmarsh", name="Saltmarsh Council", kind=kind.AUTHORITY, nation=nation)
    county = place(slug="reedbank", name="Reedbank Primary School", kind=kind.SCHOOL, nation=nation, parent=authority)
    places = {"trust": cast.trust, "authority": authority, "county": county}
    starts_on = timezone.localdate() - timedelta(days=400)
    people = {}
    for name, (given, family, where, role) in ROLES.items():
        email = f"{given}.{family}@school.example".lower()
        people[name] = Person.objects.create(given_name=given, family_name=family, email=email, password=hashed())
        Role.objects.create(person=people[name], establishment=places[where], kind=role, starts_on=starts_on)
    return Above(authority=authority, county=county, **people)
