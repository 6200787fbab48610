"""Who acts: a signed-in person with the roles that they hold today, a receipt, the public, or the program itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db.models.expressions import Combinable

from proviso.records.people.models import Establishment, Person, Role

# What rooms above want to know of whoever holds a role, fetched along with it: an attribute of the role.
_ALONG: dict[str, Callable[[date], Combinable]] = {}

CONFIRMED_FOR = timedelta(minutes=15)  # for so long a second factor counts as just proved


def fetch_along(name: str, expression: Callable[[date], Combinable]) -> None:
    """Have something fetched along with the roles of whoever acts, in the same query, as an attribute of each role.

    The expression is one over roles on a day.
    """
    _ALONG[name] = expression


@dataclass(frozen=True)
class Actor:
    """A person on a day. `second_factor_at` is when they last proved themselves by a second factor, if they did."""

    person: Person
    on: date
    roles: tuple[Role, ...] = ()
    second_factor_at: datetime | None = field(default=None, compare=False)

    @classmethod
    def of(cls, person: Person, on: date, second_factor_at: datetime | None = None) -> "Actor":
        """Return somebody with the roles held that day, in one query; nobody inactive holds any."""
        held = Role.objects.on(on).filter(person=person).select_related("establishment__parent")
        held = held.annotate(**{name: expression(on) for name, expression in _ALONG.items()})
        return cls(person, on, tuple(held) if person.is_active else (), second_factor_at)

    def kinds_in(self, establishment: Establishment | int | None) -> frozenset[str]:
        """Return the kinds of role held in one establishment itself."""
        wanted = establishment.pk if isinstance(establishment, Establishment) else establishment
        return frozenset(role.kind for role in self.roles if role.establishment_id == wanted)

    def confirmed(self, now: datetime, within: timedelta = CONFIRMED_FOR) -> bool:
        """Say whether they proved themselves by a second factor just now.

        A proof that lies in the future, as when a clock was set back, is none.
        """
        return self.second_factor_at is not None and abs(now - self.second_factor_at) <= within

    @property
    def establishments(self) -> list[Establishment]:
        """Return where roles are held, each once, by name."""
        held = {role.establishment_id: role.establishment for role in self.roles}
        return sorted(held.values(), key=lambda establishment: establishment.name)


@dataclass(frozen=True)
class Receipt:
    """Whoever holds the receipt of something that was shared without a name; only the receipt's hash is known here."""

    digest: str
    on: date
    person: ClassVar[None] = None


@dataclass(frozen=True)
class Public:
    """Anybody at all: a page or an act that is open to everyone says so by this type."""

    on: date
    person: ClassVar[None] = None


@dataclass(frozen=True)
class Job:
    """The program itself: something done on a schedule, in the background, or by whoever runs the machine."""

    name: str
    on: date
    person: ClassVar[None] = None


AnyActor = Actor | Receipt | Public | Job
