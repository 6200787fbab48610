"""An answer as a page shows it: sentences, cards, rows and links. It decides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.asking import Answer
from proviso.rules.norms import HAPPENED_ACTS, Change, Duty, Policy, SetAside, words_of
from proviso.web import clauses, phrases, references, sentences
from proviso.web.clauses import Card
from proviso.web.public import guided_questions
from proviso.web.public.guided_questions import Question
from proviso.web.public.question_url import Address
from proviso.web.references import Cited
from proviso.web.welsh import put
from proviso.web.written import capped, clause_text, written

GRAVE = ("grooming_like", "indecent", "harassing")


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
    notes: list[Cited]
    rows: list[dict[str, Any]]
    audience: str
    covered_by: list[Card]
    outside: str
    nearest: list[tuple[str, str]]
    question: Question | None
    danger: bool
    happened: bool
    steps_url: str


def page(answer: Answer, address: Address, today: date, *, failed: bool = False) -> AnswerPage:
    """Return an answer in words; `failed` says that its question came back without an answer."""
    here = Address.of(answer, address.role)
    policy = answer.policy.policy
    ruling = answer.ruling
    kind = _kind(answer)
    asks = answer.missing[0] if kind == "undecided" and answer.missing else None
    return AnswerPage(
        kind=kind,
        css=sentences.css(answer.outcome),
        word=gettext(sentences.OUTCOME_WORDS[answer.outcome]),
        sentence=sentences.ruling(answer),
        asked=answer.question,
        so_long_as=_others(answer.so_long_as, here, policy),
        unless=_others(answer.unless, here, policy),
        cards=clauses.cards(policy, answer.clauses),
        aside=[_aside(each, policy) for each in dict.fromkeys(ruling.exceptions)],
        own=_to_do((duty for duty in ruling.duties if duty.of is None), policy),
        others=_by_whom(ruling.duties, policy),
        met=_to_do(ruling.met, policy),
        instead=[written(each, policy) for each in ruling.instead],
        support=clauses.cards(policy, ruling.support),
        principles=clauses.cards(policy, ruling.principles),
        consequences=clauses.cards(policy, ruling.consequences),
        notes=[references.note(each) for each in answer.notes],
        rows=guided_questions.rows(answer, here, "answer"),
        audience=phrases.people("who", answer.audience) if answer.audience else "",
        covered_by=clauses.cards(policy, policy.covered_by),
        outside=_outside(answer, policy),
        nearest=_nearest(answer, address, policy),
        question=guided_questions.question(asks, answer, here, failed=failed) if asks else None,
        danger=answer.facts.get("act") in HAPPENED_ACTS or any(answer.facts.get(flag) is True for flag in GRAVE),
        happened=answer.facts.get("act") in HAPPENED_ACTS,
        steps_url=here.link("steps", policy.id),
    )


def _kind(answer: Answer) -> str:
    if answer.information:
        return "information"
    if answer.nearest or "act" not in answer.facts:
        return "not_understood"
    return answer.outcome if answer.outcome in ("undecided", "not_covered") else "ruling"


def _others(changes: Iterable[Change], here: Address, policy: Policy) -> list[Other]:
    """Return what would change the answer; flags that do so only together are one link."""
    together = {frozenset((change.fact, *change.beside)): change for change in reversed(tuple(changes))}
    return [_other(change, here, policy) for change in reversed(together.values())]


def _other(change: Change, here: Address, policy: Policy) -> Other:
    flags = (change.fact, *change.beside)
    for flag in flags:
        here = here.having(flag, True)
    return Other(
        text=capfirst(phrases.both(phrases.flags(flags))),
        url=here.link("answer", policy.id),
        css=sentences.css(change.outcome.value),
        word=gettext(sentences.OUTCOME_WORDS[change.outcome.value]),
    )


def _to_do(duties: Iterable[Duty], policy: Policy) -> list[ToDo]:
    return [
        ToDo(
            _what(duty, policy),
            written(duty.by or "", policy),
            written(duty.to or "", policy),
            clauses.card(policy.clause(duty.clause), policy),
        )
        for duty in dict.fromkeys(duties)
    ]


def _what(duty: Duty, policy: Policy) -> str:
    clause = policy.clause(duty.clause)
    return clause_text(clause) if duty.what == clause.text else written(duty.what, policy)


def _by_whom(duties: Iterable[Duty], policy: Policy) -> list[tuple[str, list[ToDo]]]:
    called = sorted((duty for duty in duties if duty.of), key=lambda duty: duty.of or "")
    return [
        (capped(put(gettext("%(who)s must"), who=written(f"the {who}", policy))), _to_do(group, policy))
        for who, group in groupby(called, key=lambda duty: duty.of)
    ]


def _aside(each: SetAside, policy: Policy) -> Aside:
    """Say what set a clause aside: another clause, or one of its own exceptions."""
    clause = policy.clause(each.clause)
    if any(each.by == one.id for one in policy.clauses):
        because = gettext("clause %(id)s comes before it here") % {"id": each.by}
    else:
        written = {words_of(one): one for norm in clause.norms for one in norm.unless}
        because = phrases.condition(written[each.by], policy)
    return Aside(clauses.card(clause, policy), because)


def _outside(answer: Answer, policy: Policy) -> str:
    """Name who acts when the policy is not for them."""
    roles = answer.facts.get("who")
    if not isinstance(roles, list | tuple) or {*roles} & {*policy.expand(policy.covers)}:
        return ""
    return phrases.people("who", roles) if roles else gettext("anybody whom it does not name")


def _nearest(answer: Answer, address: Address, policy: Policy) -> list[tuple[str, str]]:
    who = {"who": [address.role]} if address.role else {}
    return [
        (gettext(one.sentence), Address(facts={**who, **one.facts}).link("answer", policy.id)) for one in answer.nearest
    ]
