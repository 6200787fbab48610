"""What this room puts on the list of what needs whom: a concern that is new, and an answer from whoever shared one.

Each says only that something is waiting. Whom it is about has none of it, and nobody has it by standing in but those
who may handle it.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proviso.records.cases import case_needs  # noqa: F401  # it registers what cases need
from proviso.records.cases.models import Concern, ConcernParty, Message, PartyRole
from proviso.records.cases.relations import SAFEGUARDING
from proviso.records.people.actors import Actor
from proviso.records.people.needs import Awaited, ByDay, Need, Scope, SinceAsked, Target, register, register_awaited
from proviso.records.people.permissions import is_subject, may
from proviso.records.tasks.models import Absence

State = Concern.State


@register
def concerns(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """What waits for whoever handles a concern."""
    rows = scope.once(open_concerns)
    parts = _parts(rows) if rows else set()
    for concern in rows:
        for actor in scope.actors:
            # The table has the last word; it is asked of those alone whom it may give something.
            if _is_near(actor, concern, parts, scope) and may(actor, "concern.handle", concern):
                yield from ((actor, need) for need in _needs(concern, scope.on))


def open_concerns(scope: Scope) -> list[Concern]:
    """Return the open concerns of a scope, in one query; use it by `scope.once`."""
    unread = Message.objects.filter(concern=OuterRef("pk"), is_from_sharer=True, read_at=None)
    rows = Concern.objects.filter(establishment__in=list(scope.establishments)).exclude(state=State.CLOSED)
    return list(rows.annotate(has_unread=Exists(unread)).select_related("establishment__parent"))


def _parts(concerns: list[Concern]) -> set[tuple[int, int | None]]:
    handling = ConcernParty.objects.filter(concern__in=concerns, role=PartyRole.HANDLER, ended_at=None)
    return set(handling.values_list("concern", "person"))


def _is_near(actor: Actor, concern: Concern, parts: set[tuple[int, int | None]], scope: Scope) -> bool:
    """Say whether somebody handles a concern, leads safeguarding, or stands in for somebody."""
    leads = bool(actor.kinds_in(concern.establishment_id) & set(SAFEGUARDING))
    return (concern.pk, actor.person.pk) in parts or leads or actor.person.pk in scope.once(deputies)


def deputies(scope: Scope) -> set[int]:
    """Return who stands in for somebody on the day of a scope; use it by `scope.once`."""
    return set(Absence.objects.on(scope.on).values_list("deputy", flat=True))


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
    rows = Concern.objects.filter(sharer__in=people).exclude(state=State.CLOSED).select_related("establishment")
    for concern in rows:
        actor = people[concern.sharer_id or 0]
        if not is_subject(actor, concern):
            since = timezone.localdate(concern.shared_at)
            target = Target("concerns:shared", (concern.pk,))
            what = _("An answer to what you shared")
            yield actor, Awaited(what, target, since, concern.establishment, concern.promised_on)
