"""What this room puts on the list of what needs whom: a concern that is new, and an answer from whoever shared one.

Each says only that something is waiting. Whom it is about has none of it, and nobody has it by standing in but those
who may handle it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proviso.records.cases import case_needs  # noqa: F401  # it registers what cases need
from proviso.records.cases.models import Concern, ConcernParty, Matter, Message, PartyRole
from proviso.records.cases.relations import SAFEGUARDING
from proviso.records.people.actors import Actor
from proviso.records.people.needs import Awaited, ByDay, Need, Scope, SinceAsked, Target, register, register_awaited
from proviso.records.tasks.models import Absence

State = Concern.State
SEALED = ("text", "particulars", "sharer_name", "sharer_contact", "declaration", "closing_reasons")


@dataclass
class Waiting:
    """An open concern, who handles it, who stands in for them, and whom it is about."""

    concern: Concern
    has_unread: bool
    handlers: set[int] = field(default_factory=set)
    deputies: set[int] = field(default_factory=set)
    subjects: set[int] = field(default_factory=set)

    def is_for(self, actor: Actor) -> bool:
        """Say what the permission table says of `concern.handle`, without asking the database for each."""
        me = actor.person.pk
        if me in self.subjects:
            return False
        leads = self.concern.matter == Matter.PUPIL and actor.kinds_in(self.concern.establishment) & set(SAFEGUARDING)
        return me in self.handlers | self.deputies or bool(leads)


@register
def concerns(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """What waits for whoever handles a concern."""
    for waiting in scope.once(open_concerns):
        for actor in scope.actors:
            if waiting.is_for(actor):
                yield from ((actor, need) for need in _needs(waiting, scope.on))


def open_concerns(scope: Scope) -> list[Waiting]:
    """Return the open concerns of a scope, in one query; use it by `scope.once`. Each has somebody who handles it."""
    if not any(_may_have_some(actor) for actor in scope.actors):
        return []
    unread = Message.objects.filter(concern=OuterRef("concern"), is_from_sharer=True, read_at=None)
    there = Q(establishment=OuterRef("concern__establishment")) | Q(
        establishment=OuterRef("concern__establishment__parent")
    )
    away = Absence.objects.on(scope.on).filter(there, person=OuterRef("person"), deputy__is_active=True)
    rows = ConcernParty.objects.filter(
        concern__establishment__in=list(scope.establishments),
        role__in=[PartyRole.HANDLER, PartyRole.SUBJECT],
        ended_at=None,
        person__isnull=False,
    ).exclude(concern__state=State.CLOSED)
    rows = rows.annotate(has_unread=Exists(unread), deputy=Subquery(away.values("deputy")[:1]))
    rows = rows.select_related("concern__establishment__parent").defer(*(f"concern__{name}" for name in SEALED))
    waiting: dict[int, Waiting] = {}
    for row in rows:
        one = waiting.setdefault(row.concern_id, Waiting(row.concern, row.has_unread))
        if row.role == PartyRole.SUBJECT:
            one.subjects.add(row.person_id or 0)
        else:
            one.handlers.add(row.person_id or 0)
            one.deputies |= {row.deputy} - {None}
    return list(waiting.values())


def _may_have_some(actor: Actor) -> bool:
    """Say whether somebody may have a part in something open, as far as came along with their roles."""
    asked = ("has_concerns", "stands_in")
    return any(role.kind in SAFEGUARDING or any(getattr(role, name, True) for name in asked) for role in actor.roles)


def _needs(waiting: Waiting, on: date) -> Iterator[Need]:
    concern = waiting.concern
    target = Target("concerns:concern", (concern.establishment.slug, concern.pk))
    place = concern.establishment
    if concern.state in (State.SHARED, State.SEEN):
        what = (
            _("A concern is waiting for you") if concern.state == State.SHARED else _("An answer is due on a concern")
        )
        due = concern.promised_on
        yield Need(
            f"concern:{concern.pk}:{concern.state}:{due}",
            what,
            target,
            due,
            place,
            overdue=due < on,
            stages=ByDay((1,)),
        )
    if waiting.has_unread:
        what = _("Somebody has added to a concern")
        yield Need(f"concern:{concern.pk}:message", what, target, on, place, asked=True, stages=SinceAsked())


@register_awaited
def shared(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """What whoever shared something by name waits for."""
    people = {actor.person.pk: actor for actor in scope.actors}
    for waiting in scope.once(open_concerns):
        concern = waiting.concern
        actor = people.get(concern.sharer_id or 0)
        if actor is not None and actor.person.pk not in waiting.subjects:
            since = timezone.localdate(concern.shared_at)
            target = Target("concerns:shared", (concern.pk,))
            what = _("An answer to what you shared")
            yield actor, Awaited(what, target, since, concern.establishment, concern.promised_on)
