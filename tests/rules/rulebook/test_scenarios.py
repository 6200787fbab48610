"""Every norm of every policy, held against situations whose ruling was written down by hand."""

from __future__ import annotations

import pytest

from proviso.rules.norms import Answer, assume, explain
from proviso.rules.rulebook import Scenario, compiled, load, policy_ids, scenarios

POLICIES = ("asset-education", "ewloe-green", "king-david", "knowsley-central", "lancashire")
BASELINES = ("baseline-england", "baseline-wales")
ANSWERS = {"yes": Answer.YES, "no": Answer.NO, "unknown": Answer.UNKNOWN}
ALL = [(policy, scenario) for policy in (*POLICIES, *BASELINES) for scenario in scenarios(policy)]


def test_the_five_policies_are_there() -> None:
    assert policy_ids() == POLICIES


@pytest.mark.parametrize(("policy", "scenario"), ALL, ids=[f"{policy}: {scenario.name}" for policy, scenario in ALL])
def test_scenario(policy: str, scenario: Scenario) -> None:
    rules = compiled(policy)
    situation = rules.vocabulary.situation(scenario.facts)
    ruling = (
        assume(rules, situation, scenario.on).ruling if scenario.assume_no else rules.rule(scenario.facts, scenario.on)
    )
    where = f"{policy}.yaml:{scenario.line}: {ruling!r}, waiting {ruling.waiting}, missing {ruling.missing}"
    if scenario.applies is not None:
        norms = [norm for norm in explain(rules, ruling.situation) if norm.clause == scenario.clause]
        assert norms[scenario.norm - 1].applies is ANSWERS[scenario.applies], where
    if scenario.outcome is not None:
        assert ruling.outcome.value == scenario.outcome, where
    assert set(scenario.clauses) <= set(ruling.clauses), where
    assert set(scenario.duties) <= {duty.clause for duty in ruling.duties}, where
    assert set(scenario.missing) <= set(ruling.missing), where


@pytest.mark.parametrize("policy", [*POLICIES, *BASELINES])
def test_every_norm_has_a_scenario_where_it_applies_where_not_and_where_a_fact_is_missing(policy: str) -> None:
    covered = {(one.clause, one.norm, one.applies) for one in scenarios(policy)}
    wanted = {
        (clause.id, number, applies)
        for clause in load(policy).clauses
        for number in range(1, len(clause.norms) + 1)
        for applies in ANSWERS
    }
    assert sorted(wanted - covered) == []
