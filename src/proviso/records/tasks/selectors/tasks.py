"""What is to be done, in order of date."""

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, may, require
from proviso.records.tasks.models import Task
from proviso.records.tasks.sources import in_words

State = Task.State


def school_tasks(actor: Actor, establishment: Establishment, *, done: bool = False) -> list[Task]:
    """Return the duties of an establishment itself that are to be done, or were done."""
    require(actor, "tasks.school", establishment)
    tasks = establishment.tasks.filter(person=None, state=State.DONE if done else State.OPEN)
    tasks = tasks.select_related("establishment", "done_by")
    return in_words(list(tasks.order_by("-done_at" if done else "due_on", "pk")))


def task_for(actor: Actor, pk: int) -> Task:
    """Return a task that the actor may do.

    Raises:
        Hidden: there is none of that number, or none for this actor.
    """
    tasks = Task.objects.select_related("establishment__parent", "person", "done_by").exclude(state=State.DROPPED)
    task = tasks.filter(pk=pk).first()
    if task is None or not may(actor, "tasks.do" if task.person_id else "tasks.school", task):
        raise Hidden(str(pk))
    return in_words([task])[0]
