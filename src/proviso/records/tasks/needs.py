"""What this room puts on the list of what needs whom: tasks, the duties of schools, and what is late."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Role
from proviso.records.people.needs import ByDay, Need, Scope, SinceAsked, Target, Text, register
from proviso.records.tasks.models import Task
from proviso.records.tasks.sources import in_words, words_of

Kind = Role.Kind
LEADING: frozenset[str] = frozenset((Kind.HEADTEACHER, Kind.EXECUTIVE))
DEPUTIES: dict[str, str] = {Kind.HEADTEACHER: Kind.DEPUTY_HEAD, Kind.DSL: Kind.DEPUTY_DSL}
HEARING = LEADING | frozenset(DEPUTIES.values())
LATELY = timedelta(days=60)
OPEN = Task.State.OPEN
LONG_WEEKEND = 4  # days: who was reminded so shortly before is not reminded again on the day before
FEW = 100  # people: of so many the tasks are asked for by name


class Words:
    """What the tasks of a scope ask, read at once for each language in which somebody wants to know."""

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = tasks
        self.by_language: dict[str | None, dict[int, str]] = {}

    def of_task(self, task: Task) -> str:
        language = get_language()
        if language not in self.by_language:
            self.by_language[language] = words_of(self.tasks)
        return self.by_language[language][task.pk]

    def of_school(self, task: Task) -> str:
        return _("Shared duty: %(what)s") % {"what": self.of_task(task)}

    def late(self, task: Task) -> str:
        name = task.person.name if task.person else ""
        return _("Late, and not done by %(name)s: %(what)s") % {"name": name, "what": self.of_task(task)}

    def late_unnamed(self, task: Task) -> str:
        return _("Late, and not done: %(what)s") % {"what": self.of_task(task)}


@register
def tasks(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """What is asked of people and of the schools that they lead, and what is so late that somebody else hears of it."""
    rows = [task for task in scope.once(tasks_of) if task.is_open]
    words, bearers = Words(rows), scope.once(_bearers)
    for task in rows:
        establishment = scope.establishments[task.establishment_id]
        need = _need(task, establishment, scope, words)
        if task.person_id is None:
            yield from ((actor, need) for actor in scope.able("tasks.school", establishment))
        elif bearer := bearers.get((establishment.pk, task.person_id)):
            yield bearer, need
    late = [task for task in rows if task.person_id and task.escalate_on and task.escalate_on <= scope.on]
    yield from _escalated(late, scope, words)


def _bearers(scope: Scope) -> dict[tuple[int, int], Actor]:
    return {(role.establishment_id, actor.person.pk): actor for actor in scope.actors for role in actor.roles}


def tasks_of(scope: Scope) -> list[Task]:
    """Return the open tasks that may need somebody of a scope, and what few people did of late, in one query."""
    theirs = Q(person__isnull=False, state=OPEN)
    if len(scope.actors) <= FEW:
        since = scope.on - LATELY
        theirs = Q(person__in=[actor.person.pk for actor in scope.actors])
        theirs &= Q(state=OPEN) | Q(state=Task.State.DONE, done_at__date__gte=since)
    places = scope.establishments
    led = [pk for pk, place in places.items() if any(scope.able("tasks.school", place))]
    hearing = [pk for pk, place in places.items() if _hears(scope, place)]
    late = Q(person__isnull=False, state=OPEN, escalate_on__lte=scope.on, establishment__in=hearing)
    wanted = theirs | Q(person=None, state=OPEN, establishment__in=led) | late
    return list(Task.objects.filter(wanted, establishment__in=places).select_related("person"))


def done_lately(scope: Scope, most: int = 5) -> list[Task]:
    """Return what the person of a scope of one person did of late, the latest first, in the reader's words."""
    me = scope.actors[0].person.pk
    mine = [task for task in scope.once(tasks_of) if not task.is_open and task.person_id == me]
    return in_words(sorted(mine, key=lambda task: (str(task.done_at), task.pk), reverse=True)[:most])


def _hears(scope: Scope, establishment: Establishment) -> bool:
    return any(actor.kinds_in(establishment) & HEARING for actor in scope.actors_in(establishment))


def _need(task: Task, establishment: Establishment, scope: Scope, words: Words) -> Need:
    of_school = task.person_id is None
    return Need(
        key=f"task:{task.pk}",
        what=_lazily(words.of_school if of_school else words.of_task, task),
        target=Target("tasks:task", (task.pk,)),
        due_on=task.due_on,
        establishment=establishment,
        clause=task.clause,
        overdue=task.due_on < scope.on,
        stages=_stages(task),
        is_named=True,
        # Tasks of one place and day are one reason to write to somebody.
        reason=f"{establishment.pk}:{task.due_on}{':school' if of_school else ''}",
        stand_in="tasks.school" if of_school else "establishment.view",
    )


def _stages(task: Task) -> ByDay:
    if task.remind_on is None or task.remind_on >= task.due_on:
        return ByDay()
    first = (task.due_on - task.remind_on).days
    return ByDay((first, 1) if first > LONG_WEEKEND else (first,))


def _escalated(tasks: list[Task], scope: Scope, words: Words) -> Iterator[tuple[Actor, Need]]:
    """Yield who hears that a task is late: the deputy of whoever it is for, or whoever leads the establishment."""
    kinds = _kinds_of_bearers(tasks, scope)
    for task in tasks:
        establishment = scope.establishments[task.establishment_id]
        deputies = {DEPUTIES[kind] for kind in kinds.get((establishment.pk, task.person_id), ()) if kind in DEPUTIES}
        hearing = deputies if task.escalate_to == Task.Escalation.DEPUTY and deputies else LEADING
        for actor in scope.actors_in(establishment):
            if actor.person.pk != task.person_id and actor.kinds_in(establishment) & hearing:
                yield actor, _late(task, establishment, words)


def _kinds_of_bearers(tasks: list[Task], scope: Scope) -> dict[tuple[int, int | None], set[str]]:
    """Return what those are whose tasks are late, in one query, or none where nothing is late."""
    kinds: dict[tuple[int, int | None], set[str]] = {}
    people = {task.person_id for task in tasks if task.escalate_to == Task.Escalation.DEPUTY}
    if people:
        roles = Role.objects.on(scope.on).filter(person__in=people, establishment__in=scope.establishments)
        for establishment, person, kind in roles.values_list("establishment", "person", "kind"):
            kinds.setdefault((establishment, person), set()).add(kind)
    return kinds


def _late(task: Task, establishment: Establishment, words: Words) -> Need:
    heard = (task.escalate_on or task.due_on) - timedelta(days=1)
    return Need(
        key=f"escalated:{task.pk}",
        what=_lazily(words.late, task),
        unnamed=_lazily(words.late_unnamed, task),
        target=Target("people:person", (establishment.slug, task.person_id or 0)),
        due_on=task.due_on,
        establishment=establishment,
        clause=task.clause,
        overdue=True,
        stages=SinceAsked(since=heard),
        is_named=True,
        stand_in="people.view",
    )


def _lazily(words: Callable[[Task], str], task: Task) -> Text:
    return lazy(words, str)(task)
