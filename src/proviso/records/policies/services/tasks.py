"""A policy's duties as tasks: made for whoever they bind, dropped as soon as they bind them no more."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from proviso.records.people.actors import Job
from proviso.records.people.facts import who
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import SIGNED_IN
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.tasks.deadlines import working_days
from proviso.records.tasks.models import Source, Task
from proviso.records.tasks.services import tasks
from proviso.records.tasks.services.tasks import NewTask
from proviso.rules.norms import Policy

TIME_FOR_IT = timedelta(days=28)  # after a version comes into force, or somebody joins; then the next working day
SCHOOL = "school"
SOURCE = "duty"  # a source's number is then the place of the duty in its clause


@dataclass(frozen=True)
class Duty:
    """One duty of a clause: its place there, whom it is for (values of `who`, or the school), and what to do."""

    clause: str
    place: int
    who: frozenset[str]
    what: str
    every: str


@dataclass(frozen=True)
class Bearer:
    """Somebody who can do tasks in an establishment: what they are there, in values of `who`, and since when."""

    who: frozenset[str]
    since: date


def duties_of(policy: Policy) -> Iterator[Duty]:
    """Yield every duty of a policy."""
    for clause in policy.clauses:
        for place, duty in enumerate(clause.duties):
            every = duty.every if duty.every in Task.Interval.values else ""
            yield Duty(clause.id, place, frozenset(policy.expand(duty.who)), duty.what, every or "")


def make_tasks(version: Version, on: date, *, now: datetime, person: int | None = None) -> int:
    """Make the tasks that a version's duties ask for and drop those that bind nobody, or somebody no more.

    With `person` only theirs are looked at, by their id.
    Run twice, it makes nothing twice. Return how many were made. Nobody is asked anything before they begin.
    """
    establishment = version.establishment
    wanted = _wanted(version, on, person)
    rows = establishment.tasks.filter(source_kind=SOURCE).exclude(state=Task.State.DROPPED)
    if person is not None:
        rows = rows.filter(person=person)
    rows = rows.only("clause", "source_id", "person_id", "state", "establishment")
    there = {(row.clause, row.source_id, row.person_id): row for row in rows}
    new = [task for key, task in wanted.items() if key not in there]
    gone = [row for row in rows if row.is_open and (row.clause, row.source_id, row.person_id) not in wanted]
    program = Job("tasks of duties", on)
    tasks.drop_tasks(program, establishment, gone, on=on, now=now)
    return tasks.make_tasks(program, establishment, new, now=now)


def _wanted(version: Version, on: date, only: int | None) -> dict[tuple[str, int, int | None], NewTask]:
    """Return every task that a version asks for on a day (of one person alone), by clause, place there and bearer."""
    people, calendar = _bearers(version.establishment, on, only), working_days(version.establishment)
    begun = max(version.in_force_from or on, on)
    return {
        (duty.clause, duty.place, person): NewTask(
            Source(SOURCE, duty.place, duty.clause, version.pk),
            duty.what,
            calendar.next(max(since or begun, begun) + TIME_FOR_IT),
            person,
            duty.every,
        )
        for duty in duties_of(compiled.policy_of(version))
        for person, since in _bound(duty, people)
        if person is not None or only is None
    }


def _bearers(establishment: Establishment, on: date, only: int | None) -> dict[int, Bearer]:
    roles = Role.objects.on(on).filter(establishment=establishment, kind__in=SIGNED_IN, person__is_active=True)
    if only is not None:
        roles = roles.filter(person=only)
    held: dict[int, tuple[set[str], date]] = {}
    for person, kind, since in roles.values_list("person", "kind", "starts_on"):
        kinds, first = held.get(person, (set(), since))
        held[person] = (kinds | {kind}, min(first, since))
    return {person: Bearer(frozenset(who(kinds)), since) for person, (kinds, since) in held.items()}


def _bound(duty: Duty, people: dict[int, Bearer]) -> Iterable[tuple[int | None, date | None]]:
    if SCHOOL in duty.who:
        yield None, None
    for person, bearer in people.items():
        if bearer.who & duty.who:
            yield person, bearer.since


def drop_tasks(establishment: Establishment, on: date, *, now: datetime) -> int:
    """Drop what is still to be done under a policy, as when it is withdrawn. Return how many tasks there were."""
    gone = establishment.tasks.filter(source_kind=SOURCE, state=Task.State.OPEN)
    return tasks.drop_tasks(Job("tasks of duties", on), establishment, gone, on=on, now=now)
