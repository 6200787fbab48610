"""Who asks: a signed-in person with the roles that they hold today. Every selector and service takes one."""

from dataclasses import dataclass, field
from datetime import date, datetime

from proviso.people.models import Establishment, Person, Role


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
        return cls(person, on, tuple(held) if person.is_active else (), second_factor_at)

    def kinds_in(self, establishment: Establishment | int | None) -> frozenset[str]:
        """Return the kinds of role held in one establishment itself."""
        wanted = establishment.pk if isinstance(establishment, Establishment) else establishment
        return frozenset(role.kind for role in self.roles if role.establishment_id == wanted)

    @property
    def establishments(self) -> list[Establishment]:
        """Return where roles are held, each once, by name."""
        found = {role.establishment_id: role.establishment for role in self.roles}
        return sorted(found.values(), key=lambda one: one.name)
