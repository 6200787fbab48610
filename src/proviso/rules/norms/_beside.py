"""A school's own ruling beside the one of its nation's baseline: never mixed, and which of them is stricter."""

from __future__ import annotations

from enum import StrEnum

from proviso.rules.norms._assume import STRICTNESS
from proviso.rules.norms._reasons import Outcome
from proviso.rules.norms._ruling import Ruling


class Beside(StrEnum):
    """How a policy's ruling stands to the baseline's for the same situation."""

    SAME = "same"
    OPEN = "open"
    BOTH_SILENT = "both_silent"
    POLICY_SILENT = "policy_silent"
    BASELINE_SILENT = "baseline_silent"
    POLICY_STRICTER = "policy_stricter"
    BASELINE_STRICTER = "baseline_stricter"


def beside(policy: Outcome, baseline: Outcome) -> Beside:
    """Compare what a policy says with what its nation's baseline says; while either is undecided it is open."""
    if Outcome.UNDECIDED in (policy, baseline):
        return Beside.OPEN
    if policy is Outcome.NOT_COVERED:
        return Beside.BOTH_SILENT if baseline is Outcome.NOT_COVERED else Beside.POLICY_SILENT
    if baseline is Outcome.NOT_COVERED:
        return Beside.BASELINE_SILENT
    if policy is baseline:
        return Beside.SAME
    return Beside.POLICY_STRICTER if STRICTNESS[policy] > STRICTNESS[baseline] else Beside.BASELINE_STRICTER


def first(ruling: Ruling) -> tuple[str, ...]:
    """Return the clauses of a baseline's ruling that protect a child now, the most urgent first.

    They are those with a protection whose duty has arisen, whatever the outcome is.
    """
    clauses = [ruling.policy.policy.clause(each) for each in dict.fromkeys(duty.clause for duty in ruling.duties)]
    urgent = [(clause.protection.urgency, clause.id) for clause in clauses if clause.protection]
    return tuple(clause_id for _, clause_id in sorted(urgent))
