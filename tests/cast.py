"""The people of the tests, each by name: a trust with two schools, and a school that has nothing to do with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role

PASSWORD = "lantern walrus thimble"  # noqa: S105  # nobody real has it
BACKEND = "proviso.web.accounts.adapters.PasswordBackend"
Kind = Role.Kind


@cache
def hashed() -> str:
    return make_password(PASSWORD)


@dataclass(frozen=True)
class Cast:
    """Everybody. All have a password except the pupil, who cannot sign in."""

    trust: Establishment
    school: Establishment
    sister: Establishment  # the trust's other school
    elsewhere: Establishment  # a Welsh school outside the trust

    headteacher: Person
    deputy: Person
    dsl: Person
    chair: Person
    governor: Person
    clerk: Person
    executive: Person  # of the trust
    administrator: Person
    teacher: Person
    support: Person
    volunteer: Person
    leaver: Person  # a teacher until a month ago
    two_roles: Person  # a teacher who is a governor, too
    sister_head: Person
    outsider: Person  # the headteacher of the school elsewhere
    pupil: Person

    @property
    def people(self) -> dict[str, Person]:
        return {name: person for name, person in vars(self).items() if isinstance(person, Person)}


def cast(now: datetime) -> Cast:
    """Write everybody into the database; roles began 400 days before `now`."""
    today = timezone.localdate(now)
    made = _places()
    for name, (given, family, place, kinds) in ROLES.items():
        made[name] = _person(given, family, name != "pupil")
        for kind in kinds:
            _role(made[name], made[place], kind, today, ended=name == "leaver")
    return Cast(**made)


# name in the cast: first name, last name, where, roles
ROLES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "headteacher": ("Hester", "Quillmore", "school", (Kind.HEADTEACHER,)),
    "deputy": ("Dunstan", "Applewhite", "school", (Kind.DEPUTY_HEAD, Kind.DEPUTY_DSL)),
    "dsl": ("Saffron", "Lockwistle", "school", (Kind.DSL,)),
    "chair": ("Cosmo", "Underhay", "school", (Kind.CHAIR,)),
    "governor": ("Greta", "Fennimoss", "school", (Kind.GOVERNOR,)),
    "clerk": ("Clement", "Ashgrove-Pell", "school", (Kind.CLERK,)),
    "executive": ("Edith", "Tarnbarrow", "trust", (Kind.EXECUTIVE,)),
    "administrator": ("Ada", "Merrifold", "school", (Kind.ADMINISTRATOR,)),
    "teacher": ("Tobias", "Wrenfield", "school", (Kind.TEACHER,)),
    "support": ("Sorrel", "Haybrook", "school", (Kind.SUPPORT_STAFF,)),
    "volunteer": ("Vernon", "Pikelet", "school", (Kind.VOLUNTEER,)),
    "leaver": ("Lettice", "Farewell", "school", (Kind.TEACHER,)),
    "two_roles": ("Tamsin", "Bothwick", "school", (Kind.TEACHER, Kind.GOVERNOR)),
    "sister_head": ("Silas", "Ember", "sister", (Kind.HEADTEACHER,)),
    "outsider": ("Olwen", "Tŷ-Draw", "elsewhere", (Kind.HEADTEACHER,)),
    "pupil": ("Perdita", "Small", "school", (Kind.PUPIL,)),
}


def _places() -> dict[str, Any]:
    place, kind, nation = Establishment.objects.create, Establishment.Kind, Establishment.Nation
    trust = place(slug="harbour-trust", name="Harbour Learning Trust", kind=kind.TRUST, nation=nation.ENGLAND)
    return {
        "trust": trust,
        "school": place(
            slug="oak-lane", name="Oak Lane Primary School", kind=kind.SCHOOL, nation=nation.ENGLAND, parent=trust
        ),
        "sister": place(
            slug="mill-road", name="Mill Road Academy", kind=kind.SCHOOL, nation=nation.ENGLAND, parent=trust
        ),
        "elsewhere": place(
            slug="ysgol-y-bryn", name="Ysgol y Bryn", kind=kind.SCHOOL, nation=nation.WALES, language="cy"
        ),
    }


def _person(given: str, family: str, signs_in: bool) -> Person:
    email = f"{given}.{family}@school.example".lower().replace("ŷ", "y") if signs_in else None
    password = hashed() if signs_in else make_password(None)
    return Person.objects.create(email=email, given_name=given, family_name=family, password=password)


def _role(person: Person, place: Establishment, kind: str, today: date, *, ended: bool) -> None:
    starts = today - timedelta(days=400)
    ends = today - timedelta(days=30) if ended else None
    Role.objects.create(person=person, establishment=place, kind=kind, starts_on=starts, ends_on=ends)


def actor(person: Person, on: date) -> Actor:
    """Return somebody as services and selectors want them, who has just given their second step."""
    return Actor.of(person, on, second_factor_at=timezone.now())


def visits(person: Person | None, *, second_factor: bool = True) -> Client:
    """Return a browser in which somebody is signed in (with a second step, unless said otherwise), or a visitor's."""
    client = Client(raise_request_exception=False)
    if person is None:
        return client
    client.force_login(person, backend=BACKEND)
    if second_factor:
        session = client.session
        proof = {"method": "mfa", "at": timezone.now().timestamp(), "type": "totp"}
        session["account_authentication_methods"] = [proof]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client
