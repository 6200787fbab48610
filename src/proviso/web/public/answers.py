"""An answer as a page shows it, in the order of reading: sentences, cards, rows and links. It decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proviso.rules.answers import Answer, Confidence
from proviso.rules.norms import Beside, FactValue, Policy
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.web.public import guided_questions
from proviso.web.public.guided_questions import Question
from proviso.web.public.question_url import Address
from proviso.web.public.readers import Reader
from proviso.wording import protection, rulings, whom_to_ask
from proviso.wording.changes import Becomes
from proviso.wording.protection import BaselineInWords, DoNow
from proviso.wording.references import Cited
from proviso.wording.rulings import AnswerInWords, DutyInWords
from proviso.wording.whom_to_ask import PersonToAsk

_DECIDING = 3  # clauses that are read in full; the others of a long list are folded


@dataclass(frozen=True)
class Other:
    """An answer that another fact would give, one touch away."""

    text: str
    url: str


@dataclass(frozen=True)
class Becoming:
    """What an answer becomes, and by what."""

    lead: str
    css: str
    others: list[Other]


@dataclass(frozen=True)
class Offered:
    """What a question may have meant, with its short verdict and the address of its full answer."""

    sentence: str
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
class Duties:
    """What must be done: by whoever asks, by others under a heading that says who, and what is done already."""

    own: list[ToDo]
    others: list[tuple[str, list[ToDo]]]
    met: list[ToDo]


@dataclass(frozen=True)
class Quoted:
    """The clauses that an answer cites, none twice: those that decide, further ones, and what stands beside them."""

    deciding: list[Card]
    further: list[Card]
    support: list[Card]
    principles: list[Card]
    consequences: list[Card]


@dataclass(frozen=True)
class Advice:
    """Whom to ask and what to do instead: ways that the policy names, and people with their phones."""

    instead: Sequence[str]
    whom: str
    people: Sequence[PersonToAsk]
    as_headteacher: str


@dataclass(frozen=True)
class AnswerPage:
    """Everything that the page of an answer shows, in words.

    `kind` is how it is shown: `ruling`, `silent`, `undecided`, `information`, `offers` or `outside`. `do_now` comes
    before everything else; `is_stricter` says that national guidance asks for more than the policy does.
    """

    kind: str
    css: str
    word: str
    sentence: str
    asked: str
    do_now: DoNow | None
    baseline: BaselineInWords | None
    is_stricter: bool
    advice: Advice
    likeliest: list[Becoming]
    unlikelier: list[Becoming]
    quoted: Quoted
    aside: list[Aside]
    duties: Duties
    notes: Sequence[Cited]
    rows: list[dict[str, Any]]
    audience: str
    covered_by: list[Card]
    outside: str
    offers: list[Offered]
    question: Question | None
    happened: bool
    links: Mapping[str, str]


def page(answer: Answer, address: Address, reader: Reader, *, failed: bool = False) -> AnswerPage:
    """Return an answer in words to whoever reads it; `failed` says that its question came back without an answer."""
    here = Address.of(answer, address.role)
    policy = answer.policy.policy
    words = rulings.in_words(answer, reader.roles)
    cards = {clause: clauses.card_of(quote, policy) for clause, quote in words.quotes.items()}
    kind = kind_of(answer)
    asks = answer.missing[0] if kind == "undecided" and answer.missing else None
    reasons = words.reasons
    duties = Duties(
        _to_do(reasons.own, cards),
        [(other.heading, _to_do(other.duties, cards)) for other in reasons.others],
        _to_do(reasons.met, cards),
    )
    named = whom_to_ask.named_contacts(policy)
    return AnswerPage(
        kind=kind,
        css=clauses.css(answer.outcome),
        word=words.word,
        sentence=words.sentence,
        asked=answer.question,
        do_now=protection.do_now(answer.baseline, answer.first, named) if answer.baseline else None,
        baseline=protection.baseline_in_words(answer) if kind in ("ruling", "silent", "undecided") else None,
        is_stricter=answer.beside is Beside.BASELINE_STRICTER,
        advice=_advice(answer, words, reader),
        likeliest=_becoming(reasons.changes.likeliest, here, policy),
        unlikelier=_becoming(reasons.changes.others, here, policy),
        quoted=_quoted(answer, cards, duties),
        aside=[Aside(cards[aside.clause], aside.because) for aside in reasons.set_aside],
        duties=duties,
        notes=words.notes,
        rows=_rows(answer, words, here, reader),
        audience=words.audience,
        covered_by=_chosen(cards, policy.covered_by),
        outside=words.outside,
        offers=[
            Offered(offer.sentence, _offer(offer.facts, offer.clauses, address, policy), offer_css, offer.word)
            for offer in words.offers
            for offer_css in (clauses.css(offer.outcome),)
        ],
        question=guided_questions.question(asks, answer, here, failed=failed) if asks else None,
        happened=answer.policy.vocabulary.has_happened(answer.facts.get("act")),
        links=_links(answer, address, here, policy),
    )


def kind_of(answer: Answer) -> str:
    """Return how an answer is shown; a policy is never called silent because a question was not understood."""
    if answer.confidence is Confidence.NO or answer.outcome == "outside":
        return "outside"
    if answer.information and answer.confidence is Confidence.YES:
        return "information"
    if answer.confidence is Confidence.UNSURE or "act" not in answer.facts:
        return "offers"
    return {"undecided": "undecided", "not_covered": "silent"}.get(answer.outcome, "ruling")


def _advice(answer: Answer, words: AnswerInWords, reader: Reader) -> Advice:
    policy = answer.policy.policy
    return Advice(
        instead=words.reasons.instead,
        whom=whom_to_ask.whom_to_ask(policy, reader.roles) if reader.roles else words.ask,
        people=whom_to_ask.people_to_ask(policy, reader.roles),
        as_headteacher=whom_to_ask.addressed(policy, reader.roles),
    )


def _quoted(answer: Answer, cards: Mapping[str, Card], duties: Duties) -> Quoted:
    """Return the clauses of an answer, each where it is met first; a duty in its clause's own words quotes it."""
    ruling = answer.ruling
    seen = {duty.card.id for duty in duties.own if duty.what == duty.card.text}

    def unseen(ids: Iterable[str]) -> list[Card]:
        new = [each for each in dict.fromkeys(ids) if each not in seen]
        seen.update(new)
        return [cards[each] for each in new]

    deciding = unseen(answer.clauses)
    return Quoted(
        deciding[:_DECIDING],
        deciding[_DECIDING:],
        unseen(ruling.support),
        unseen(ruling.principles),
        unseen(ruling.consequences),
    )


def _rows(answer: Answer, words: AnswerInWords, here: Address, reader: Reader) -> list[dict[str, Any]]:
    rows = guided_questions.rows(words.understood, here, answer.policy.policy, "answer")
    known = [each.fact == "who" and reader.role is not None for each in words.understood]
    return [{**row, "taken": row["taken"] and not is_known} for row, is_known in zip(rows, known, strict=True)]


def _links(answer: Answer, address: Address, here: Address, policy: Policy) -> dict[str, str]:
    """Return where the page leads: the guided questions, a person to ask, another question, and the two opinions."""
    asker = Address(role=address.role)
    opinion = address if address.clauses or not here.facts else here
    return {
        "steps": here.link("steps", policy.id),
        "ask": asker.link("ask", policy.id),
        "reword": Address(question=answer.question, role=address.role).link("ask", policy.id),
        "person": opinion.link("person", policy.id),
        "right": opinion.link("opinion", policy.id, right="yes"),
        "wrong": opinion.link("opinion", policy.id, right="no"),
    }


def _chosen(cards: Mapping[str, Card], ids: Iterable[str]) -> list[Card]:
    return [cards[each] for each in dict.fromkeys(ids)]


def _becoming(changes: Iterable[Becomes], here: Address, policy: Policy) -> list[Becoming]:
    return [
        Becoming(
            becomes.lead,
            clauses.css(becomes.outcome),
            [Other(change.text, _having(here, change.flags).link("answer", policy.id)) for change in becomes.changes],
        )
        for becomes in changes
    ]


def _having(here: Address, flags: Iterable[str]) -> Address:
    for flag in flags:
        here = here.having(flag, True)
    return here


def _to_do(duties: Iterable[DutyInWords], cards: Mapping[str, Card]) -> list[ToDo]:
    return [ToDo(duty.what, duty.by, duty.to, cards[duty.clause]) for duty in duties]


def _offer(facts: Mapping[str, FactValue], informing: tuple[str, ...], address: Address, policy: Policy) -> str:
    """Return the address of what is offered, with the question, so that it is shown and can be passed on."""
    if facts.get("act") is None:
        return Address(address.question, address.role, clauses=informing).link("answer", policy.id)
    return Address(
        address.question, address.role, {name: value for name, value in facts.items() if value is not None}
    ).link("answer", policy.id)
