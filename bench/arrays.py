"""A million situations at once: bare NumPy, and openfisca-core with one variable for each rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.rules import Rule, Rules, asked
from proviso.rules.norms import Batch, Condition, Kind, Outcome

Columns = dict[str, NDArray[Any]]
Bools = NDArray[np.bool_]
# The outcome of each rank of `_strongest`, by its name and by its position in ours.
OUTCOMES = ("not_covered", "required", "permitted", "caution", "discouraged", "prohibited", "required")
RANK_TO_OURS = tuple(Batch.order.index(Outcome(name)) for name in OUTCOMES)


def bare(rules: Rules) -> Callable[[Columns], tuple[NDArray[np.uint8], dict[int, Bools]]]:
    """Rule two-valued on whole columns, one mask for each rule, as one would write it by hand in NumPy."""

    def rule(columns: Columns) -> tuple[NDArray[np.uint8], dict[int, Bools]]:
        terms: dict[Any, Bools] = {}
        matched = {rule.number: _matches(rule, lambda name: columns[name], rules, terms) for rule in asked(rules)}
        return _strongest(rules, matched, columns["act"]), matched

    return rule


def _matches(rule: Rule, column: Callable[[str], NDArray[Any]], rules: Rules, terms: dict[Any, Bools]) -> Bools:
    holds = _holds(rule.when, column, rules, terms)
    if not rule.unless:
        return holds
    lifted = _any([_holds(condition, column, rules, terms) for condition in rule.unless])
    return holds & lifted if rule.lifted else holds & ~lifted


def _holds(condition: Condition, column: Callable[[str], NDArray[Any]], rules: Rules, terms: dict[Any, Bools]) -> Bools:
    tests: list[Bools] = []
    for fact, values in condition.values:
        key = fact, values
        if key not in terms:
            terms[key] = _value(rules, fact, values, column(fact))
        tests.append(terms[key])
    tests += [column(flag) == 1 for flag in condition.flags]
    tests += [column(flag) == 0 for flag in condition.no]
    if condition.either:
        tests.append(_any([column(flag) == 1 for flag in condition.either]))
    held = tests[0]
    for test in tests[1:]:
        held = held & test
    return held


def _value(rules: Rules, fact: str, values: tuple[str, ...], column: NDArray[Any]) -> Bools:
    known = rules.policy.vocabulary.facts[fact]
    places = [known.values.index(value) for value in values]
    if known.kind is Kind.ANY_OF:
        bits: Bools = (column & sum(1 << place for place in places)) != 0
        return bits
    return _any([column == place for place in places])


def _any(tests: list[Bools]) -> Bools:
    held = tests[0]
    for test in tests[1:]:
        held = held | test
    return held


def _strongest(rules: Rules, matched: Mapping[int, Bools], acts: NDArray[Any]) -> NDArray[np.uint8]:
    kept = dict(matched)
    for rule in rules.special:
        for number in rule.sets_aside & kept.keys():
            kept[number] = kept[number] & ~kept[rule.number]
    best = np.zeros(len(acts), np.uint8)
    names = rules.policy.vocabulary.facts["act"].values
    happened = _any([acts == names.index(act) for act in rules.policy.vocabulary.happened_acts])
    for number, holds in kept.items():
        ranks = rules.ordinary[number], rules.happened[number]
        rank = ranks[0] if ranks[0] == ranks[1] else np.where(happened, np.uint8(ranks[1]), np.uint8(ranks[0]))
        np.maximum(best, holds * np.uint8(rank) if isinstance(rank, int) else holds * rank, out=best)
    return best


def openfisca(rules: Rules) -> Callable[[Columns], tuple[NDArray[np.uint8], dict[int, Bools]]]:
    """Ask openfisca-core: each fact an input, each rule a variable, the outcome a variable that calls for them all."""
    person = build_entity(key="person", plural="persons", label="A person", is_person=True)
    system = TaxBenefitSystem([person])
    for name in rules.facts:
        system.add_variable(_input(name, person))
    for rule in asked(rules):
        system.add_variable(_rule_variable(rule, rules, person))
    system.add_variable(_outcome_variable(rules, person))

    def ask(columns: Columns) -> tuple[NDArray[np.uint8], dict[int, Bools]]:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(columns["act"]))
        for name, column in columns.items():
            simulation.set_input(name, "2026-09", column)
        best = simulation.calculate("outcome", "2026-09").astype(np.uint8)
        matched = {rule.number: simulation.calculate(f"rule_{rule.number}", "2026-09") for rule in asked(rules)}
        return best, matched

    return ask


def _input(name: str, person: Any) -> Any:
    return type(
        name, (Variable,), {"value_type": int, "entity": person, "definition_period": DateUnit.MONTH, "label": name}
    )


def _rule_variable(rule: Rule, rules: Rules, person: Any) -> Any:
    def formula(persons: Any, period: Any) -> Bools:
        return _matches(rule, lambda name: persons(name, period), rules, {})

    settings = {"value_type": bool, "entity": person, "definition_period": DateUnit.MONTH, "formula": formula}
    return type(f"rule_{rule.number}", (Variable,), {**settings, "label": rule.clause})


def _outcome_variable(rules: Rules, person: Any) -> Any:
    def formula(persons: Any, period: Any) -> NDArray[np.uint8]:
        matched = {rule.number: persons(f"rule_{rule.number}", period) for rule in asked(rules)}
        return _strongest(rules, matched, persons("act", period))

    settings = {"value_type": int, "entity": person, "definition_period": DateUnit.MONTH, "formula": formula}
    return type("outcome", (Variable,), {**settings, "label": "Outcome"})
