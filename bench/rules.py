"""The norms of a policy in a neutral form, which each peer's translation starts from, and what a host adds to a peer.

A two-valued peer gets two rules for a norm with exceptions: one that the norm applies, one that it is lifted. Which
force wins, which clause has priority and that a lifted ban permits is worked out here, on what the peer says matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proviso.rules.norms import CompiledPolicy, Condition, Force, Norm
from proviso.rules.rulebook import compiled, policy_ids

Answer = tuple[str, tuple[str, ...]]

_ORDINARY = {Force.PROHIBITED: 5, Force.DISCOURAGED: 4, Force.CAUTION: 3, Force.PERMITTED: 2, Force.REQUIRED: 1}
_HAPPENED = {**_ORDINARY, Force.REQUIRED: 6}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for a peer: it matches when `when` holds and `lifted` says whether an exception of `unless` does."""

    number: int
    clause: str
    force: Force
    when: Condition
    unless: tuple[Condition, ...]
    lifted: bool
    sets_aside: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy as rules, with what the host needs to combine those that match."""

    policy: CompiledPolicy
    rules: tuple[Rule, ...]
    ordinary: tuple[int, ...]
    happened: tuple[int, ...]
    special: tuple[Rule, ...]
    facts: tuple[str, ...]

    def combine(self, matched: Iterable[int], act: str) -> Answer:
        """Return the outcome and the deciding clauses from the numbers of the rules that match."""
        deciding_rules = set(matched)
        for rule in self.special:
            if rule.number in deciding_rules:
                deciding_rules -= rule.sets_aside
        ranks = self.happened if self.policy.vocabulary.has_happened(act) else self.ordinary
        best = max((ranks[number] for number in deciding_rules), default=0)
        if not best:
            return "not_covered", ()
        deciding = sorted(number for number in deciding_rules if ranks[number] == best)
        first = self.rules[deciding[0]]
        outcome = Force.PERMITTED if first.lifted else first.force
        return outcome.value, tuple(dict.fromkeys(self.rules[number].clause for number in deciding))


def rules_of(policy_id: str) -> Rules:
    """Take a policy of the rulebook apart into rules."""
    policy = compiled(policy_id)
    norms = [(clause.id, norm) for clause in policy.policy.clauses for norm in clause.norms]
    rules: list[Rule] = []
    for number, (clause, norm) in enumerate(norms):
        aside = frozenset(2 * other for other, (name, _) in enumerate(norms) if name in norm.overrides)
        when, unless = (
            _expanded(policy, norm.when),
            tuple(_expanded(policy, condition) for condition in (*norm.unless, *norm.met)),
        )
        for lifted in (False, True):
            rules.append(
                Rule(2 * number + lifted, clause, norm.force, when, unless, lifted, frozenset() if lifted else aside)
            )
    return Rules(
        policy,
        tuple(rules),
        tuple(_rank(rule, _ORDINARY) for rule in rules),
        tuple(_rank(rule, _HAPPENED) for rule in rules),
        tuple(rule for rule in rules if rule.sets_aside),
        _named(policy, [norm for _, norm in norms]),
    )


def asked(rules: Rules) -> tuple[Rule, ...]:
    """The rules that a peer is given: those of every norm, and of every ban with exceptions that it is lifted."""
    return tuple(rule for rule in rules.rules if not rule.lifted or (rule.unless and rule.force is Force.PROHIBITED))


def all_rules() -> dict[str, Rules]:
    return {policy: rules_of(policy) for policy in policy_ids()}


def _rank(rule: Rule, ranks: dict[Force, int]) -> int:
    if not rule.lifted:
        return ranks.get(rule.force, 0)
    return ranks[Force.PERMITTED] if rule.force is Force.PROHIBITED else 0


def _expanded(policy: CompiledPolicy, condition: Condition) -> Condition:
    values = tuple((fact, policy.policy.expand(words)) for fact, words in condition.values)
    return Condition(values, condition.flags, condition.no, condition.either)


def _named(policy: CompiledPolicy, norms: Iterable[Norm]) -> tuple[str, ...]:
    """The facts that the norms name, in the vocabulary's order."""
    named: set[str] = {"act"}
    for norm in norms:
        for condition in (norm.when, *norm.unless, *norm.met):
            named.update(fact for fact, _ in condition.values)
            named.update((*condition.flags, *condition.no, *condition.either))
    return tuple(name for name in policy.vocabulary.facts if name in named)
