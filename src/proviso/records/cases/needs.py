"""What this room puts on the list of what needs whom: a concern that is new, and an answer from whoever shared one.

Each says only that something is waiting. Whom it is about has none of it, and nobody has it by standing in but those
who may handle it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models import Concern, ConcernParty, Matter, Message, PartyRole
from proviso.records.cases.relations import SAFEGUARDING
from proviso.records.people.actors import Actor
from proviso.records.people.needs import Awaited, ByDay, Need, Scope, SinceAsked, Target, register, register_awaited
from proviso.records.tasks.models import Absence

State = Concern.State


@register
def concerns(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """What waits for whoever handles a concern."""
    rows = scope.once(open_concerns)
    if not rows:
        return
    parts, away = _parts(rows), _deputies(scope)
    for concern in rows:
        for actor in scope.actors:
            if _handles(actor, concern, parts[concern.pk], away):
                yield from ((actor, need) for need in _needs(concern, scope.on))


def open_concerns(scope: Scope) -> list[Concern]:
    """Return the open concerns of a scope, in one query; use it by `scope.once`."""
    unread = Message.objects.filter(concern=OuterRef("pk"), is_from_sharer=True, read_at=None)
    rows = Concern.objects.filter(establishment__in=list(scope.establishments)).exclude(state=State.CLOSED)
    return list(rows.annotate(has_unread=Exists(unread)).select_related("establishment__parent"))


@dataclass
class Parts:
    """Who handles a concern, and whom it is about."""

    handlers: set[int] = field(default_factory=set)
    subjects: set[int] = field(default_factory=set)


def _parts(concerns: list[Concern]) -> dict[int, Parts]:
    """Return who has which part in some concerns, in one query."""
    parts = {concern.pk: Parts() for concern in concerns}
    roles = {PartyRole.HANDLER: "handlers", PartyRole.SUBJECT: "subjects"}
    rows = ConcernParty.objects.filter(concern__in=parts, role__in=roles, ended_at=None, person__isnull=False)
    for concern, role, person in rows.values_list("concern", "role", "person"):
        getattr(parts[concern], roles[PartyRole(role)]).add(person)
    return parts


def _deputies(scope: Scope) -> dict[tuple[int, int], set[int]]:
    """Return for whom each person stands in, and where, in one query."""
    away: dict[tuple[int, int], set[int]] = {}
    for deputy, place, person in Absence.objects.on(scope.on).values_list("deputy", "establishment", "person"):
        away.setdefault((deputy, place), set()).add(person)
    return away


def _handles(actor: Actor, concern: Concern, parts: Parts, away: dict[tuple[int, int], set[int]]) -> bool:
    """Say what the permission table says of `concern.handle`, without asking the database for each."""
    me, place = actor.person.pk, concern.establishment
    if me in parts.subjects:
        return False
    for_others = {person for at in (place.pk, place.parent_id) if at for person in away.get((me, at), ())}
    leads = concern.matter == Matter.PUPIL and actor.kinds_in(place) & set(SAFEGUARDING)
    return me in parts.handlers or bool(parts.handlers & for_others) or bool(leads)


def _needs(concern: Concern, on: date) -> Iterator[Need]:
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
    if concern.has_unread:  # type: ignore[attr-defined]  # annotated above
        what = _("Somebody has added to a concern")
        yield Need(f"concern:{concern.pk}:message", what, target, on, place, asked=True, stages=SinceAsked())


@register_awaited
def shared(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """What whoever shared something by name waits for."""
    people = {actor.person.pk: actor for actor in scope.actors}
    about_themselves = ConcernParty.objects.filter(
        concern=OuterRef("pk"), role=PartyRole.SUBJECT, person=OuterRef("sharer"), ended_at=None
    )
    rows = Concern.objects.filter(~Exists(about_themselves), sharer__in=people).exclude(state=State.CLOSED)
    for concern in rows.select_related("establishment"):
        if actor := people.get(concern.sharer_id or 0):
            since = timezone.localdate(concern.shared_at)
            target = Target("concerns:shared", (concern.pk,))
            what = _("An answer to what you shared")
            yield actor, Awaited(what, target, since, concern.establishment, concern.promised_on)
