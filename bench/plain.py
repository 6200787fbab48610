"""Two yardsticks in plain Python: a loop over the written norms, which all others must agree with, and bit masks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bench.rules import Answer, Rule, Rules, asked
from proviso.rules.norms import Condition

Known = dict[str, Any]
Ruler = Callable[[Known], Answer]
Masks = tuple[int, int, tuple[int, ...]]


def loop(rules: Rules) -> Ruler:
    """Rule by reading every norm as it is written. Slow, short and independent of the engine."""

    def rule(facts: Known) -> Answer:
        return rules.combine([rule.number for rule in asked(rules) if matches(rule, facts)], facts["act"])

    return rule


def matches(rule: Rule, facts: Known) -> bool:
    return _holds(rule.when, facts) and any(_holds(condition, facts) for condition in rule.unless) == rule.lifted


def _holds(condition: Condition, facts: Known) -> bool:
    return (
        all(not set(_held(facts[fact])).isdisjoint(values) for fact, values in condition.values)
        and all(facts[flag] for flag in condition.flags)
        and not any(facts[flag] for flag in condition.no)
        and (not condition.either or any(facts[flag] for flag in condition.either))
    )


def _held(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value


def masks(rules: Rules) -> Ruler:
    """Rule by bit masks, two-valued, with only the rules of the act looked at: about what one would write by hand."""
    bits = {(name, value): 0 for name in rules.facts for value in rules.policy.vocabulary.facts[name].values or (True,)}
    bits = {key: 1 << place for place, key in enumerate(bits)}
    tests = [
        (rule, _masks(rule.when, bits), [_masks(condition, bits) for condition in rule.unless]) for rule in asked(rules)
    ]
    acts = rules.policy.vocabulary.facts["act"].values
    of_act = {act: [test for test in tests if _concerns(test[0], act)] for act in acts}

    def rule(facts: Known) -> Answer:
        situation = 0
        for name, value in facts.items():
            if value.__class__ is list:
                for each in value:
                    situation |= bits[name, each]
            elif value:
                situation |= bits[name, value]
        act = facts["act"]
        matched = [
            rule.number
            for rule, when, unless in of_act[act]
            if _met(when, situation) and any(_met(other, situation) for other in unless) == rule.lifted
        ]
        return rules.combine(matched, act)

    return rule


def _met(test: Masks, situation: int) -> bool:
    yes, no, groups = test
    if situation & yes != yes or situation & no:
        return False
    for group in groups:
        if not situation & group:
            return False
    return True


def _masks(condition: Condition, bits: dict[tuple[str, Any], int]) -> Masks:
    groups = [sum(bits[fact, value] for value in values) for fact, values in condition.values]
    if condition.either:
        groups.append(sum(bits[flag, True] for flag in condition.either))
    return _sum(condition.flags, bits), _sum(condition.no, bits), tuple(groups)


def _sum(flags: tuple[str, ...], bits: dict[tuple[str, Any], int]) -> int:
    return sum(bits[flag, True] for flag in flags)


def _concerns(rule: Rule, act: str) -> bool:
    return all(act in values for fact, values in rule.when.values if fact == "act")


def acts_of(rule: Rule) -> Iterator[str]:
    """Yield the acts that a rule names; none where it speaks of every act."""
    for fact, values in rule.when.values:
        if fact == "act":
            yield from values
