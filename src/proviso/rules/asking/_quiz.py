"""Three short questions to sign by: situations of one's own role, and what the policy says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from proviso.rules.norms import CompiledPolicy, Facts, FactValue, Outcome, Ruling, Vocabulary, assume
from proviso.rules.rulebook import Scenario

MAY_OPTIONS = ("permitted", "caution", "discouraged", "prohibited")
HAPPENED_OPTIONS = ("required", "nothing")

_MOST_SAID = 2  # flags, and a time: more makes no short sentence
_CHANCE = 4.0  # how much chance weighs beside what makes a good question


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A situation, the answers to choose from, the right one, and the clauses that say so.

    `options` are outcomes for what somebody means to do, and `required` or `nothing` for what has happened.
    """

    facts: Mapping[str, FactValue]
    options: tuple[str, ...]
    right: str
    clauses: tuple[str, ...]


def check_questions(
    book: CompiledPolicy,
    scenarios: Sequence[Scenario],
    roles: Sequence[str],
    seed: str,
    *,
    on: date | None = None,
    count: int = 3,
) -> list[CheckQuestion]:
    """Draw questions for somebody with these roles from the situations of a policy's scenarios.

    What is right is what `book` says, whatever the scenarios expect: clauses may have been changed or switched
    off. No two rest on the same clause; outcomes, deeds and topics differ where they can, and one is about
    pupils if any is. The same seed draws the same questions. There may be fewer than `count`.
    """
    left = list(_candidates(book, scenarios, roles, on))
    drawn: list[CheckQuestion] = []
    while left and len(drawn) < count:
        best = max(left, key=lambda question: _worth(question, drawn, book) + _CHANCE * _chance(question, seed))
        drawn.append(best)
        left = [question for question in left if set(question.clauses).isdisjoint(best.clauses)]
    return drawn


def _candidates(
    book: CompiledPolicy, scenarios: Sequence[Scenario], roles: Sequence[str], on: date | None
) -> Iterator[CheckQuestion]:
    seen: set[str] = set()
    for scenario in scenarios:
        for role in roles:
            facts = _cast(scenario.facts, role, book.vocabulary)
            if facts is None or str(facts) in seen or not _sayable(facts, book.vocabulary):
                continue
            seen.add(str(facts))
            question = _question(facts, assume(book, book.vocabulary.situation(facts), on).ruling)
            if question:
                yield question


def _cast(facts: Facts, role: str, words: Vocabulary) -> dict[str, FactValue] | None:
    """Return a situation as one of somebody with this role; None where it cannot be theirs."""
    who = facts.get("who")
    people = (who,) if isinstance(who, str) else tuple(who) if isinstance(who, Sequence) else (role,)
    if len(people) != 1 or not (people[0] == role or {people[0], role} <= {*words.values_with("who", "works")}):
        return None
    kept = {name: value for name, value in facts.items() if name != "who" and value not in (False, None)}
    return {"who": role, **kept}


def _sayable(facts: Facts, words: Vocabulary) -> bool:
    """Whether a situation makes one short sentence that does not say already what to think of it."""
    others = facts.get("with")
    several = not isinstance(others, str) and isinstance(others, Sequence) and len(others) > 1
    act = facts.get("act")
    towards = words.values_with("act", "towards")
    named = act in (*towards, *words.values_with("act", "may_be_towards")) if others else act not in towards
    flags = _flags(facts)
    judged = not flags.isdisjoint(words.flags_with("judges")) or "who_under_13" in flags
    return (
        isinstance(act, str) and named and not several and len(flags) + ("when" in facts) <= _MOST_SAID and not judged
    )


def _question(facts: Mapping[str, FactValue], ruling: Ruling) -> CheckQuestion | None:
    outcome = ruling.outcome.value
    if ruling.policy.vocabulary.has_happened(facts["act"]):
        own = tuple(dict.fromkeys(duty.clause for duty in ruling.duties if duty.of is None))
        if ruling.outcome is Outcome.REQUIRED and own:
            return CheckQuestion(facts, HAPPENED_OPTIONS, outcome, own)
    elif outcome in MAY_OPTIONS:
        return CheckQuestion(facts, MAY_OPTIONS, outcome, ruling.clauses)
    return None


def _worth(question: CheckQuestion, drawn: Sequence[CheckQuestion], book: CompiledPolicy) -> float:
    words = book.vocabulary
    worth = -0.5 * len(question.facts) - 2 * (question.facts["act"] in words.values_with("act", "obvious"))
    worth += 4 * (question.right not in {other.right for other in drawn})
    worth += 3 * (_is_of_pupils(question, words) and not any(_is_of_pupils(other, words) for other in drawn))
    worth += 2 * (question.facts["act"] not in {other.facts["act"] for other in drawn})
    worth += _topics(question, book).isdisjoint(topic for other in drawn for topic in _topics(other, book))
    return worth


def _flags(facts: Facts) -> frozenset[str]:
    return frozenset(name for name, value in facts.items() if value is True)


def _is_of_pupils(question: CheckQuestion, words: Vocabulary) -> bool:
    others = question.facts.get("with")
    people = {others} if isinstance(others, str) else set(others) if isinstance(others, Sequence) else set()
    pupils, of_pupils = words.values_with("with", "pupils"), words.flags_with("of_pupils")
    return not people.isdisjoint(pupils) or not _flags(question.facts).isdisjoint(of_pupils)


def _topics(question: CheckQuestion, book: CompiledPolicy) -> set[str]:
    return {topic for clause in question.clauses for topic in book.policy.clause(clause).topics}


def _chance(question: CheckQuestion, seed: str) -> float:
    """Return a number from 0 to 1 that depends on the seed and the situation alone."""
    drawn_from = repr((seed, sorted((name, str(value)) for name, value in question.facts.items())))
    return int.from_bytes(hashlib.sha256(drawn_from.encode()).digest()[:6]) / 2**48
