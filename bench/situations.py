"""Situations to rule on: those that the scenarios tell, varied by a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.rules import Rules
from proviso.rules.norms import Fact, Facts, Kind
from proviso.rules.rulebook import scenarios, vocabulary

SEED = 2026
# How often a flag that no scenario mentions holds, and how often a partly known situation tells a fact.
_HOLDS = 0.06
_TOLD = {"who": 0.95, "act": 0.97, "with": 0.7, "through": 0.7, "when": 0.4}
_TOLD_FLAG = 0.35

Known = dict[str, Any]


def known(rules: Rules, count: int) -> list[Known]:
    """Return distinct situations in which every fact that the policy names is known."""
    chance = random.Random(SEED)  # noqa: S311  # drawn again alike, not kept secret
    seeds = [dict(scenario.facts) for scenario in scenarios(rules.policy.policy.id)]
    facts = [rules.policy.vocabulary.facts[name] for name in rules.facts]
    situations: dict[tuple[int, int], Known] = {}
    while len(situations) < count:
        seed = chance.choice(seeds)
        situation = {fact.name: _value(fact, seed, chance) for fact in facts}
        situations.setdefault(rules.policy.vocabulary.masks(situation), situation)
    return list(situations.values())


def partly_known(rules: Rules, count: int) -> list[Known]:
    """Return distinct situations in which most of what is not asked first is left unknown."""
    chance = random.Random(SEED + 1)  # noqa: S311  # as above
    situations: dict[tuple[int, int], Known] = {}
    for situation in known(rules, 3 * count):
        left = {name: value for name, value in situation.items() if chance.random() < _TOLD.get(name, _TOLD_FLAG)}
        situations.setdefault(rules.policy.vocabulary.masks(left), left)
    return list(situations.values())[:count]


def _value(fact: Fact, seed: Facts, chance: random.Random) -> Any:
    """Keep what the scenario tells in nine cases of ten, and draw the rest."""
    value: Any = seed.get(fact.name)
    if value is not None and chance.random() < 0.9:
        if fact.kind is Kind.ANY_OF:
            return value if isinstance(value, str) else tuple(value)
        if isinstance(value, str | bool):
            return value
    if fact.kind is Kind.FLAG:
        return chance.random() < _HOLDS
    if fact.kind is Kind.ONE_OF:
        return chance.choice(fact.values)
    return tuple(chance.sample(fact.values, chance.choice((0, 1, 1, 1, 2))))


def columns(rules: Rules, situations: list[Known], size: int) -> dict[str, NDArray[Any]]:
    """Turn situations into the columns of a batch, repeated in a drawn order up to `size` rows."""
    order = np.random.default_rng(SEED).integers(0, len(situations), size)
    made: dict[str, NDArray[Any]] = {}
    for name in rules.facts:
        fact = rules.policy.vocabulary.facts[name]
        made[name] = np.array([_code(fact, situation) for situation in situations], _type(fact))[order]
    return made


def _type(fact: Fact) -> type[np.integer[Any]]:
    return np.int16 if fact.kind is Kind.ANY_OF else np.int8


def _code(fact: Fact, situation: Mapping[str, Any]) -> int:
    value = situation.get(fact.name)
    if value is None:
        return -1
    if fact.kind is Kind.FLAG:
        return int(value)
    if fact.kind is Kind.ONE_OF:
        return fact.values.index(value)
    return sum(1 << fact.values.index(each) for each in ((value,) if isinstance(value, str) else value))


def with_lists(situation: Known) -> Known:
    """Return a situation with a list wherever several values may hold, as the peers' languages want it."""
    facts = vocabulary().facts
    return {
        name: (([value] if isinstance(value, str) else list(value)) if facts[name].kind is Kind.ANY_OF else value)
        for name, value in situation.items()
    }
