"""A task that asks for a declaration takes "nothing to declare" for an answer."""

from proviso.records.policies.services.tasks import make_tasks
from proviso.records.tasks.models import Task
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import adopted, draft
from tests.web.pages import main, words


def declaration(cast: Cast) -> Task:
    make_tasks(adopted(cast, draft(cast, "king-david")), TODAY, now=NOW)
    return Task.objects.get(person=cast.teacher, clause="KD-C.g")


def test_somebody_with_nothing_to_declare_says_so(cast: Cast) -> None:
    task, client = declaration(cast), visits(cast.teacher)
    page = main(client.get(f"/tasks/{task.pk}/").text)
    assert "I have nothing to declare" in words(page) and "It is done" not in words(page)
    client.post(f"/tasks/{task.pk}/", {"declared": "nothing"})
    task.refresh_from_db()
    assert (task.state, task.declared) == ("done", "nothing")
    assert "Nothing to declare" in words(main(client.get(f"/tasks/{task.pk}/").text))


def test_no_answer_is_no_declaration(cast: Cast) -> None:
    task = declaration(cast)
    answer = visits(cast.teacher).post(f"/tasks/{task.pk}/", {"note": "Hm"})
    assert answer.status_code == 400
    assert "Choose whether you have something to declare." in words(main(answer.text))
    task.refresh_from_db()
    assert task.state == "open"


def test_another_task_asks_for_no_declaration(cast: Cast) -> None:
    make_tasks(adopted(cast), TODAY, now=NOW)
    task = Task.objects.filter(person=cast.teacher).first()
    assert task is not None
    assert "declare" not in words(main(visits(cast.teacher).get(f"/tasks/{task.pk}/").text))
