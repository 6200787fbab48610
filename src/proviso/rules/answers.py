"""Answers: a ruling or the clauses that inform, with how the question was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from proviso.rules.norms import (
    Assumed,
    Beside,
    Change,
    CompiledPolicy,
    Facts,
    FactValue,
    Kind,
    Note,
    Outcome,
    Ruling,
    assume,
    beside,
    first,
    supposed,
)
from proviso.rules.rulebook import baseline


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact as a question was understood; `taken` says that it was not said but supposed."""

    fact: str
    value: FactValue
    taken: bool = False


class Confidence(StrEnum):
    """Whether a question was understood: answer it, offer what it may mean, or say that the policy does not deal
    with it.
    """

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a question may have meant: a situation (its facts) or clauses that inform, with the outcome that it
    would get.
    """

    outcome: str
    clauses: tuple[str, ...]
    facts: Mapping[str, FactValue]


@dataclass(frozen=True)
class Answer:
    """What is answered: a ruling, or clauses that inform, or situations to choose from.

    `outcome` is the ruling's, or `information`. `missing` are facts with values, the one
    that settles most first. `audience` are the roles that the answer holds for, where the
    question did not say who asks. `baseline` is what law and guidance of the policy's nation say of the same
    situation, never mixed into `outcome`; `first` are its clauses that protect a child now, the most urgent first.
    `confidence` says whether the question was understood; where it is unsure, `offers` are the likeliest situations
    (at most
    three), and where it is `no`, the question has nothing to do with such a policy.
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
    audience: tuple[str, ...] = ()
    baseline: Ruling | None = None
    first: tuple[str, ...] = ()
    confidence: Confidence = Confidence.YES
    offers: tuple[Offer, ...] = ()

    @property
    def beside(self) -> Beside:
        """How the policy's own ruling stands to the baseline's; `first` comes before both, whatever this says."""
        return Beside.OPEN if self.baseline is None else beside(self.ruling.outcome, self.baseline.outcome)

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
    national = baseline_ruling(policy, facts, audience, on)
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
        baseline=national,
        first=first(national),
    )


class Taken(StrEnum):
    """What is taken as no where facts leave it unsaid: only signs of harm, all flags, or all facts."""

    HARM = "harm"
    FLAGS = "flags"
    ALL = "all"


def baseline_ruling(
    policy: CompiledPolicy,
    facts: Facts,
    audience: Sequence[str] = (),
    on: date | None = None,
    taken: Taken = Taken.FLAGS,
) -> Ruling:
    """Rule on facts by the baseline of the policy's nation, as it is in force on the day.

    Where who asks is not known, the roles of `audience` stand for one where the baseline answers them alike. Signs
    of harm are ruled on where nothing else is known, not even what has happened.
    """
    if facts.get("harm") and facts.get("act") is None:
        facts = {**facts, "act": []}
    if facts.get("who") is None and audience:
        rulings = [_by_baseline({**facts, "who": [role]}, policy, on, taken) for role in audience]
        if len({(ruling.outcome, ruling.clauses, ruling.missing) for ruling in rulings}) == 1:
            return rulings[0]
    return _by_baseline(facts, policy, on, taken)


def _by_baseline(facts: Facts, policy: CompiledPolicy, on: date | None, taken: Taken) -> Ruling:
    book = baseline(policy.policy.nation, on)
    if taken is Taken.HARM:
        return book.rule({**facts, "harm": facts.get("harm") or []}, on)
    situation = supposed(book.vocabulary, book.vocabulary.situation(facts), values=taken is Taken.ALL)
    return book.rule_bits(situation.yes, situation.no, on)


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
