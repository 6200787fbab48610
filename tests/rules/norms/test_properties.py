"""What holds of every policy and every situation, of ours and of random ones."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proviso.rules.norms import Batch, CompiledPolicy, Fact, Kind, Outcome, Ruling, Situation, Unsaid, Vocabulary, batch
from proviso.rules.rulebook import compiled, folder, policy_ids, read_policy, source, vocabulary, write_policy
from tests.rules.norms import strategies
from tests.rules.norms.strategies import ON, REFERENCES, TOPICS

POLICIES = policy_ids()


def everything(ruling: Ruling) -> dict[str, Any]:
    """Return all that a ruling says, but for the situation itself."""
    names = ("outcome", "clauses", "exceptions", "duties", "met", "support", "principles", "consequences", "instead")
    return {name: getattr(ruling, name) for name in (*names, "waiting", "missing", "notes", "cited")}


def unordered(ruling: Ruling) -> dict[str, Any]:
    """Return all that a ruling says, where the policy's order of clauses shows, as sets."""
    said = everything(ruling)
    return {name: value if name in ("outcome", "missing") else frozenset(value) for name, value in said.items()}


def check_settled_stays(policy: CompiledPolicy, known: tuple[Situation, Situation]) -> None:
    earlier, later = known
    before = policy.rule_bits(earlier.yes, earlier.no)
    if before.outcome is not Outcome.UNDECIDED:
        after = policy.rule_bits(later.yes, later.no)
        assert after.outcome is before.outcome


@pytest.mark.parametrize("policy", POLICIES)
@settings(deadline=None)
@given(data=st.data())
def test_learning_a_fact_never_flips_a_settled_ruling_of_our_policies(policy: str, data: st.DataObject) -> None:
    check_settled_stays(compiled(policy), data.draw(strategies.growing(vocabulary())))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_learning_a_fact_never_flips_a_settled_ruling(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = CompiledPolicy(data.draw(strategies.policies(words)), words)
    check_settled_stays(policy, data.draw(strategies.growing(words)))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_missing_is_named_and_an_undecided_ruling_can_still_be_settled(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = CompiledPolicy(data.draw(strategies.policies(words)), words)
    facts = data.draw(strategies.situations(words))
    ruling = policy.rule(facts)
    assert bool(ruling.missing) is (ruling.outcome is Outcome.UNDECIDED)
    assert all(facts.get(name) is None for name in ruling.missing)
    if ruling.missing:
        world = data.draw(strategies.worlds(words))
        assert policy.rule_bits(world.yes, world.no).outcome is not Outcome.UNDECIDED


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_the_order_of_clauses_and_of_facts_does_not_matter(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = data.draw(strategies.policies(words))
    shuffled = replace(policy, clauses=tuple(data.draw(st.permutations(policy.clauses))))
    facts = data.draw(strategies.situations(words))
    mixed = dict(data.draw(st.permutations(list(facts.items()))))
    beside = data.draw(strategies.notes(words))
    one, other = CompiledPolicy(policy, words, beside), CompiledPolicy(shuffled, words, beside)
    assert unordered(one.rule(facts, ON)) == unordered(other.rule(mixed, ON))


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=25, deadline=None)
@given(chance=st.randoms(use_true_random=False), facts=strategies.situations(vocabulary()))
def test_the_order_of_clauses_and_of_facts_does_not_matter_in_our_policies(
    policy: str, chance: Random, facts: dict[str, Any]
) -> None:
    rules = compiled(policy)
    clauses, mixed = list(rules.policy.clauses), list(facts.items())
    chance.shuffle(clauses)
    chance.shuffle(mixed)
    other = CompiledPolicy(replace(rules.policy, clauses=tuple(clauses)), vocabulary(), rules.notes)
    assert unordered(rules.rule(facts, ON)) == unordered(other.rule(dict(mixed), ON))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_fact_that_no_norm_names_changes_nothing(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = data.draw(strategies.policies(words))
    unnamed = [
        Fact("weather", Kind.ONE_OF, "how it is outside", ("rain", "sun")),
        Fact("unnamed", Kind.FLAG, "a flag", unsaid=Unsaid.UNLESS),
    ]
    more = Vocabulary({fact.name: fact for fact in data.draw(st.permutations([*words.facts.values(), *unnamed]))})
    rules = CompiledPolicy(policy, more, data.draw(strategies.notes(words)))
    facts = data.draw(strategies.situations(words))
    told = {"weather": data.draw(st.sampled_from(("rain", "sun", []))), "unnamed": data.draw(st.booleans())}
    assert everything(rules.rule(facts, ON)) == everything(rules.rule(facts | told, ON))


def columns_of(words: Vocabulary, rows: list[dict[str, Any]], left_out: set[str]) -> dict[str, list[int]]:
    return {
        fact.name: [code(fact, row.get(fact.name)) for row in rows]
        for fact in words.facts.values()
        if fact.name not in left_out
    }


def code(fact: Fact, value: Any) -> int:
    if value is None:
        return -1
    if fact.kind is Kind.FLAG:
        return int(value)
    if fact.kind is Kind.ONE_OF:
        return fact.values.index(value) if value else len(fact.values)
    return sum(1 << fact.values.index(one) for one in value)


def check_batch(policy: CompiledPolicy, rows: list[dict[str, Any]], left_out: set[str]) -> None:
    rulings = batch(policy, columns_of(policy.vocabulary, rows, left_out), ON)
    assert len(rulings) == len(rows)
    for number, row in enumerate(rows):
        single = policy.rule({name: value for name, value in row.items() if name not in left_out}, ON)
        assert Batch.order[rulings.outcomes[number]] is single.outcome
        found = rulings.ruling(number)
        assert found == single
        assert everything(found) == everything(single)
        assert found.record() == single.record()
    assert sum(rulings.counts().values()) == len(rows)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_batch_rules_as_one_by_one(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = CompiledPolicy(data.draw(strategies.policies(words)), words, data.draw(strategies.notes(words)))
    rows = data.draw(st.lists(strategies.situations(words), min_size=1, max_size=6))
    left_out = data.draw(st.sets(st.sampled_from(sorted(words.facts)), max_size=len(words.facts) - 1))
    check_batch(policy, rows, left_out)


@pytest.mark.parametrize("policy", POLICIES)
@given(rows=st.lists(strategies.situations(vocabulary()), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_a_batch_rules_as_one_by_one_under_our_policies(policy: str, rows: list[dict[str, Any]]) -> None:
    check_batch(compiled(policy), rows, set())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_policy_that_is_written_and_read_is_the_same(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    policy = data.draw(strategies.files(words))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "example.yaml"
        path.write_text(write_policy(policy), "utf-8")
        assert read_policy(path, words, TOPICS, REFERENCES) == policy


@pytest.mark.parametrize("policy", POLICIES)
def test_our_files_are_written_in_the_one_form(policy: str) -> None:
    path = folder() / "policies" / f"{policy}.yaml"
    assert write_policy(source(policy)) == path.read_text("utf-8")
