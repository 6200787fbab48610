"""What cases put on the list of what needs whom: the next step of each, letters to approve, and answers to chase.

Nothing says what a case is about: only that something is waiting.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models import Case, CaseParty, Letter, PartyRole, Step, Transfer
from proviso.records.people.actors import Actor
from proviso.records.people.needs import ByDay, Need, Scope, Target, Text, register
from proviso.records.tasks.models import Absence

WAITING = _("Something is waiting in a case")
BEFORE = (1, 0)  # days before a step is due on which somebody is reminded


def handling(scope: Scope) -> dict[int, set[int]]:
    """Return who handles which open case of a scope today, by case: handlers, and who stands in for one who is away."""
    if not any(map(_may_have_some, scope.actors)):
        return {}
    rows = CaseParty.objects.filter(
        role__in=(PartyRole.HANDLER, PartyRole.SUBJECT),
        ended_at=None,
        person__isnull=False,
        case__establishment__in=scope.establishments,
    ).exclude(case__state=Case.State.CLOSED)
    parties = list(rows.values_list("case", "case__establishment", "role", "person"))
    away = Absence.objects.on(scope.on).filter(establishment__in=scope.establishments, deputy__is_active=True)
    deputies = {
        (place, person): deputy for place, person, deputy in away.values_list("establishment", "person", "deputy")
    }
    handlers: dict[int, set[int]] = {}
    for case, place, role, person in parties:
        if role == PartyRole.HANDLER:
            deputy = deputies.get((place, person))
            handlers.setdefault(case, set()).update([person] if deputy is None else [person, deputy])
    for case, _place, role, person in parties:
        if role == PartyRole.SUBJECT:
            handlers.get(case, set()).discard(person)
    return handlers


def _may_have_some(actor: Actor) -> bool:
    """Say whether somebody may have a part in a case, as far as came along with their roles."""
    return any(getattr(role, name, True) for role in actor.roles for name in ("has_cases", "stands_in"))


@register
def steps_due(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """The next step of each open case, for whoever handles it; one that was handed over is for that person alone."""
    handlers = scope.once(handling)
    if not handlers:
        return
    open_states = (Step.State.TO_DO, Step.State.HANDED_OVER)
    rows = Step.objects.filter(case__in=handlers, case__state=Case.State.OPEN, state__in=open_states)
    seen: set[tuple[int, int | None]] = set()
    for step in rows.exclude(due_on=None).select_related("case").order_by("due_on", "number"):
        if (step.case_id, step.person_id) in seen or step.due_on is None:
            continue
        seen.add((step.case_id, step.person_id))
        bearers = handlers[step.case_id]
        if step.person_id in bearers:
            bearers = {step.person_id}
        yield from _for(scope, bearers, f"case_step:{step.pk}", step.case, step.due_on)


@register
def letters_to_approve(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """A letter that waits for somebody's approval."""
    people = {actor.person.pk: actor for actor in scope.actors if _may_have_some(actor)}
    if not people:
        return
    rows = Letter.objects.filter(state=Letter.State.WAITING, approver__in=people).select_related("case")
    for letter in rows:
        place = scope.establishments.get(letter.case.establishment_id)
        if place is not None and letter.approver_id is not None:
            target = Target("cases:approve", (place.slug, letter.pk))
            due_on = letter.written_at.date()
            yield (
                people[letter.approver_id],
                Need(f"case_letter:{letter.pk}", _("Approve a letter"), target, due_on, place, asked=True),
            )


@register
def answers_to_chase(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """A request to a site that nobody answered, and a file whose receipt is missing."""
    handlers = scope.once(handling)
    if not handlers:
        return
    letters = Letter.objects.filter(case__in=handlers, case__state=Case.State.OPEN, state=Letter.State.SENT)
    for letter in letters.filter(chase_on__lte=scope.on).select_related("case"):
        if letter.chase_on is not None:
            yield from _for(scope, handlers[letter.case_id], f"case_chase:{letter.pk}", letter.case, letter.chase_on)
    for transfer in Transfer.objects.filter(case__in=handlers, received_on=None).select_related("case"):
        key = f"case_receipt:{transfer.pk}"
        yield from _for(scope, handlers[transfer.case_id], key, transfer.case, transfer.receipt_due_on)


def _for(
    scope: Scope, people: set[int], key: str, case: Case, due_on: date, what: Text = WAITING
) -> Iterator[tuple[Actor, Need]]:
    place = scope.establishments[case.establishment_id]
    target = Target("cases:case", (place.slug, case.reference))
    for actor in scope.actors:
        if actor.person.pk in people:
            late = due_on < scope.on
            yield actor, Need(key, what, target, due_on, place, overdue=late, stages=ByDay(before=BEFORE))
