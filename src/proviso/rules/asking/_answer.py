"""Answers: a ruling or the clauses that inform, with how the question was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from proviso.rules.norms import (
    Assumed,
    Change,
    CompiledPolicy,
    Facts,
    FactValue,
    Kind,
    Note,
    Outcome,
    Phrase,
    Ruling,
    assume,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact as a question was understood; `taken` says that it was not said but supposed."""

    fact: str
    value: FactValue
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Nearest:
    """A situation to choose from when a question was not understood."""

    sentence: Phrase
    facts: Mapping[str, FactValue]


@dataclass(frozen=True)
class Answer:
    """What is answered: a ruling, or clauses that inform, or situations to choose from.

    `outcome` is the ruling's, or `information`. `missing` are facts with values, the one
    that settles most first. `audience` are the roles that the answer holds for, where the
    question did not say who asks.
    """

    policy: CompiledPolicy
    question: str
    outcome: str
    understood: tuple[Understood, ...]
    ruling: Ruling
    so_long_as: tuple[Change, ...] = ()
    unless: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    audience: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, FactValue]:
        """The facts as understood, by name; what was taken as no is not among them."""
        return {known.fact: known.value for known in self.understood}

    @property
    def notes(self) -> tuple[Note, ...]:
        """Where law, guidance or a platform's state on the date says more, or otherwise, than what is cited."""
        on = self.ruling.on
        if not self.information or on is None:
            return self.ruling.notes
        beside = (note for note in self.policy.notes if not set(self.information).isdisjoint(note.clauses))
        return tuple(note for note in beside if note.in_force(on))

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that decided, or that inform."""
        return self.information or self.ruling.clauses


def answer_facts(policy: CompiledPolicy, facts: Facts, on: date | None = None, question: str = "") -> Answer:
    """Answer from facts alone: flags left unsaid are taken as no, values that are missing are asked for.

    Raises:
        FactError: facts that cannot be.
    """
    understood = tuple(Understood(name, value) for name, value in facts.items() if value is not None)
    return answer_understood(policy, question, understood, (), on)


def answer_understood(
    policy: CompiledPolicy,
    question: str,
    understood: Sequence[Understood],
    audience: Sequence[str],
    on: date | None,
) -> Answer:
    """Rule on what was understood; where who asks is not known, for each role of `audience`.

    The roles' answers stand for one where they agree; otherwise who asks is what is missing.
    """
    facts = {known.fact: known.value for known in understood}
    rulings = [_rule({**facts, "who": [role]}, policy, on) for role in audience] if "who" not in facts else []
    agree = (
        bool(rulings)
        and len({(ruled.ruling.outcome, ruled.ruling.clauses, ruled.ruling.missing) for ruled in rulings}) == 1
    )
    assumed = rulings[0] if agree else _rule(facts, policy, on)
    ruling = assumed.ruling
    missing = tuple(name for name in ruling.missing if policy.vocabulary.facts[name].kind is not Kind.FLAG)
    return Answer(
        policy=policy,
        question=question,
        outcome=ruling.outcome.value,
        understood=tuple(understood),
        ruling=ruling,
        so_long_as=assumed.so_long_as,
        unless=assumed.unless,
        missing=missing if ruling.outcome is Outcome.UNDECIDED else (),
        audience=tuple(audience) if agree else (),
    )


def _rule(facts: Facts, policy: CompiledPolicy, on: date | None) -> Assumed:
    """Rule with flags taken as no; abuse by nobody in particular, or of nobody in particular, is ruled on as it is."""
    assumed = assume(policy, policy.vocabulary.situation(facts), on)
    if facts.get("act") not in policy.vocabulary.values_with("act", "abuse"):
        return assumed
    blanks = ["harmed"] if "harmed" not in facts else []
    blanks += ["with"] if "with" not in facts and assumed.ruling.outcome is Outcome.UNDECIDED else []
    if blanks:
        nobody = assume(policy, policy.vocabulary.situation({**facts, **{name: [] for name in blanks}}), on)
        if nobody.ruling.outcome in (Outcome.REQUIRED, Outcome.PERMITTED):
            return nobody
    return assumed
