"""Tasks: made once from duties, done by whoever they are for, made anew where they repeat."""

from datetime import date, timedelta

import pytest

from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.policies.models import Task
from proviso.records.policies.selectors.tasks import school_tasks, task_for
from proviso.records.policies.services import tasks
from proviso.records.policies.services.errors import NotPossible
from proviso.web.dashboards import action_needed
from tests.cast import Cast
from tests.records.policies.life import NOW, TODAY, acting, adopted, draft

DAY = timedelta(days=1)


def of(person: Person | None, clause: str) -> Task:
    return Task.objects.get(person=person, clause=clause, done_at=None, dropped_on=None)


def test_a_duty_of_staff_is_a_task_for_each_of_them(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    bearers = {task.person.given_name for task in Task.objects.filter(clause="KD-S.c") if task.person}
    assert {"Tobias", "Sorrel", "Hester", "Vernon"} <= bearers
    assert not {"Greta", "Perdita", "Lettice"} & bearers
    assert of(cast.teacher, "KD-S.c").due_on == TODAY + 28 * DAY


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
    assert tasks.make_tasks(version, TODAY) == 0
    assert tasks.make_tasks(version, TODAY + DAY) == 0
    assert Task.objects.count() == before


def test_a_starter_gets_theirs_and_a_leavers_are_dropped(cast: Cast) -> None:
    version = adopted(cast, draft(cast, "king-david"))
    starter = Person.objects.create(given_name="Nessa", family_name="Newcombe", email="nessa@school.example")
    Role.objects.create(person=starter, establishment=cast.school, kind="teacher", starts_on=TODAY + 3 * DAY)
    Role.objects.filter(person=cast.support).update(ends_on=TODAY)
    tasks.make_tasks(version, TODAY + 3 * DAY)
    assert of(starter, "KD-S.c").due_on == TODAY + 31 * DAY
    assert not Task.objects.filter(person=cast.support, dropped_on=None).exists()
    assert action_needed.of(acting(starter, TODAY)) == []  # nobody is asked anything before they begin


@pytest.mark.parametrize(
    ("clause", "model", "next_due"),
    [
        ("LA-4.1ii", "lancashire", date(2027, 3, 31)),  # every year
        ("EG-6r", "ewloe-green", date(2026, 7, 31)),  # every term
    ],
)
def test_a_repeated_task_is_made_anew_when_it_is_done(cast: Cast, clause: str, model: str, next_due: date) -> None:
    adopted(cast, draft(cast, model))
    task = of(cast.teacher, clause)
    tasks.complete_task(acting(cast.teacher, date(2026, 3, 31)), task, now=NOW)
    assert of(cast.teacher, clause).due_on == next_due
    with pytest.raises(NotPossible, match="done already"):
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
