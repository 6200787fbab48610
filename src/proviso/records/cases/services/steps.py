"""Steps of a case: done, not needed, handed over; and further steps when a case turns into more."""

from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.cases.case_change import CaseChange, case_change
from proviso.records.cases.clocks import clock_of
from proviso.records.cases.models import Case, CaseParty, ChronologyEntry, Decision, PartyRole, Step
from proviso.records.cases.procedures import procedure, settled, steps, version_in_force
from proviso.records.cases.texts import without_pasted_content
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Person, Role
from proviso.rules import rulebook

Kind = ChronologyEntry.Kind
State = Step.State
WORKING = frozenset(Role.Kind) - {Role.Kind.PUPIL, Role.Kind.PARENT, Role.Kind.ADMINISTRATOR}


def do_step(actor: Actor, step: Step, what: str, *, now: datetime) -> Step:
    """Record that a step was done, and what was done.

    Raises:
        NotPossible: settled already, or a sanction before it was weighed whether one is proportionate.
    """
    with case_change(actor, "case.step_settled", step.case, now) as writing:
        row = _open(writing, step)
        if row.part == "discipline" and not _is_weighed(writing.case):
            raise NotPossible(
                _(
                    "Before a sanction, record whether it would be proportionate, or say in that step why it need not "
                    "be weighed."
                )
            )
        _settle(writing, row, State.DONE, what)
        writing.enter(Kind.STEP_DONE, _line(row, what, writing.case))
    return row


def skip_step(actor: Actor, step: Step, reason: str, *, now: datetime) -> Step:
    """Record that a step is not needed, and why.

    Raises:
        NotPossible: settled already, or no reason.
    """
    with case_change(actor, "case.step_settled", step.case, now) as writing:
        row = _open(writing, step)
        if not reason.strip():
            raise NotPossible({"reason": _("Say why the step is not needed.")})
        _settle(writing, row, State.NOT_NEEDED, reason)
        writing.enter(Kind.STEP_NOT_NEEDED, _line(row, reason, writing.case))
    return row


def hand_over_step(actor: Actor, step: Step, person: Person, *, now: datetime) -> Step:
    """Hand a step over to somebody of the school, who handles the case from then on as well.

    Raises:
        NotPossible: settled already, whoever the case is about, or somebody who does not work there.
    """
    with case_change(actor, "case.step_handed_over", step.case, now) as writing:
        row = _open(writing, step)
        add_handler(writing, person, actor)
        row.state, row.person = State.HANDED_OVER, person
        writing.enter(Kind.STEP_HANDED_OVER, _line(row, person.name, writing.case))
    return row


def add_handler(writing: CaseChange, person: Person, actor: Actor) -> None:
    """Have somebody handle a case, unless they do already.

    Raises:
        NotPossible: whoever the case is about, or somebody who does not work there.
    """
    parties = writing.case.parties.filter(person=person, ended_at=None)
    if parties.filter(role=PartyRole.SUBJECT).exists():
        raise NotPossible({"person": _("Choose somebody else.")})
    place = writing.case.establishment
    there = [pk for pk in (place.pk, place.parent_id) if pk is not None]
    held = Role.objects.on(actor.on).filter(person=person, establishment__in=there, kind__in=WORKING)
    if not person.is_active or not held.exists():
        raise NotPossible({"person": _("%(person)s does not work here.") % {"person": person.name}})
    if not parties.filter(role=PartyRole.HANDLER).exists():
        handler = CaseParty(case=writing.case, role=PartyRole.HANDLER, person=person, added_at=writing.now)
        writing.changed.add(handler)
        writing.enter(Kind.PEOPLE, f"{PartyRole.HANDLER.label}: {person.name}")


def settle_part(writing: CaseChange, part: str, words: str) -> None:
    """Settle the open steps of a part of the work because a decision did what they ask, inside an open change."""
    for step in writing.case.steps.filter(part=part, state__in=(State.TO_DO, State.HANDED_OVER)):
        row = writing.changed.lock(step)
        _settle(writing, row, State.DONE, words)


def add_procedure(writing: CaseChange, kind: str) -> None:
    """Add the steps of another kind of case that the case does not have yet, inside an open change."""
    case, there = writing.case, list(writing.case.steps.all())
    if any(step.kind == kind for step in there):
        return
    said = {(step.part, step.what) for step in there}
    version = version_in_force(case.establishment, writing.actor.on)
    clock = clock_of(case.establishment, case.aware_on, writing.actor.on)
    given = procedure(case.establishment, kind, version, writing.actor.on)
    further = tuple(each for each in given if (each.step.part, each.step.what) not in said)
    for step in steps(further, kind, clock, first=1 + max((step.number for step in there), default=0)):
        step.case = case
        writing.changed.add(step)
    writing.enter(Kind.STEPS_ADDED, rulebook.case_kinds().kinds[kind].name.en)


def _open(writing: CaseChange, step: Step) -> Step:
    row = writing.changed.lock(step)
    if not row.is_open:
        raise NotPossible(_("Somebody has settled this step already."))
    return row


def _settle(writing: CaseChange, row: Step, state: str, reason: str) -> None:
    row.reason = writing.seal(without_pasted_content(reason, links=not writing.case.has_sexual_image))
    settled(row, state, writing.actor.person.pk, writing.now)


def _line(row: Step, words: str, case: Case) -> str:
    said = without_pasted_content(words, links=not case.has_sexual_image)
    named = row.what if row.is_baseline else f"{row.what} ({row.clause_label})"
    return named + (f": {said}" if said else "")


def _is_weighed(case: Case) -> bool:
    """Say whether a sanction was weighed, or somebody said why it need not be, where the kind of case asks for it."""
    asking = case.steps.filter(part="proportionality")
    if not asking.exists():
        return True
    weighed = case.decisions.filter(kind=Decision.Kind.PROPORTIONALITY)
    return weighed.exists() or asking.filter(state=State.NOT_NEEDED).exists()
