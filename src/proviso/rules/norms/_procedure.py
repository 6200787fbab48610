"""What is done in a case: the steps of the school's clauses, and of the national baseline where they are silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from proviso.rules.norms._language import Clause, Policy, Step


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """A step of a case, with the clause that asks for it and whether that is one of the national baseline."""

    clause: Clause
    step: Step
    is_baseline: bool


def procedure_of(
    policy: Policy | None,
    baseline: Policy,
    kind: str,
    on: date,
    order: tuple[str, ...],
    keeps_baseline: bool = False,
) -> tuple[ProcedureStep, ...]:
    """Return the steps of a kind of case in the order of their parts.

    For each part of the work the school's clauses come first, and the baseline speaks where they are silent; where
    it is kept whatever the policy says (`keeps_baseline`), its steps stand beside the school's.
    """
    own = tuple(_steps(policy, kind, on, is_baseline=False)) if policy else ()
    said = {each.step.part for each in own}
    theirs = _steps(baseline, kind, on, is_baseline=True)
    silent = tuple(each for each in theirs if keeps_baseline or each.step.part not in said)
    return tuple(sorted((*own, *silent), key=lambda each: _place(each, order)))


def _steps(policy: Policy, kind: str, on: date, *, is_baseline: bool) -> Iterator[ProcedureStep]:
    for clause in policy.clauses:
        if clause.basis is None or clause.basis.in_force(on):
            for step in clause.procedure:
                if kind in step.case:
                    yield ProcedureStep(clause, step, is_baseline)


def _place(each: ProcedureStep, order: tuple[str, ...]) -> int:
    part = each.step.part
    return order.index(part) if part in order else len(order)
