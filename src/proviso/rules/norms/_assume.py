"""Answer first: flags left unsaid are taken as no, and the answer says what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from proviso.rules.norms._facts import Situation, Unsaid, Vocabulary
from proviso.rules.norms._reasons import Outcome
from proviso.rules.norms._ruling import CompiledPolicy, Ruling

STRICTNESS = {
    Outcome.NOT_COVERED: 0,
    Outcome.PERMITTED: 1,
    Outcome.REQUIRED: 2,
    Outcome.CAUTION: 3,
    Outcome.DISCOURAGED: 4,
    Outcome.PROHIBITED: 5,
    Outcome.UNDECIDED: 6,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A flag that was left unsaid, and what the outcome becomes if it holds.

    `beside` are other flags that were left unsaid and must hold with it.
    """

    fact: str
    outcome: Outcome
    clauses: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumed:
    """A ruling made with unsaid flags taken as no, and the flags that would change it."""

    ruling: Ruling
    so_long_as: tuple[Change, ...]
    unless: tuple[Change, ...]


def assume(policy: CompiledPolicy, situation: Situation, on: date | None = None, *, values: bool = False) -> Assumed:
    """Rule with every unsaid flag taken as no; with `values`, facts with values left unsaid are none of them.

    `so_long_as` holds the flags marked *no* in the vocabulary that would make the outcome
    stricter, `unless` the flags marked *offer* that would make it another, or, where none does so
    alone, those that do so together. Both are empty while the outcome is undecided.
    """
    vocabulary = policy.vocabulary
    unknown = _unsaid(vocabulary, situation, values)
    yes, no = situation.yes, situation.no | unknown
    ruling = policy.rule_bits(yes, no, on)
    if ruling.outcome is Outcome.UNDECIDED:
        return Assumed(ruling, (), ())
    so_long_as: list[Change] = []
    unless: list[Change] = []
    for fact in vocabulary.flags:
        bit = vocabulary.bit(fact.name)
        if not bit & unknown:
            continue
        changed = policy.rule_bits(yes | bit, no & ~bit, on)
        change = Change(fact.name, changed.outcome, changed.clauses)
        if fact.unsaid is Unsaid.UNLESS and changed.outcome is not ruling.outcome:
            unless.append(change)
        elif fact.unsaid is Unsaid.SO_LONG_AS and STRICTNESS[changed.outcome] > STRICTNESS[ruling.outcome]:
            so_long_as.append(change)
    return Assumed(ruling, tuple(so_long_as), tuple(unless) or _together(policy, ruling, unknown))


def supposed(vocabulary: Vocabulary, situation: Situation, *, values: bool = False) -> Situation:
    """Return a situation in which what was left unsaid is known not to be so; see `assume` for `values`."""
    return Situation(situation.yes, situation.no | _unsaid(vocabulary, situation, values))


def _unsaid(vocabulary: Vocabulary, situation: Situation, values: bool) -> int:
    unknown = 0
    for fact in vocabulary.facts.values():
        span = vocabulary.span(fact.name)
        if fact.unsaid is not None or (values and not situation.yes & span):
            unknown |= span & ~(situation.yes | situation.no)
    return unknown


def _together(policy: CompiledPolicy, ruling: Ruling, unknown: int) -> tuple[Change, ...]:
    """Return the offered flags that change the outcome only together, each clause having its own exception."""
    flags = _lifting(policy, ruling, unknown)
    every = policy.rule_bits(*_with(policy, ruling, flags), ruling.on)
    if every.outcome is ruling.outcome:
        return ()
    for flag in tuple(flags):
        fewer = [other for other in flags if other != flag]
        if policy.rule_bits(*_with(policy, ruling, fewer), ruling.on).outcome is every.outcome:
            flags = fewer
    changed = policy.rule_bits(*_with(policy, ruling, flags), ruling.on)
    return tuple(
        Change(flag, changed.outcome, changed.clauses, tuple(other for other in flags if other != flag))
        for flag in flags
    )


def _lifting(policy: CompiledPolicy, ruling: Ruling, unknown: int) -> list[str]:
    """Return the flags, unsaid and offered, that the exceptions of the deciding norms still wait for."""
    yes, no = ruling.situation.yes, ruling.situation.no & ~unknown
    offered = {fact.name for fact in policy.vocabulary.flags if fact.unsaid is Unsaid.UNLESS}
    wanted = 0
    for compiled in policy.norms:
        if (
            compiled.norm
            and compiled.clause
            and compiled.clause.id in ruling.clauses
            and compiled.force == ruling.outcome.value
        ):
            for masks, _ in compiled.exceptions[: len(compiled.norm.unless)]:
                wanted |= 0 if masks.fails(yes, no) else (masks.bits & ~masks.no & unknown)
    return [name for name in policy.vocabulary.names(wanted) if name in offered]


def _with(policy: CompiledPolicy, ruling: Ruling, flags: list[str]) -> tuple[int, int]:
    """Return the ruling's situation with some flags turned to yes."""
    bits = sum(policy.vocabulary.bit(flag) for flag in flags)
    return ruling.situation.yes | bits, ruling.situation.no & ~bits
