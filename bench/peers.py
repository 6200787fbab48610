"""Other engines, each given the rules of a policy in its own language, prepared once and asked many times."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any

import cedarpy
import zen
from durable import lang
from durable.engine import Host, MessageNotHandledException

from bench.plain import Known, Ruler, acts_of
from bench.rules import Answer, Rule, Rules, asked
from bench.situations import with_lists
from proviso.rules.norms import Condition, Kind, Vocabulary


def cedar(rules: Rules) -> Ruler:
    """Ask Cedar: a `permit` for each rule, the acts as actions, everything else as context."""
    text = "\n".join(_cedar_policy(rule, rules.policy.vocabulary) for rule in asked(rules))
    policies = cedarpy.PolicySet.from_str(text)
    entities = cedarpy.Entities.from_json_str("[]")

    def rule(facts: Known) -> Answer:
        act = facts["act"]
        request = {
            "principal": {"type": "Person", "id": "one"},
            "action": {"type": "Action", "id": act},
            "resource": {"type": "School", "id": "one"},
            "context": facts,
        }
        decision = cedarpy.is_authorized(request, policies, entities)
        numbers = [int(number) for number in decision.diagnostics.id_annotations_by_reason.values()]
        return rules.combine(numbers, act)

    return rule


def _cedar_policy(rule: Rule, vocabulary: Vocabulary) -> str:
    acts = ", ".join(f'Action::"{act}"' for act in acts_of(rule))
    when = _cedar_condition(rule.when, vocabulary)
    unless = " || ".join(f"({_cedar_condition(condition, vocabulary)})" for condition in rule.unless)
    if rule.lifted:
        when = f"{when} && ({unless})"
    head = (
        f'@id("{rule.number}") permit(principal, action{f" in [{acts}]" if acts else ""}, resource) when {{ {when} }}'
    )
    return f"{head} unless {{ {unless} }};" if unless and not rule.lifted else f"{head};"


def _cedar_condition(condition: Condition, vocabulary: Vocabulary) -> str:
    tests = []
    for fact, values in condition.values:
        if fact == "act":
            continue
        if vocabulary.facts[fact].kind is Kind.ANY_OF:
            tests.append(f"context.{fact}.containsAny({json.dumps(values)})")
        else:
            tests.append(f"{json.dumps(values)}.contains(context.{fact})")
    tests += [f"context.{flag}" for flag in condition.flags]
    tests += [f"!context.{flag}" for flag in condition.no]
    if condition.either:
        tests.append("(" + " || ".join(f"context.{flag}" for flag in condition.either) + ")")
    return " && ".join(tests) or "true"


def zen_table(rules: Rules) -> Ruler:
    """Ask ZEN: one decision table that collects every row that matches, the act in a column of its own."""
    rows = [_zen_row(rule, rules.policy.vocabulary) for rule in asked(rules)]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "act", "name": "act", "field": "act"}, {"id": "when", "name": "when"}],
        "outputs": [{"id": "rule", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def rule(facts: Known) -> Answer:
        # A list comes back where rows matched, and an empty mapping where none did.
        numbers = [row["rule"] for row in decision.evaluate(facts)["result"]]
        return rules.combine(numbers, facts["act"])

    return rule


def _zen_row(rule: Rule, vocabulary: Vocabulary) -> dict[str, str]:
    when = _zen_condition(rule.when, vocabulary)
    unless = " or ".join(f"({_zen_condition(condition, vocabulary)})" for condition in rule.unless)
    if unless:
        when = f"{when} and ({unless})" if rule.lifted else f"{when} and not ({unless})"
    acts = ", ".join(f'"{act}"' for act in acts_of(rule))
    return {"_id": str(rule.number), "act": acts, "when": when, "rule": str(rule.number)}


def _zen_condition(condition: Condition, vocabulary: Vocabulary) -> str:
    tests = []
    for fact, values in condition.values:
        if fact == "act":
            continue
        if vocabulary.facts[fact].kind is Kind.ANY_OF:
            tests.append(f"some({fact}, # in {json.dumps(values)})")
        else:
            tests.append(f"{fact} in {json.dumps(values)}")
    tests += list(condition.flags)
    tests += [f"not {flag}" for flag in condition.no]
    if condition.either:
        tests.append("(" + " or ".join(condition.either) + ")")
    return " and ".join(tests) or "true"


def durable(rules: Rules) -> Ruler:
    """Ask durable_rules: a situation is a fact, in the shape of `flat`, asserted and taken back."""
    matched: list[int] = []
    names: dict[str, str] = {}
    host = _WithoutTimers()
    for act in rules.policy.vocabulary.facts["act"].values:
        ruleset = lang.ruleset(f"{rules.policy.policy.id} {act}")
        with ruleset:
            for rule in asked(rules):
                if act in acts_of(rule) or not list(acts_of(rule)):
                    lang.when_all(_durable_rule(rule, rules.policy.vocabulary))(_noting(rule.number, matched))
        if ruleset.rules:
            host.register_rulesets(dict([ruleset.define()]))
            names[act] = ruleset.name

    def ask(facts: Known) -> Answer:
        matched.clear()
        name = names.get(facts["act"])
        if name is None:
            return "not_covered", ()
        try:
            host.assert_fact(name, facts)
            host.retract_fact(name, facts)
        except MessageNotHandledException:
            return "not_covered", ()  # it refuses, and does not keep, a fact that no rule wants
        return rules.combine(matched, facts["act"])

    return ask


class _WithoutTimers(Host):
    def _run(self) -> None:
        """Start no threads: they would dispatch time-outs, of which there are none, and be measured with the rest."""


def _durable_rule(rule: Rule, vocabulary: Vocabulary) -> Any:
    values = tuple((fact, values) for fact, values in rule.when.values if fact != "act")
    tests = _durable_tests(replace(rule.when, values=values), vocabulary)
    if rule.lifted:
        tests.append(_either([_both(_durable_tests(condition, vocabulary)) for condition in rule.unless]))
    else:
        tests += [_either(_durable_denials(condition, vocabulary)) for condition in rule.unless]
    return _both(tests)


def _durable_tests(condition: Condition, vocabulary: Vocabulary) -> list[Any]:
    tests = []
    for fact, values in condition.values:
        if vocabulary.facts[fact].kind is Kind.ANY_OF:
            tests.append(_either([getattr(lang.m, f"{fact}_{value}") == True for value in values]))  # noqa: E712  # durable_rules reads the comparison
        else:
            tests.append(_either([getattr(lang.m, fact) == value for value in values]))
    tests += [getattr(lang.m, flag) == True for flag in condition.flags]  # noqa: E712  # durable_rules reads the comparison
    tests += [-getattr(lang.m, flag) for flag in condition.no]
    if condition.either:
        tests.append(_either([getattr(lang.m, flag) == True for flag in condition.either]))  # noqa: E712  # durable_rules reads the comparison
    return tests


def _durable_denials(condition: Condition, vocabulary: Vocabulary) -> list[Any]:
    """Each of these is enough for the condition not to hold: the language has no *not* for a whole condition."""
    denials = []
    for fact, values in condition.values:
        if vocabulary.facts[fact].kind is Kind.ANY_OF:
            denials.append(_both([-getattr(lang.m, f"{fact}_{value}") for value in values]))
        else:
            denials.append(_both([getattr(lang.m, fact) != value for value in values]))
    denials += [-getattr(lang.m, flag) for flag in condition.flags]
    denials += [getattr(lang.m, flag) == True for flag in condition.no]  # noqa: E712  # durable_rules reads the comparison
    if condition.either:
        denials.append(_both([-getattr(lang.m, flag) for flag in condition.either]))
    return denials


def _both(tests: list[Any]) -> Any:
    return reduce(and_, tests)


def _either(tests: list[Any]) -> Any:
    return reduce(or_, tests)


def _noting(number: int, matched: list[int]) -> Callable[[Any], None]:
    def note(_: Any) -> None:
        matched.append(number)

    return note


def flat(situation: Known) -> Known:
    """Write what holds and leave out what does not: a fact of theirs has at most 32 properties, and no lists."""
    written: Known = {"id": 1}
    for name, value in with_lists(situation).items():
        if isinstance(value, list):
            written.update({f"{name}_{each}": True for each in value})
        elif value:
            written[name] = value
    return written
