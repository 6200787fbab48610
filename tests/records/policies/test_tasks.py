"""Tasks: made once from duties, done by whoever they are for, made anew where they repeat."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from proviso.jobs.maintenance import make_every_task
from proviso.records.audit.models import Entry
from proviso.records.people.change import NotPossible, change
from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.policies.services import approvals
from proviso.records.policies.services.tasks import make_tasks
from proviso.records.policies.sources import policies_behind
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.records.tasks.deadlines import WorkingDays
from proviso.records.tasks.models import Task
from proviso.records.tasks.selectors.tasks import school_tasks, task_for
from proviso.records.tasks.services import tasks
from proviso.records.tasks.sources import in_words
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft

DAY = timedelta(days=1)
WORKING_DAYS = WorkingDays("England")  # tested by itself


def of(person: Person | None, clause: str) -> Task:
    return Task.objects.get(person=person, clause=clause, state="open")


def test_a_duty_of_staff_is_a_task_for_each_of_them(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    bearers = {task.person.given_name for task in Task.objects.filter(clause="KD-S.c") if task.person}
    assert {"Tobias", "Sorrel", "Hester", "Vernon"} <= bearers
    assert not {"Greta", "Perdita", "Lettice"} & bearers
    assert of(cast.teacher, "KD-S.c").due_on == WORKING_DAYS.next(TODAY + 28 * DAY)


def test_a_duty_of_the_school_is_one_task_that_leaders_do(cast: Cast) -> None:
    adopted(cast)
    task = of(None, "LA-5.h")
    assert task in school_tasks(acting(cast.headteacher), cast.school)
    with pytest.raises(Refused):
        tasks.complete_task(acting(cast.teacher), task, now=NOW)
    tasks.complete_task(acting(cast.deputy), task, "Six cameras bought.", now=NOW)
    task.refresh_from_db()
    assert (task.done_by, task.done_at, task.note) == (cast.deputy, NOW, "Six cameras bought.")


def test_making_tasks_twice_makes_none_twice(cast: Cast) -> None:
    version = adopted(cast, draft(cast, "ewloe-green"))
    before = Task.objects.count()
    assert before > 20
    assert make_tasks(version, TODAY, now=NOW) == 0
    assert make_tasks(version, TODAY + DAY, now=NOW) == 0
    assert Task.objects.count() == before


def test_a_starter_gets_theirs_and_a_leavers_are_dropped(cast: Cast) -> None:
    version = adopted(cast, draft(cast, "king-david"))
    starter = Person.objects.create(given_name="Nessa", family_name="Newcombe", email="nessa@school.example")
    Role.objects.create(person=starter, establishment=cast.school, kind="teacher", starts_on=TODAY + 3 * DAY)
    Role.objects.filter(person=cast.support).update(ends_on=TODAY)
    make_tasks(version, TODAY + 3 * DAY, now=NOW)
    assert of(starter, "KD-S.c").due_on == WORKING_DAYS.next(TODAY + 31 * DAY)
    assert not Task.objects.filter(person=cast.support, state="open").exists()
    assert needs_of(scope_of(acting(starter, TODAY))) == []  # nobody is asked anything before they begin


@pytest.mark.parametrize(
    ("clause", "model", "next_due"),
    [
        ("KD-P.c", "king-david", date(2027, 3, 31)),  # every year
        ("EG-6r", "ewloe-green", date(2026, 7, 31)),  # every term
    ],
)
def test_a_repeated_task_is_made_anew_when_it_is_done(cast: Cast, clause: str, model: str, next_due: date) -> None:
    adopted(cast, draft(cast, model))
    task = of(cast.teacher, clause)
    tasks.complete_task(acting(cast.teacher, date(2026, 3, 31)), task, now=NOW)
    assert of(cast.teacher, clause).due_on == next_due
    with pytest.raises(NotPossible, match="this is now “Done”"):
        tasks.complete_task(acting(cast.teacher), task, now=NOW)


def test_what_is_not_done_after_all_is_open_again_and_its_next_time_goes(cast: Cast) -> None:
    adopted(cast)
    task = of(cast.teacher, "LA-4.1ii")
    tasks.complete_task(acting(cast.teacher), task, now=NOW)
    tasks.reopen_task(acting(cast.teacher), task, now=NOW)
    assert of(cast.teacher, "LA-4.1ii").pk == task.pk


def test_nobody_does_or_sees_the_task_of_another(cast: Cast) -> None:
    adopted(cast)
    task = of(cast.teacher, "LA-4.1ii")
    with pytest.raises(Refused):
        tasks.complete_task(acting(cast.headteacher), task, now=NOW)
    for other in (cast.headteacher, cast.support, cast.outsider):
        with pytest.raises(Hidden):
            task_for(acting(other), task.pk)
    assert task_for(acting(cast.teacher), task.pk) == task


def start(person: Person, kind: str, cast: Cast) -> None:
    with change(acting(cast.headteacher), "role.started", cast.school, NOW) as started:
        started.details |= {"person": person.name, "role": kind, "starts_on": TODAY.isoformat()}
        started.add(Role(person=person, establishment=cast.school, kind=kind, starts_on=TODAY))


def end(role: Role, cast: Cast, on: date) -> None:
    with change(acting(cast.headteacher), "role.ended", role, NOW) as ended:
        ended.details |= {"person": role.person.name, "role": role.kind, "ends_on": on.isoformat()}
        ended.record.ends_on = on


def test_who_is_something_else_now_keeps_no_task_that_binds_them_no_more(cast: Cast) -> None:
    version = adopted(cast, draft(cast, "king-david"))
    before = set(cast.teacher.tasks.filter(state="open").values_list("clause", flat=True))
    Role.objects.filter(person=cast.teacher).update(kind="governor")
    make_tasks(version, TODAY + DAY, now=NOW)
    governors = set(cast.governor.tasks.filter(state="open").values_list("clause", flat=True))
    assert len(before - governors) >= 4
    assert set(cast.teacher.tasks.filter(state="open").values_list("clause", flat=True)) == governors
    Role.objects.filter(person=cast.teacher).update(kind="teacher")
    make_tasks(version, TODAY + 2 * DAY, now=NOW)
    assert set(cast.teacher.tasks.filter(state="open").values_list("clause", flat=True)) == before


def test_a_role_that_begins_or_ends_makes_and_drops_tasks_at_once(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    starter = Person.objects.create(given_name="Nessa", family_name="Newcombe", email="nessa@school.example")
    start(starter, "teacher", cast)
    assert starter.tasks.filter(state="open", clause="KD-S.c").exists()
    end(starter.roles.get(), cast, TODAY)
    assert starter.tasks.filter(state="open").exists()  # today is the last day in the role
    end(cast.support.roles.get(), cast, TODAY - DAY)
    assert not cast.support.tasks.filter(state="open").exists()
    sentences = [entry.sentence for entry in Entry.objects.filter(actor=None)]
    assert any(sentence.startswith("removed ") for sentence in sentences)


def test_nothing_is_made_where_no_policy_is_in_force(cast: Cast) -> None:
    start(cast.governor, "teacher", cast)
    assert not Task.objects.exists()


def test_what_was_withdrawn_makes_no_tasks_again(cast: Cast) -> None:
    version = adopted(cast, draft(cast, "king-david"))
    withdrawal = approvals.Withdrawal(TODAY + DAY, "The trust’s policy holds.")
    approvals.withdraw_version(acting(cast.headteacher), version, withdrawal, now=NOW)
    assert not cast.school.tasks.filter(state="open").exists()
    make_every_task(TODAY, NOW)
    assert not cast.school.tasks.filter(state="open").exists()


def test_a_task_speaks_the_language_of_its_reader_as_far_as_its_policy_does(cast: Cast) -> None:
    adopted(cast, draft(cast, "ewloe-green"))
    [task] = in_words([of(cast.teacher, "EG-6r")])
    assert task.words == task.what
    with translation.override("cy"):
        [welsh] = in_words([of(cast.teacher, "EG-6r")])
    policy = policies_behind([task])[task.pk]
    assert welsh.words == policy.words_welsh.get(task.what, task.what)
