"""What is to be done, in order of date."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, may, require
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.models import Task
from proviso.wording import localised
from proviso.wording.welsh_grammar import is_welsh

LATELY = timedelta(days=60)


def tasks_waiting(actor: Actor, establishments: Collection[int], leading: Collection[int]) -> list[Task]:
    """Return an actor's own tasks in establishments, open or lately done, and the open duties of those that they lead.

    In order of date; in one query.
    """
    lately = Q(done_at=None) | Q(done_at__date__gte=actor.on - LATELY)
    mine = lately & Q(person=actor.person, establishment__in=establishments)
    theirs = Q(person=None, done_at=None, establishment__in=leading)
    return list(Task.objects.filter(mine | theirs, dropped_on=None).select_related("establishment"))


def school_tasks(actor: Actor, establishment: Establishment, *, done: bool = False) -> list[Task]:
    """Return the duties of an establishment itself that are to be done, or were done."""
    require(actor, "tasks.school", establishment)
    tasks = establishment.tasks.filter(person=None, done_at__isnull=not done, dropped_on=None)
    tasks = tasks.select_related("establishment", "done_by").prefetch_related("version")
    return list(tasks.order_by("-done_at" if done else "due_on", "pk"))


def task_for(actor: Actor, pk: int) -> Task:
    """Return a task that the actor may do.

    Raises:
        Hidden: there is none of that number, or none for this actor.
    """
    task = Task.objects.select_related("establishment__parent", "version").filter(pk=pk, dropped_on=None).first()
    if task is None:
        raise Hidden(str(pk))
    mine = task.person_id == actor.person.pk and bool(actor.kinds_in(task.establishment))
    if not mine and (task.person_id is not None or not may(actor, "tasks.school", task.establishment)):
        raise Hidden(str(pk))
    return task


def what_is_asked(task: Task) -> str:
    """Return what a task asks for in the reader's language as far as its policy has it."""
    return localised.plain(task.what, policy_of(task.version)) if is_welsh() else task.what
