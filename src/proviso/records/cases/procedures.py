"""The steps of a kind of case for a school: those of its policy in force, and the baseline's where that is silent."""

from collections.abc import Iterator
from datetime import date, datetime

from proviso.records.cases.clocks import Clock
from proviso.records.cases.models import Step
from proviso.records.people.models import Establishment
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.models import Version
from proviso.rules import rulebook
from proviso.rules.norms import Policy, ProcedureStep, procedure_of


def version_in_force(establishment: Establishment, on: date) -> Version | None:
    """Return the version of an establishment's policy that is in force on a day."""
    return Version.objects.in_force(on).filter(establishment=establishment).order_by("-number").first()


def procedure(establishment: Establishment, kind: str, version: Version | None, on: date) -> tuple[ProcedureStep, ...]:
    """Return what is done in a kind of case at a school."""
    policy = rulebook.with_cases(policy_of(version)) if version is not None else None
    known = rulebook.case_kinds()
    return procedure_of(policy, baseline_of(establishment), kind, on, known.parts, known.kinds[kind].keeps_baseline)


def baseline_of(establishment: Establishment) -> Policy:
    """Return the national baseline of an establishment."""
    return rulebook.load(rulebook.BASELINES[establishment.nation])


def steps(given: tuple[ProcedureStep, ...], kind: str, clock: Clock, first: int = 1) -> Iterator[Step]:
    """Yield the rows of a procedure's steps, numbered from `first`, each with its dates; they belong to no case yet."""
    for number, each in enumerate(given, start=first):
        due_on = clock.due_on(each.step.within)
        yield Step(
            number=number,
            kind=kind,
            part=each.step.part or "",
            who=each.step.who,
            what=each.step.what,
            by=each.step.by or "",
            clause=each.clause.id,
            clause_label=each.clause.label,
            is_baseline=each.is_baseline,
            letter=each.step.letter or "",
            refer_to=each.step.refer_to or "",
            due_on=due_on,
            remind_on=clock.remind_on(due_on),
        )


def is_late(step: Step, on: date) -> bool:
    """Say whether a step that is still to be done should have been."""
    return step.is_open and step.due_on is not None and step.due_on < on


def settled(step: Step, state: str, actor_id: int, now: datetime) -> None:
    """Settle a step: it waits for nobody any more."""
    step.state, step.settled_by_id, step.settled_at = state, actor_id, now


def policy_at(version: int | None) -> Policy | None:
    """Return the policy of a version by its number, None where a case was opened without one in force."""
    row = Version.objects.filter(pk=version).first() if version is not None else None
    return policy_of(row) if row is not None else None
