"""A policy's ruling and its nation's stand side by side and are never mixed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso.rules.answers import answer_facts
from proviso.rules.norms import Beside, Outcome, assume, beside
from proviso.rules.rulebook import compiled, policy_ids, vocabulary
from tests.rules.norms import strategies

MIRRORED = {
    Beside.SAME: Beside.SAME,
    Beside.OPEN: Beside.OPEN,
    Beside.BOTH_SILENT: Beside.BOTH_SILENT,
    Beside.POLICY_SILENT: Beside.BASELINE_SILENT,
    Beside.BASELINE_SILENT: Beside.POLICY_SILENT,
    Beside.POLICY_STRICTER: Beside.BASELINE_STRICTER,
    Beside.BASELINE_STRICTER: Beside.POLICY_STRICTER,
}


@pytest.mark.parametrize(
    ("policy", "baseline", "standing"),
    [
        (Outcome.NOT_COVERED, Outcome.REQUIRED, Beside.POLICY_SILENT),
        (Outcome.NOT_COVERED, Outcome.NOT_COVERED, Beside.BOTH_SILENT),
        (Outcome.PERMITTED, Outcome.NOT_COVERED, Beside.BASELINE_SILENT),
        (Outcome.PROHIBITED, Outcome.PERMITTED, Beside.POLICY_STRICTER),
        (Outcome.DISCOURAGED, Outcome.PROHIBITED, Beside.BASELINE_STRICTER),
        (Outcome.CAUTION, Outcome.CAUTION, Beside.SAME),
        (Outcome.UNDECIDED, Outcome.PROHIBITED, Beside.OPEN),
        (Outcome.NOT_COVERED, Outcome.UNDECIDED, Beside.OPEN),
    ],
)
def test_the_stricter_of_two_rulings_is_named(policy: Outcome, baseline: Outcome, standing: Beside) -> None:
    assert beside(policy, baseline) is standing


def test_seen_from_the_other_side_it_is_the_mirror_image() -> None:
    for one, other in itertools.product(Outcome, repeat=2):
        assert beside(other, one) is MIRRORED[beside(one, other)]


@given(data=st.data())
def test_the_baseline_never_changes_what_the_policy_says(data: st.DataObject) -> None:
    policy = compiled(data.draw(st.sampled_from(policy_ids())))
    facts = data.draw(strategies.situations(vocabulary()))
    alone = assume(policy, vocabulary().situation(facts))
    answer = answer_facts(policy, facts, strategies.ON)
    assert answer.baseline is not None
    assert answer.baseline.policy.policy.nation == policy.policy.nation
    if alone.ruling.outcome is not Outcome.UNDECIDED:  # abuse by nobody in particular is asked about once more
        assert answer.ruling.outcome is alone.ruling.outcome
        assert answer.ruling.clauses == alone.ruling.clauses
    own = {clause.id for clause in policy.policy.clauses}
    assert own.isdisjoint(answer.baseline.cited)
    assert own.issuperset(answer.ruling.cited)
    assert set(answer.first) <= {duty.clause for duty in answer.baseline.duties}
