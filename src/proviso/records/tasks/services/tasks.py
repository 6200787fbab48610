"""Make tasks, do them, open them again, and drop those that are nobody's any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db.models import QuerySet

from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.change import change, change_many
from proviso.records.people.models import Establishment
from proviso.records.tasks.deadlines import DAY, WorkingDays, working_days
from proviso.records.tasks.models import Source, Task

State = Task.State
MONTHS = {Task.Interval.TERM: 4, Task.Interval.YEAR: 12, Task.Interval.TWO_YEARS: 24}


@dataclass(frozen=True)
class Escalation:
    """From which day somebody else hears that a task is late, and who: a value of `Task.Escalation`."""

    on: date
    to: str


@dataclass(frozen=True)
class NewTask:
    """What is asked of somebody, given by their id, or of the school itself; and what asked for it.

    `every` is a value of `Task.Interval`. Without `remind_on` the bearer is reminded on the working day before it
    is due.
    """

    source: Source
    what: str
    due_on: date
    person: int | None = None
    every: str = ""
    remind_on: date | None = None
    escalation: Escalation | None = None


def make_tasks(actor: AnyActor, establishment: Establishment, tasks: Iterable[NewTask], *, now: datetime) -> int:
    """Make tasks in an establishment; what the same source asked of the same person by the same day is not made twice.

    Return how many were made.
    """
    wanted = list(tasks)
    if not wanted:
        return 0
    calendar = working_days(establishment)
    rows = [_row(establishment, task, calendar) for task in wanted]
    with change(actor, "tasks.made", establishment, now) as made:
        before = Task.objects.filter(establishment=establishment).count()
        Task.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        count = Task.objects.filter(establishment=establishment).count() - before
        made.details["count"] = count
        if not count:
            made.nothing()
    return count


def _row(establishment: Establishment, task: NewTask, calendar: WorkingDays) -> Task:
    return Task(
        establishment=establishment,
        source_kind=task.source.kind,
        source_id=task.source.id,
        clause=task.source.clause,
        policy_version=task.source.version,
        person_id=task.person,
        what=task.what,
        every=task.every,
        due_on=task.due_on,
        remind_on=task.remind_on or calendar.add(task.due_on, -1),
        escalate_on=task.escalation.on if task.escalation else None,
        escalate_to=task.escalation.to if task.escalation else "",
    )


def drop_tasks(actor: AnyActor, establishment: Establishment, tasks: Iterable[Task], *, on: date, now: datetime) -> int:
    """Drop open tasks that are nobody's any more; they stay on record. Return how many.

    Raises:
        NotPossible: one of them was done or dropped meanwhile.
    """
    gone = list(tasks)
    if not gone:
        return 0
    with change_many(actor, "tasks.dropped", establishment, gone, now) as (_dropped, rows):
        for task in rows:
            task.dropped_on = on
    return len(rows)


def complete_task(actor: Actor, task: Task, note: str = "", declared: str = "", *, now: datetime) -> Task:
    """Mark a task as done; a repeated one is made anew for the next time.

    `declared` is a value of `Task.Declared`, for a task that asks to declare something.

    Raises:
        Refused: somebody else's task.
        NotPossible: done or dropped already.
    """
    action = "task.done" if task.person_id else "school_task.done"
    with change(actor, action, task, now) as done:
        done.record.done_at, done.record.done_by, done.record.note = now, actor.person, note.strip()
        done.record.declared = declared
        done.details["clause"] = done.record.clause or "–"
        if done.record.every:
            _repeat(done.record, actor.on)
    return done.record


def _repeat(task: Task, on: date) -> None:
    """Make the task of the next time, unless it is there already."""
    if _others(task).exists():
        return
    calendar = working_days(task.establishment)
    interval = relativedelta(months=MONTHS[Task.Interval(task.every)])
    due_on = calendar.next(on + interval)
    # Done long before its time: the next year counts from there, and not from so early a day.
    if task.every != Task.Interval.TERM and due_on <= task.due_on:
        due_on = calendar.next(task.due_on + interval)
    later = due_on - task.due_on
    Task.objects.create(
        establishment=task.establishment,
        source_kind=task.source_kind,
        source_id=task.source_id,
        clause=task.clause,
        policy_version=task.policy_version,
        person=task.person,
        what=task.what,
        every=task.every,
        due_on=due_on,
        remind_on=calendar.add(task.remind_on + later + DAY, -1) if task.remind_on else None,
        escalate_on=calendar.next(task.escalate_on + later) if task.escalate_on else None,
        escalate_to=task.escalate_to,
    )


def _others(task: Task) -> QuerySet[Task]:
    """Return the open tasks that the same source asked of the same bearer."""
    same = Task.objects.filter(establishment=task.establishment, person=task.person, state=State.OPEN)
    mine = same.filter(source_kind=task.source_kind, source_id=task.source_id, clause=task.clause)
    return mine.exclude(pk=task.pk)


def reopen_task(actor: Actor, task: Task, *, now: datetime) -> Task:
    """Take back that a task was done; what it had made for the next time goes.

    Raises:
        Refused: somebody else's task.
        NotPossible: not done, or dropped.
    """
    action = "task.reopened" if task.person_id else "school_task.reopened"
    with change(actor, action, task, now) as opened:
        for following in _others(opened.record):
            row = opened.lock(following)
            row.state, row.dropped_on = State.DROPPED, actor.on
        opened.record.done_at, opened.record.done_by, opened.record.declared = None, None, ""
        opened.details["clause"] = opened.record.clause or "–"
    return opened.record
