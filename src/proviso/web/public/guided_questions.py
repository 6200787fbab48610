"""Step by step: one question a page, always the one whose answer is missing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.answers import Answer
from proviso.rules.norms import Clause, FactValue, Kind, Policy, Vocabulary
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.web.public.question_url import NONE, Address
from proviso.wording import phrases
from proviso.wording.situations import FactInWords

FIRST = ("who", "act")  # without these hardly any clause can speak
_MOST_REASONS = 3


@dataclass(frozen=True)
class Question:
    """One question with its choices, ready for the radios of the design system."""

    fact: str
    title: str
    hint: str
    groups: tuple[tuple[str, dict[str, Any]], ...]
    hidden: tuple[tuple[str, str], ...]
    reasons: tuple[Card, ...]
    more_reasons: tuple[Card, ...]
    error: str = ""

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The choices of *who* without *none of these*, for a list that is searched by typing."""
        choices = phrases.choices(self.fact) if self.fact == "who" else []
        return [(value, capfirst(text)) for value, text in choices]


def next_fact(answer: Answer) -> str | None:
    """Return the fact to ask for next, or nothing when the situation can be ruled on."""
    for fact in FIRST:
        if fact not in answer.facts and not (fact == "who" and answer.audience):
            return fact
    return answer.missing[0] if answer.missing else None


def question(fact: str, answer: Answer, address: Address, *, failed: bool = False) -> Question:
    """Return the page that asks for a fact; what the address already says of it is chosen."""
    waiting = _waiting(fact, answer)
    act = answer.facts.get("act")
    wanted = act is not None and not answer.policy.vocabulary.has_happened(act)
    names = ("page_question_wanted",) if wanted else ()
    then = [("then", address.then)] if address.then else []
    return Question(
        fact=fact,
        title=phrases.fact_words(fact, *names, "page_question", "question"),
        hint="" if wanted else phrases.fact_words(fact, "hint"),
        groups=tuple(_groups(fact, answer.facts.get(fact), answer.policy.vocabulary)),
        hidden=(*address.without(fact).pairs(), *then, ("asked", fact)),
        reasons=tuple(waiting[:_MOST_REASONS]),
        more_reasons=tuple(waiting[_MOST_REASONS:]),
        error=gettext("Choose one of these answers") if failed else "",
    )


def back(address: Address, fact: str) -> tuple[str, str | None]:
    """Return the page to go back to from a question: its name, and the fact that was asked before."""
    if address.then:
        return address.then, None
    before = [name for name in address.facts if name != fact]
    if fact in address.facts:
        before = list(address.facts)[: list(address.facts).index(fact)]
    return ("steps", before[-1]) if before else ("ask", None)


def _groups(fact: str, value: FactValue, vocabulary: Vocabulary) -> list[tuple[str, dict[str, Any]]]:
    held = {"yes" if value else "no"} if isinstance(value, bool) else {*phrases.listed(value)}
    if value == []:
        held = {NONE}
    options = [(key, capfirst(text)) for key, text in phrases.choices(fact)]
    groups = vocabulary.facts[fact].groups
    if not groups:
        if vocabulary.facts[fact].kind is not Kind.FLAG:
            options.append((NONE, gettext("None of these")))
        return [("", _radios(fact, fact, options, held))]
    named = dict(options)
    grouped = [(phrases.phrase_words(group.title), [act for act in group.values if act in named]) for group in groups]
    rest = [act for act in named if not any(act in acts for _title, acts in grouped)]
    if rest:
        grouped.append((gettext("Something else"), rest))
    return [
        (title, _radios(fact, f"{fact}-{number}" if number else fact, [(a, named[a]) for a in acts], held))
        for number, (title, acts) in enumerate(grouped)
    ]


def _radios(fact: str, prefix: str, options: Sequence[tuple[str, str]], held: set[str]) -> dict[str, Any]:
    items = [{"value": key, "text": text, "checked": key in held} for key, text in options]
    if len(items) == 2:  # a yes and a no
        return {"name": fact, "idPrefix": prefix, "items": items, "classes": "govuk-radios--inline"}
    return {"name": fact, "idPrefix": prefix, "items": items}


def _waiting(fact: str, answer: Answer) -> list[Card]:
    """Return the clauses that wait for a fact."""
    policy: Policy = answer.policy.policy
    waiting = [policy.clause(each) for each in answer.ruling.waiting]
    mentioning = [clause for clause in waiting if _mentions(clause, fact)]
    return [clauses.card(clause, policy) for clause in mentioning]


def _mentions(clause: Clause, fact: str) -> bool:
    return any(
        fact in phrases.mentioned(condition)
        for norm in clause.norms
        for condition in (norm.when, *norm.unless, *norm.met)
    )


def rows(understood: Iterable[FactInWords], address: Address, policy: Policy, then: str) -> list[dict[str, Any]]:
    """Return the facts as rows of a summary list, each with a link that changes it."""
    return [
        {
            "key": known.key,
            "value": known.value,
            "taken": known.taken,
            "url": address.link("steps", policy.id, ask=known.fact, then=then),
        }
        for known in understood
    ]
