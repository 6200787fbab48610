"""What this room puts on the list of what needs whom, and of what people wait for."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.actors import Actor, fetch_along
from proviso.records.people.needs import Awaited, ByDay, Need, Scope, SinceAsked, Target, register, register_awaited
from proviso.records.registers.declaration_handlers import DECIDING
from proviso.records.registers.models import Declaration

State = Declaration.State
AHEAD = timedelta(days=14)
WAITING = "declarations_wait"  # an attribute of the roles of whoever acts


def _open_declarations(scope: Scope) -> list[Declaration]:
    """Return the declarations that wait for somebody, in one query, or none where roles say that nothing waits."""
    if not any(getattr(role, WAITING, True) for actor in scope.actors for role in actor.roles):
        return []
    here = Declaration.objects.filter(_waiting(scope.on), establishment__in=scope.establishments)
    return list(here.select_related("person"))


def _waiting(on: date) -> Q:
    return Q(state__in=(State.SENT, State.MORE_ASKED)) | Q(state=State.ACKNOWLEDGED, review_on__lte=on + AHEAD)


def _any_waiting(on: date) -> Exists:
    """Return whether a declaration of the establishment of a role waits for anybody, as an expression over roles."""
    return Exists(Declaration.objects.filter(_waiting(on), establishment=OuterRef("establishment")))


@register
def declarations(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """What is to be acknowledged or reviewed, and what somebody is asked about their own declaration."""
    for row in scope.once(_open_declarations):
        for actor in scope.actors_in(scope.establishments[row.establishment_id]):
            if _waits_for(actor, row):
                yield actor, _need(row, scope)


def _waits_for(actor: Actor, row: Declaration) -> bool:
    is_own = actor.person.pk == row.person_id
    if row.state == State.MORE_ASKED:
        return is_own
    return not is_own and bool(actor.kinds_in(row.establishment_id) & DECIDING[row.goes_to])


def _need(row: Declaration, scope: Scope) -> Need:
    """Return what is to be done with a declaration; an email says only that something is waiting."""
    what, due_on = {
        State.SENT: (_("A declaration to acknowledge"), row.declared_at.date()),
        State.MORE_ASKED: (_("A question about what you declared"), row.declared_at.date()),
        State.ACKNOWLEDGED: (_("A declaration to review"), row.review_on or scope.on),
    }[State(row.state)]
    is_review = row.state == State.ACKNOWLEDGED
    return Need(
        key=f"declaration-{row.state}:{row.pk}",
        what=what,
        target=Target("registers:declaration", (scope.establishments[row.establishment_id].slug, row.pk)),
        due_on=due_on,
        establishment=scope.establishments[row.establishment_id],
        clause=row.clause,
        overdue=is_review and due_on < scope.on,
        asked=not is_review,
        stages=ByDay((7, 1)) if is_review else SinceAsked(),
        stand_in="" if row.state == State.MORE_ASKED else "establishment.view",
    )


@register_awaited
def acknowledgements_awaited(scope: Scope) -> Iterator[tuple[Actor, Awaited]]:
    """What somebody declared and waits to have acknowledged."""
    for row in scope.once(_open_declarations):
        if row.state == State.SENT:
            establishment = scope.establishments[row.establishment_id]
            for actor in scope.actors_in(establishment):
                if actor.person.pk == row.person_id:
                    there = Target("registers:declaration", (establishment.slug, row.pk))
                    what = _("Your declaration to be acknowledged")
                    yield actor, Awaited(what, there, row.declared_at.date(), establishment)


fetch_along(WAITING, _any_waiting)
