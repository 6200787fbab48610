"""Explanation: every norm of a policy against a situation, condition by condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from proviso.rules.norms._compile import Masks, masks_of
from proviso.rules.norms._facts import Situation
from proviso.rules.norms._language import Condition, Force
from proviso.rules.norms._reasons import words_of
from proviso.rules.norms._ruling import CompiledPolicy


class Answer(Enum):
    """Yes, no or unknown. It has no truth value: an unknown must never pass for a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("compare an Answer with Answer.YES, Answer.NO or Answer.UNKNOWN; it is neither true nor false")


@dataclass(frozen=True, slots=True)
class Tested:
    """One condition, or one part of one, in facts, and whether it holds."""

    words: str
    holds: Answer


@dataclass(frozen=True, slots=True)
class NormTested:
    """A norm of a clause against a situation: whether it applies, and each part that was tested."""

    clause: str
    force: Force
    applies: Answer
    parts: tuple[Tested, ...]
    exceptions: tuple[Tested, ...]


def explain(policy: CompiledPolicy, situation: Situation) -> tuple[NormTested, ...]:
    """Test every norm of the policy, in the policy's order.

    Declared priorities between clauses are not heeded here: a norm that a special clause
    sets aside still applies by itself, and the ruling names what set it aside.
    """
    tested: list[NormTested] = []
    for compiled in policy.norms:
        if compiled.norm is None or compiled.clause is None:
            continue
        written = (*compiled.norm.unless, *compiled.norm.met)
        exceptions = tuple(
            Tested(words_of(condition), _answer(masks, situation))
            for condition, (masks, _) in zip(written, compiled.exceptions, strict=True)
        )
        holds = _answer(compiled.masks, situation)
        lifted = _any(exception.holds for exception in exceptions)
        applies = _both(holds, _NOT[lifted])
        parts = tuple(
            Tested(words_of(condition), _answer(masks_of(condition, policy.policy, policy.vocabulary), situation))
            for condition in _split(compiled.norm.when)
        )
        tested.append(NormTested(compiled.clause.id, compiled.norm.force, applies, parts, exceptions))
    return tuple(tested)


_NOT = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def _answer(masks: Masks, situation: Situation) -> Answer:
    if masks.fails(situation.yes, situation.no):
        return Answer.NO
    return Answer.YES if masks.holds(situation.yes, situation.no) else Answer.UNKNOWN


def _any(answers: Iterator[Answer]) -> Answer:
    distinct = set(answers)
    return Answer.YES if Answer.YES in distinct else Answer.UNKNOWN if Answer.UNKNOWN in distinct else Answer.NO


def _both(first: Answer, second: Answer) -> Answer:
    if Answer.NO in (first, second):
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in (first, second) else Answer.YES


def _split(condition: Condition) -> Iterator[Condition]:
    """Yield the parts of a conjunction, each as a condition of its own."""
    for fact, values in condition.values:
        yield Condition(values=((fact, values),))
    for flag in condition.flags:
        yield Condition(flags=(flag,))
    for flag in condition.no:
        yield Condition(no=(flag,))
    if condition.either:
        yield Condition(either=condition.either)
