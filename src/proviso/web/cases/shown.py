"""What a case shows in the reader's language: its steps, its clauses, its letters."""

from proviso.records.cases.models import Case, Step
from proviso.records.cases.procedures import baseline_of, policy_at
from proviso.rules.norms import Clause, Policy
from proviso.wording.localised import written


def policy_behind(step: Step, case: Case) -> Policy | None:
    """Return the policy or the baseline that asks for a step."""
    return baseline_of(case.establishment) if step.is_baseline else policy_at(case.policy_version)


def step_words(step: Step, case: Case) -> str:
    """Return what a step asks."""
    return written(step.what, policy_behind(step, case))


def clause_of(step: Step, case: Case) -> Clause | None:
    """Return the clause behind a step, where it can still be read."""
    policy = policy_behind(step, case)
    if policy is None:
        return None
    return next((clause for clause in policy.clauses if clause.id == step.clause), None)
