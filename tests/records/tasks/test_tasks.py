"""Tasks by themselves: whatever asked for them, with no policy behind them."""

from datetime import date, timedelta
from typing import Any

import pytest

from proviso.jobs.reminders import to_remind
from proviso.records.audit.models import Entry
from proviso.records.people.actors import Job, Public
from proviso.records.people.change import NotPossible
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.tasks.action_needed import scope_of
from proviso.records.tasks.models import Absence, Calendar, Source, Task
from proviso.records.tasks.needs import done_lately
from proviso.records.tasks.selectors.calendars import address_of, owner_by
from proviso.records.tasks.selectors.tasks import task_for
from proviso.records.tasks.services import tasks
from proviso.records.tasks.services.calendars import renew_address
from proviso.records.tasks.services.tasks import Escalation, NewTask
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting

DAY = timedelta(days=1)
PROGRAM = Job("tests", TODAY)
LETTER = Source("letter", 12, "AE-2.6b", None)


def letter(cast: Cast, **more: Any) -> Task:
    """Return a task of the teacher that no version of a policy asked for."""
    new = NewTask(LETTER, "Answer the letter", TODAY + 10 * DAY, cast.teacher.pk, **more)
    tasks.make_tasks(PROGRAM, cast.school, [new], now=NOW)
    return Task.objects.get(state="open")


def test_a_task_needs_no_policy(cast: Cast) -> None:
    task = letter(cast)
    assert task.source == LETTER
    done = tasks.complete_task(acting(cast.teacher), task_for(acting(cast.teacher), task.pk), now=NOW)
    assert (done.state, done.done_by, done.done_at) == ("done", cast.teacher, NOW)
    assert [row.words for row in done_lately(scope_of(acting(cast.teacher)))] == ["Answer the letter"]


def test_what_was_asked_for_already_is_not_asked_twice(cast: Cast) -> None:
    new = NewTask(LETTER, "Answer the letter", TODAY, cast.teacher.pk)
    assert tasks.make_tasks(PROGRAM, cast.school, [new, new], now=NOW) == 1
    assert tasks.make_tasks(PROGRAM, cast.school, [new], now=NOW) == 0
    assert tasks.make_tasks(PROGRAM, cast.school, [], now=NOW) == 0
    assert [entry.sentence for entry in Entry.objects.all()] == ["made 1 tasks"]


def test_only_the_program_makes_tasks(cast: Cast) -> None:
    new = NewTask(LETTER, "Answer the letter", TODAY, cast.teacher.pk)
    with pytest.raises(Refused):
        tasks.make_tasks(acting(cast.headteacher), cast.school, [new], now=NOW)


def test_a_task_moves_from_open_to_done_and_back_and_no_other_way(cast: Cast) -> None:
    teacher, task = acting(cast.teacher), letter(cast)
    with pytest.raises(NotPossible):
        tasks.reopen_task(teacher, task, now=NOW)
    tasks.complete_task(teacher, task, now=NOW)
    with pytest.raises(NotPossible):
        tasks.complete_task(teacher, task, now=NOW)  # what the caller holds is stale
    assert tasks.reopen_task(teacher, task, now=NOW).is_open
    assert tasks.drop_tasks(PROGRAM, cast.school, [task], on=TODAY, now=NOW) == 1
    for move in (tasks.complete_task, tasks.reopen_task):
        with pytest.raises(NotPossible):
            move(teacher, task, now=NOW)
    with pytest.raises(Hidden):
        task_for(teacher, task.pk)


def test_the_dates_of_a_repeated_task_move_along(cast: Cast) -> None:
    due_on = TODAY + 10 * DAY
    task = letter(cast, every="year", remind_on=due_on - 7 * DAY, escalation=Escalation(due_on + 5 * DAY, "leader"))
    tasks.complete_task(acting(cast.teacher, date(2026, 11, 30)), task, now=NOW)
    following = Task.objects.get(state="open")
    assert following.due_on == date(2027, 11, 30)
    assert (following.remind_on, following.escalate_on) == (date(2027, 11, 23), date(2027, 12, 6))  # not on a Sunday
    assert (following.source, following.escalate_to) == (task.source, "leader")


def test_who_stands_in_does_the_task_of_who_is_away_and_only_then(cast: Cast) -> None:
    task = letter(cast)
    Absence.objects.create(
        person=cast.teacher, establishment=cast.school, starts_on=TODAY, ends_on=TODAY, deputy=cast.support
    )
    tomorrow = acting(cast.support, TODAY + DAY)
    with pytest.raises(Hidden):
        task_for(tomorrow, task.pk)
    with pytest.raises(Refused):
        tasks.complete_task(tomorrow, task, now=NOW)
    with pytest.raises(Refused):
        tasks.complete_task(acting(cast.volunteer), task, now=NOW)
    done = tasks.complete_task(acting(cast.support), task_for(acting(cast.support), task.pk), now=NOW)
    assert done.done_by == cast.support


def test_who_left_stands_in_for_nobody(cast: Cast) -> None:
    task = letter(cast)
    Absence.objects.create(
        person=cast.teacher, establishment=cast.school, starts_on=TODAY, ends_on=TODAY, deputy=cast.leaver
    )
    with pytest.raises(Hidden):
        task_for(acting(cast.leaver), task.pk)


def test_a_calendar_has_one_address_at_a_time(cast: Cast) -> None:
    teacher = acting(cast.teacher)
    assert address_of(teacher) == ""
    first = renew_address(teacher, now=NOW)
    second = renew_address(teacher, now=NOW)
    anybody = Public(TODAY)
    assert (owner_by(anybody, first), owner_by(anybody, second)) == (None, cast.teacher)
    assert address_of(teacher) == second
    assert [entry.sentence for entry in Entry.objects.all()] == ["made a new address for the calendar"] * 2
    assert Calendar.objects.count() == 1


def test_the_reminder_comes_on_the_working_day_before(cast: Cast) -> None:
    monday = date(2027, 5, 10)
    new = NewTask(LETTER, "Answer the letter", monday, cast.teacher.pk)
    tasks.make_tasks(PROGRAM, cast.school, [new], now=NOW)
    assert Task.objects.get().remind_on == date(2027, 5, 7)
    reminders = {}
    for left in range(6, -2, -1):
        on = monday - left * DAY
        reminders[left] = [reason.key for reason in to_remind(on) if reason.kind == "task"]
    first, late = f"{cast.school.pk}:2027-05-10:3", f"{cast.school.pk}:2027-05-10:overdue-1"
    assert reminders == {6: [], 5: [], 4: [], 3: [first], 2: [first], 1: [first], 0: [first], -1: [late]}
