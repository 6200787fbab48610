"""What needs whom: the types, and the registry to which each room adds what it puts on the one list.

A room's `needs.py` registers providers. A provider is asked for a scope, which may hold one person (their page, their
calendar) or everybody of some establishments (reminders, the weekly summary): there is one definition of what waits
for somebody, and pages and emails cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from django.utils.functional import Promise

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person
from proviso.records.people.permissions import may

T = TypeVar("T")
Text = str | Promise
WEEK = 7
TIMES = 4  # a week apart; whoever has not moved by then needs a person, not a program


@dataclass(frozen=True)
class Target:
    """The page on which something is done, by the name of its address: records know no page, so `web` resolves it."""

    name: str
    args: tuple[str | int, ...] = ()
    query: str = ""


class Stages(Protocol):
    """When somebody is reminded of what waits for them."""

    def stage(self, due_on: date, on: date) -> str:
        """Return how far it is on a day; each stage is told once, and an empty one not at all."""


@dataclass(frozen=True)
class ByDay:
    """Reminders so many days before the day by which something is due, then each week while it is overdue.

    A stage lasts until the next begins, so that a day on which nothing ran is made up for.
    """

    before: tuple[int, ...] = (1,)
    overdue: int = TIMES

    def stage(self, due_on: date, on: date) -> str:
        left = (due_on - on).days
        if left < 0 and self.overdue:
            number = 1 + (-left - 1) // WEEK
            return f"overdue-{number}" if number <= self.overdue else ""
        reached = min((days for days in self.before if left <= days), default=None)
        return "" if reached is None else _NAMES.get(reached, str(reached))


_NAMES = {7: "week", 1: "day"}


@dataclass(frozen=True)
class SinceAsked:
    """Reminders from the day after something was asked for, or after another day, a week apart."""

    times: int = TIMES
    since: date | None = None

    def stage(self, due_on: date, on: date) -> str:
        weeks = (on - (self.since or due_on) - timedelta(days=1)).days // WEEK
        return str(weeks) if 0 <= weeks < self.times else ""


@dataclass(frozen=True)
class Need:
    """One thing that waits for somebody: what, where it is done, by when, under which clause.

    key: `kind:…`, the same for as long as it is the same thing.
    unnamed: what it is without anybody's name, for what leaves the site; `what` where that names nobody.
    asked: nobody set a day for it, and `due_on` is when it was asked for.
    reason: what is reminded of once, where several needs share one reminder; else the key without its kind.
    stand_in: the permission that somebody needs who does it for whoever is away; empty: nobody else can do it.
    is_named: an email may say what it is, without names of people; else it says only that something is waiting.
    on_behalf: who is away, for whom it is to be done.
    """

    key: str
    what: Text
    target: Target
    due_on: date
    establishment: Establishment
    clause: str = ""
    overdue: bool = False
    asked: bool = False
    stages: Stages = field(default_factory=ByDay)
    unnamed: Text = ""
    reason: str = ""
    stand_in: str = ""
    is_named: bool = False
    on_behalf: Person | None = None

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def reminded_by(self) -> str:
        """What the row of a reminder names; see `reason`."""
        return self.reason or self.key.partition(":")[2]

    @property
    def without_names(self) -> Text:
        return self.unnamed or self.what


@dataclass(frozen=True, eq=False)
class Scope:
    """Whose needs are asked for, and in which establishments; `everywhere`: wherever else these people are asked.

    `memo` holds what was read, so that several providers, and the page that asks, read it once.
    """

    on: date
    actors: Sequence[Actor]
    establishments: Mapping[int, Establishment]
    everywhere: bool = False
    memo: dict[Callable[..., Any], Any] = field(default_factory=dict)

    def once(self, read: Callable[["Scope"], T]) -> T:
        """Return what a function reads for this scope, reading it at most once."""
        if read not in self.memo:
            self.memo[read] = read(self)
        result: T = self.memo[read]
        return result

    def covers(self, establishment: Establishment) -> bool:
        return self.everywhere or establishment.pk in self.establishments

    def actors_in(self, establishment: Establishment) -> Sequence[Actor]:
        """Return who of these people holds a role in an establishment itself."""
        return self.once(_by_establishment).get(establishment.pk, ())

    def able(self, action: str, establishment: Establishment) -> Iterator[Actor]:
        """Yield who of the people of an establishment may do an action there."""
        return (actor for actor in self.actors_in(establishment) if may(actor, action, establishment))


def _by_establishment(scope: Scope) -> dict[int, list[Actor]]:
    actors: dict[int, list[Actor]] = {}
    for actor in scope.actors:
        for pk in dict.fromkeys(role.establishment_id for role in actor.roles):
            actors.setdefault(pk, []).append(actor)
    return actors


Provider = Callable[[Scope], Iterable[tuple[Actor, Need]]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add what a room puts on the list; a decorator."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


@dataclass(frozen=True)
class Awaited:
    """Something that somebody waits for because others are to do it: what, whose turn it is, and since when.

    `due_on` is the day by which the others are to do it, where one is set.
    """

    what: Text
    target: Target
    since: date
    establishment: Establishment
    due_on: date | None = None


AwaitedProvider = Callable[[Scope], Iterable[tuple[Actor, Awaited]]]
_AWAITED: list[AwaitedProvider] = []


def register_awaited(provider: AwaitedProvider) -> AwaitedProvider:
    """Add what people of a room wait for; a decorator."""
    if provider not in _AWAITED:
        _AWAITED.append(provider)
    return provider


def awaited_in(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """Yield everything that somebody of a scope waits for."""
    for provider in _AWAITED:
        yield from provider(scope)


def needs_in(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Yield everything that needs somebody of a scope."""
    for provider in _PROVIDERS:
        yield from provider(scope)
