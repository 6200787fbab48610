"""The tasks that a version's duties make: made once, done by somebody, made anew where they repeat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.facts import who
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import SIGNED_IN, require
from proviso.records.policies import compiled
from proviso.records.policies.models import Task, Version
from proviso.records.policies.services.errors import NotPossible
from proviso.rules.norms import Policy

TIME_FOR_IT = timedelta(days=28)  # after a version comes into force, or somebody joins
MONTHS = {Task.Interval.TERM: 4, Task.Interval.YEAR: 12, Task.Interval.TWO_YEARS: 24}
SCHOOL = "school"


@dataclass(frozen=True)
class Duty:
    """One duty of a clause: its place there, whom it is for (values of `who`, or the school), and what to do."""

    clause: str
    place: int
    who: frozenset[str]
    what: str
    every: str


def duties_of(policy: Policy) -> Iterator[Duty]:
    """Yield every duty of a policy."""
    for clause in policy.clauses:
        for place, one in enumerate(clause.duties):
            every = one.every if one.every in Task.Interval.values else ""
            yield Duty(clause.id, place, frozenset(policy.expand(one.who)), one.what, every or "")


def make_tasks(version: Version, on: date) -> int:
    """Make the tasks that are missing in a version's establishment and drop those that are nobody's any more.

    Run twice, it makes nothing twice. Return how many were made. Nobody is asked anything before they begin.
    """
    duties = list(duties_of(compiled.policy_of(version)))
    people = _people(version.establishment, on)
    known = set(version.establishment.tasks.filter(dropped_on=None).values_list("clause", "duty", "person"))
    begun = max(version.in_force_from or on, on)
    made = [
        Task(
            establishment=version.establishment,
            version=version,
            clause=duty.clause,
            duty=duty.place,
            person_id=person,
            what=duty.what,
            every=duty.every,
            due_on=max(joined or begun, begun) + TIME_FOR_IT,
        )
        for duty in duties
        for person, joined in _bearers(duty, people)
        if (duty.clause, duty.place, person) not in known
    ]
    Task.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
    _drop_orphans(version, duties, set(people), on)
    return len(made)


def _people(establishment: Establishment, on: date) -> dict[int, tuple[frozenset[str], date]]:
    """Return who can do tasks in an establishment: what they are, and since when."""
    roles = Role.objects.on(on).filter(establishment=establishment, kind__in=SIGNED_IN)
    held: dict[int, tuple[set[str], date]] = {}
    for person, kind, since in roles.values_list("person", "kind", "starts_on"):
        kinds, first = held.get(person, (set(), since))
        held[person] = (kinds | {kind}, min(first, since))
    return {person: (frozenset(who(kinds)), since) for person, (kinds, since) in held.items()}


def _bearers(duty: Duty, people: dict[int, tuple[frozenset[str], date]]) -> Iterable[tuple[int | None, date | None]]:
    if SCHOOL in duty.who:
        yield None, None
    for person, (values, joined) in people.items():
        if values & duty.who:
            yield person, joined


def _drop_orphans(version: Version, duties: list[Duty], people: set[int], on: date) -> None:
    alive = {(duty.clause, duty.place) for duty in duties}
    open_ones = version.establishment.tasks.filter(done_at=None, dropped_on=None)
    gone = [
        task.pk
        for task in open_ones.only("pk", "clause", "duty", "person_id")
        if (task.clause, task.duty) not in alive or (task.person_id is not None and task.person_id not in people)
    ]
    Task.objects.filter(pk__in=gone).update(dropped_on=on)


def drop_tasks(establishment: Establishment, on: date) -> None:
    """Drop what is still to be done, as when a policy is withdrawn."""
    establishment.tasks.filter(done_at=None, dropped_on=None).update(dropped_on=on)


@transaction.atomic
def complete_task(actor: Actor, task: Task, note: str = "", *, now: datetime) -> Task:
    """Mark a task as done; a repeated one is made anew for the next time.

    Raises:
        Refused: somebody else's task.
        NotPossible: done or dropped already.
    """
    _may_do(actor, task)
    current = Task.objects.select_for_update(of=("self",)).select_related("establishment", "person").get(pk=task.pk)
    if not current.is_open:
        raise NotPossible(_("This task is done already, or nobody’s any more."))
    current.done_at, current.done_by, current.note = now, actor.person, note.strip()
    current.save(update_fields=["done_at", "done_by", "note"])
    if current.every:
        _repeat(current, actor.on)
    _log(actor, current, "task.done", now)
    return current


def _repeat(task: Task, on: date) -> None:
    Task.objects.get_or_create(
        establishment=task.establishment,
        clause=task.clause,
        duty=task.duty,
        person=task.person,
        dropped_on=None,
        done_at=None,
        defaults={
            "version_id": task.version_id,
            "what": task.what,
            "every": task.every,
            "due_on": on + relativedelta(months=MONTHS[Task.Interval(task.every)]),
        },
    )


@transaction.atomic
def reopen_task(actor: Actor, task: Task, *, now: datetime) -> Task:
    """Take back that a task was done; what it had made for the next time goes.

    Raises:
        Refused: somebody else's task.
        NotPossible: not done, or dropped.
    """
    _may_do(actor, task)
    current = Task.objects.select_for_update(of=("self",)).select_related("establishment", "person").get(pk=task.pk)
    if current.done_at is None or current.dropped_on is not None:
        raise NotPossible(_("This task is not done, or nobody’s any more."))
    current.establishment.tasks.filter(
        clause=current.clause, duty=current.duty, person=current.person, done_at=None, dropped_on=None
    ).update(dropped_on=actor.on)
    current.done_at, current.done_by = None, None
    current.save(update_fields=["done_at", "done_by"])
    _log(actor, current, "task.reopened", now)
    return current


def _may_do(actor: Actor, task: Task) -> None:
    if task.person_id is None:
        require(actor, "tasks.school", task.establishment)
    else:
        require(actor, "tasks.do", task)


def _log(actor: Actor, task: Task, action: str, now: datetime) -> None:
    details = {"clause": task.clause}
    record(actor.person, Act(action, task.establishment_id, about(task), details), now=now)
