"""An answer as a page shows it: sentences, cards, rows and links. It decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from proviso.rules.asking import Answer
from proviso.rules.norms import FactValue, Policy
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.web.public import guided_questions
from proviso.web.public.guided_questions import Question
from proviso.web.public.question_url import Address
from proviso.wording import rulings
from proviso.wording.references import Cited
from proviso.wording.rulings import ChangeInWords, DutyInWords


@dataclass(frozen=True)
class Other:
    """An answer that another fact would give, one touch away."""

    text: str
    url: str
    css: str
    word: str


@dataclass(frozen=True)
class ToDo:
    """A duty: what, by when, to whom, under which clause."""

    what: str
    by: str
    to: str
    card: Card


@dataclass(frozen=True)
class Aside:
    """A clause that would have spoken, and why it does not."""

    card: Card
    because: str


@dataclass(frozen=True)
class AnswerPage:
    """Everything that the page of an answer shows, in words."""

    kind: str
    css: str
    word: str
    sentence: str
    asked: str
    so_long_as: list[Other]
    unless: list[Other]
    cards: list[Card]
    aside: list[Aside]
    own: list[ToDo]
    others: list[tuple[str, list[ToDo]]]
    met: list[ToDo]
    instead: Sequence[str]
    support: list[Card]
    principles: list[Card]
    consequences: list[Card]
    notes: Sequence[Cited]
    rows: list[dict[str, Any]]
    audience: str
    covered_by: list[Card]
    outside: str
    ask: str
    nearest: list[tuple[str, str]]
    question: Question | None
    danger: bool
    happened: bool
    steps_url: str


def page(answer: Answer, address: Address, today: date, *, failed: bool = False) -> AnswerPage:
    """Return an answer in words; `failed` says that its question came back without an answer."""
    here = Address.of(answer, address.role)
    facts, ruling, policy = here.facts, answer.ruling, answer.policy.policy
    known = answer.policy.vocabulary
    happened = known.has_happened(facts.get("act"))
    words = rulings.in_words(answer)
    reasons = words.reasons
    cards = {clause: clauses.card_of(quote, policy) for clause, quote in words.quotes.items()}
    kind = _kind(answer)
    asks = answer.missing[0] if kind == "undecided" and answer.missing else None
    return AnswerPage(
        kind=kind,
        css=clauses.css(answer.outcome),
        word=words.word,
        sentence=words.sentence,
        asked=answer.question,
        so_long_as=_others(reasons.so_long_as, here, policy),
        unless=_others(reasons.unless, here, policy),
        cards=_chosen(cards, answer.clauses),
        aside=[Aside(cards[aside.clause], aside.because) for aside in reasons.set_aside],
        own=_to_do(reasons.own, cards),
        others=[(other.heading, _to_do(other.duties, cards)) for other in reasons.others],
        met=_to_do(reasons.met, cards),
        instead=reasons.instead,
        support=_chosen(cards, ruling.support),
        principles=_chosen(cards, ruling.principles),
        consequences=_chosen(cards, ruling.consequences),
        notes=words.notes,
        rows=guided_questions.rows(words.understood, here, policy, "answer"),
        audience=words.audience,
        covered_by=_chosen(cards, policy.covered_by),
        outside=words.outside,
        ask=words.ask,
        nearest=[(near.sentence, _nearest(near.facts, address, policy)) for near in words.nearest],
        question=guided_questions.question(asks, answer, here, failed=failed) if asks else None,
        danger=happened or any(facts.get(flag) is True for flag in known.flags_with("grave")),
        happened=happened,
        steps_url=here.link("steps", policy.id),
    )


def _chosen(cards: Mapping[str, Card], ids: Iterable[str]) -> list[Card]:
    return [cards[each] for each in dict.fromkeys(ids)]


def _kind(answer: Answer) -> str:
    if answer.information:
        return "information"
    if answer.nearest or "act" not in answer.facts:
        return "not_understood"
    return answer.outcome if answer.outcome in ("undecided", "not_covered") else "ruling"


def _others(changes: Iterable[ChangeInWords], here: Address, policy: Policy) -> list[Other]:
    return [_other(change, here, policy) for change in changes]


def _other(change: ChangeInWords, here: Address, policy: Policy) -> Other:
    for flag in change.flags:
        here = here.having(flag, True)
    return Other(change.text, here.link("answer", policy.id), clauses.css(change.outcome), change.word)


def _to_do(duties: Iterable[DutyInWords], cards: Mapping[str, Card]) -> list[ToDo]:
    return [ToDo(duty.what, duty.by, duty.to, cards[duty.clause]) for duty in duties]


def _nearest(facts: Mapping[str, FactValue], address: Address, policy: Policy) -> str:
    who = {"who": [address.role]} if address.role else {}
    return Address(facts={**who, **facts}).link("answer", policy.id)
