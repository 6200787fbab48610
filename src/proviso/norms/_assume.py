"""Answer first: flags left unsaid are taken as no, and the answer says what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from proviso.norms._facts import Situation, Unsaid
from proviso.norms._reasons import Outcome
from proviso.norms._ruling import CompiledPolicy, Ruling

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
    """A flag that was left unsaid, and what the outcome becomes if it holds."""

    fact: str
    outcome: Outcome
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A ruling made with unsaid flags taken as no, and the flags that would change it."""

    ruling: Ruling
    so_long_as: tuple[Change, ...]
    unless: tuple[Change, ...]


def assume(policy: CompiledPolicy, situation: Situation, on: date | None = None, *, values: bool = False) -> Assumed:
    """Rule with every unsaid flag taken as no; with `values`, facts with values left unsaid are none of them.

    `so_long_as` holds the flags marked *no* in the vocabulary that would make the outcome
    stricter, `unless` the flags marked *offer* that would make it another. Both are empty
    while the outcome is undecided.
    """
    vocabulary = policy.vocabulary
    unknown = 0
    for fact in vocabulary.facts.values():
        span = vocabulary.span(fact.name)
        if fact.unsaid is not None or (values and not situation.yes & span):
            unknown |= span & ~(situation.yes | situation.no)
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
    return Assumed(ruling, tuple(so_long_as), tuple(unless))
