"""Decisions of a named person, with reasons: the harm threshold, proportionality, viewing, and others.

The program shows what is known and asks; it never decides, and it clears nobody.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.cases.case_change import CaseChange, case_change
from proviso.records.cases.models import Case, ChronologyEntry, Concern, Decision, HarmThreshold, Matter
from proviso.records.cases.services.steps import add_procedure, settle_part
from proviso.records.cases.texts import without_pasted_content
from proviso.records.evidence.services.removing import seal_unseen
from proviso.records.files.vaults import seal_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible, change
from proviso.records.people.models import Role
from proviso.records.people.permissions import Refused

LIMBS = ("harmed", "offence", "risk", "unsuitable")  # of the harm threshold
YES, NO, NOT_KNOWN = "yes", "no", "not_known"
WEIGHED = ("lawful", "belief", "effect", "less_intrusive")  # before a sanction for a private post
SAFEGUARDING = frozenset((Role.Kind.DSL, Role.Kind.DEPUTY_DSL))


@dataclass(frozen=True)
class ThresholdDecision:
    """What is known of each limb (yes, no, not known), what was decided and why, and who was consulted, if anybody."""

    limbs: Mapping[str, str]
    choice: str
    reasons: str
    consulted: str = ""


@dataclass(frozen=True)
class GivenDecision:
    """Another decision: what was weighed, what was decided and why."""

    kind: str
    choice: str
    reasons: str
    answers: Mapping[str, str]


def decide_threshold(actor: Actor, case: Case, given: ThresholdDecision, *, now: datetime) -> Decision:
    """Record whether a case about an adult may meet the harm threshold.

    Where it may, or somebody is to be consulted, the steps of an allegation are added.

    Raises:
        NotPossible: no case about an adult, no reasons, or *not met* although a limb is met or nobody was consulted
            about what is not known.
    """
    _check_threshold(case.matter, given)
    with case_change(actor, "case.decided", case, now) as writing:
        writing.case.harm_threshold = given.choice
        answers = {**given.limbs, "consulted": given.consulted.strip()}
        kept = GivenDecision(Decision.Kind.THRESHOLD, given.choice, given.reasons, answers)
        decision = _kept(writing, kept, str(HarmThreshold(given.choice).label))
        if given.choice != HarmThreshold.CONSULT:  # who consults decides again afterwards
            settle_part(writing, "threshold", given.reasons)
        if given.choice in (HarmThreshold.MAY_MEET, HarmThreshold.CONSULT):
            add_procedure(writing, "allegation")
    return decision


def triage_concern(actor: Actor, concern: Concern, given: ThresholdDecision, *, now: datetime) -> Decision:
    """Record whether a concern about an adult may meet the harm threshold; errors as `decide_threshold`."""
    _check_threshold(concern.matter, given)
    with change(actor, "concern.threshold_decided", concern, now) as decided:
        row = decided.record
        row.harm_threshold = given.choice
        answers = json.dumps({**given.limbs, "consulted": given.consulted.strip()})
        decision = Decision(
            concern=row,
            kind=Decision.Kind.THRESHOLD,
            choice=given.choice,
            answers=seal_text(row.vault, answers),
            reasons=seal_text(row.vault, without_pasted_content(given.reasons)),
            decided_by=actor.person,
            decided_at=now,
        )
        decided.named = row
        return decided.add(decision)


def record_decision(actor: Actor, case: Case, given: GivenDecision, *, now: datetime) -> Decision:
    """Record a decision about proportionality, about viewing an image, or another one.

    Raises:
        Refused: a decision about viewing by somebody who does not lead safeguarding.
        NotPossible: no reasons, or something that has to be weighed and was not.
    """
    if not given.reasons.strip():
        raise NotPossible({"reasons": _("Give your reasons.")})
    if given.kind == Decision.Kind.VIEWING:
        _check_viewing(actor, case)
    if given.kind == Decision.Kind.PROPORTIONALITY:
        empty = [name for name in WEIGHED if not given.answers.get(name, "").strip()]
        if empty:
            raise NotPossible({name: _("Say what you found.") for name in empty})
    with case_change(actor, "case.decided", case, now) as writing:
        if given.kind == Decision.Kind.PROPORTIONALITY and given.choice != "advice":
            settle_part(writing, "proportionality", given.reasons)
        return _kept(writing, given, str(Decision.Kind(given.kind).label))


def mark_sexual_image(actor: Actor, case: Case, *, now: datetime) -> None:
    """Record that a case holds a sexual image of somebody under 18. It stays so: no file comes in any more, and what is
    there is sealed unseen.
    """
    with case_change(actor, "case.sexual_image_marked", case, now) as writing:
        if writing.case.has_sexual_image:
            writing.changed.nothing()
            return
        writing.case.has_sexual_image = True
        add_procedure(writing, "sexual_image")
        seal_unseen(actor, writing.case, now=now)
        for concern in writing.case.concerns.all():
            seal_unseen(actor, concern, now=now)
        writing.enter(ChronologyEntry.Kind.SEXUAL_IMAGE, _("From now on no file comes in, and none is shown."))


def _check_threshold(matter: str, given: ThresholdDecision) -> None:
    if matter != Matter.ADULT:
        raise NotPossible(_("The harm threshold is for adults who work in or for the school."))
    if not given.reasons.strip():
        raise NotPossible({"reasons": _("Give your reasons.")})
    if set(given.limbs) != set(LIMBS) or not set(given.limbs.values()) <= {YES, NO, NOT_KNOWN}:
        raise NotPossible(_("Say of each of the four whether it is so, is not so, or is not known."))
    if given.choice not in (HarmThreshold.MAY_MEET, HarmThreshold.CONSULT, HarmThreshold.NOT_MET):
        raise NotPossible({"choice": _("Choose what you decide.")})
    if given.choice != HarmThreshold.NOT_MET:
        return
    if YES in given.limbs.values():
        raise NotPossible(
            {"choice": _("You said yes to one of the four: then it may meet the threshold. Consult the officer.")}
        )
    if NOT_KNOWN in given.limbs.values() and not given.consulted.strip():
        raise NotPossible(
            {"consulted": _("Something is not known: consult the officer first, and say whom you asked and when.")}
        )


def _check_viewing(actor: Actor, case: Case) -> None:
    if not case.has_sexual_image:
        raise NotPossible(_("This decision is for cases with a sexual image of somebody under 18."))
    if actor.kinds_in(case.establishment).isdisjoint(SAFEGUARDING):
        raise Refused("case.change")


def _kept(writing: CaseChange, given: GivenDecision, heading: str) -> Decision:
    reasons = without_pasted_content(given.reasons, links=not writing.case.has_sexual_image)
    decision = Decision(
        case=writing.case,
        kind=given.kind,
        choice=given.choice,
        answers=writing.seal(json.dumps(dict(given.answers))),
        reasons=writing.seal(reasons),
        decided_by=writing.actor.person,
        decided_at=writing.now,
    )
    writing.changed.add(decision)
    writing.enter(ChronologyEntry.Kind.DECISION, f"{heading}: {reasons}")
    return decision
