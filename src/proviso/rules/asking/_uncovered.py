"""What people ask about and a policy is silent on: the situations of the bank's questions, ruled on under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proviso.rules.asking._bank import Precedent, bank
from proviso.rules.norms import CompiledPolicy, FactValue, Outcome, Vocabulary, supposed

_TOLD_APART_BY = ("act", "with", "through")


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Situations of one kind that a policy does not cover: how many questions are of it, and the first of them.

    `facts` are those that all of them share.
    """

    facts: Mapping[str, FactValue]
    questions: int
    example: str


def uncovered(policy: CompiledPolicy) -> tuple[Uncovered, ...]:
    """Return what those whom a policy covers ask about and it does not cover, the most asked first.

    A flag that a question leaves unsaid is no, and a fact with values none of them, as when it is answered.
    """
    covers = set(policy.policy.expand(policy.policy.covers))
    kinds: dict[tuple[object, ...], list[Precedent]] = {}
    for question in bank().questions:
        if question.act and not covers.isdisjoint(_values(question.facts.get("who"))):
            situation = supposed(policy.vocabulary, policy.vocabulary.situation(question.facts), values=True)
            if policy.rule_bits(situation.yes, situation.no).outcome is Outcome.NOT_COVERED:
                kinds.setdefault(_kind(question), []).append(question)
    asked = [
        Uncovered(_shared(of_one, policy.vocabulary), len(of_one), of_one[0].question) for of_one in kinds.values()
    ]
    return tuple(sorted(asked, key=lambda each: -each.questions))


def _values(value: FactValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return () if value is None or isinstance(value, bool) else tuple(value)


def _kind(question: Precedent) -> tuple[object, ...]:
    return tuple(_values(question.facts.get(name)) for name in _TOLD_APART_BY)


def _shared(questions: list[Precedent], vocabulary: Vocabulary) -> Mapping[str, FactValue]:
    first, *others = (question.facts for question in questions)
    return {
        name: first[name]
        for name in vocabulary.facts
        if first.get(name) and all(other.get(name) == first[name] for other in others)
    }
