"""Step by step: one question a page, always the one whose answer is missing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from proviso.rules.asking import WORDING, Answer, choices
from proviso.rules.norms import HAPPENED_ACTS, Clause, FactValue, Kind, Policy, Vocabulary
from proviso.web import clauses, phrases, sentences
from proviso.web.clauses import Card
from proviso.web.public.question_url import NONE, Address

FIRST = ("who", "act")  # without these hardly any clause can speak
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("Something has happened"), ("receive", "suffer_abuse", "see_abuse", "find_material", "delete_evidence")),
    (_("People and contact"), ("connect", "communicate", "view", "ask_details", "give_details", "pose_as_child")),
    (_("Posting"), ("post", "post_picture", "state_employer", "use_information", "edit_encyclopaedia")),
    (
        _("At work"),
        (
            "browse",
            "browse_web",
            "register",
            "take_picture",
            "hold_material",
            "expose_pupils",
            "vet_applicant",
            "give_login",
        ),
    ),
    (_("Official accounts"), ("open_channel", "link_pupils")),
)
QUESTIONS = {  # shorter than `WORDING` where the page gives room for one thing only
    "who": _("Who is it about?"),
    "act": _("What is it about?"),
    "through": _("How is it done?"),
    "when": _("When is it done?"),
}
WHO_WANTS = _("Who wants to do this?")  # once it is known that somebody wants to do something
HINTS = {"who": _("Choose whoever wants to do something, or to whom something has happened.")}
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


def next_fact(answer: Answer) -> str | None:
    """Return the fact to ask for next, or nothing when the situation can be ruled on."""
    for fact in FIRST:
        if fact not in answer.facts and not (fact == "who" and answer.audience):
            return fact
    return answer.missing[0] if answer.missing else None


def question(fact: str, answer: Answer, address: Address, *, failed: bool = False) -> Question:
    """Return the page that asks for a fact; what the address already says of it is chosen."""
    waiting = _waiting(fact, answer)
    wanted = fact == "who" and answer.facts.get("act", HAPPENED_ACTS[0]) not in HAPPENED_ACTS
    then = [("then", address.then)] if address.then else []
    return Question(
        fact=fact,
        title=gettext(WHO_WANTS if wanted else QUESTIONS.get(fact, WORDING[fact].question)),
        hint=gettext(HINTS[fact]) if fact in HINTS and not wanted else "",
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
    said = [name for name in address.facts if name != fact]
    if fact in address.facts:
        said = list(address.facts)[: list(address.facts).index(fact)]
    return ("steps", said[-1]) if said else ("ask", None)


def _groups(fact: str, value: FactValue, vocabulary: Vocabulary) -> list[tuple[str, dict[str, Any]]]:
    held = {"yes" if value else "no"} if isinstance(value, bool) else {*sentences.listed(value)}
    if value == []:
        held = {NONE}
    told = [(key, capfirst(gettext(text))) for key, text in choices(fact)]
    if fact != "act":
        if vocabulary.facts[fact].kind is not Kind.FLAG:
            told.append((NONE, gettext("None of these")))
        return [("", _radios(fact, fact, told, held))]
    named = dict(told)
    grouped = [(title, [act for act in acts if act in named]) for title, acts in GROUPS]
    rest = [act for act in named if not any(act in acts for _title, acts in grouped)]
    if rest:
        grouped.append((gettext("Something else"), rest))
    return [
        (gettext(title), _radios(fact, f"{fact}-{number}" if number else fact, [(a, named[a]) for a in acts], held))
        for number, (title, acts) in enumerate(grouped)
    ]


def _radios(fact: str, prefix: str, told: Sequence[tuple[str, str]], held: set[str]) -> dict[str, Any]:
    items = [{"value": key, "text": text, "checked": key in held} for key, text in told]
    if len(items) == 2:  # a yes and a no
        return {"name": fact, "idPrefix": prefix, "items": items, "classes": "govuk-radios--inline"}
    return {"name": fact, "idPrefix": prefix, "items": items}


def _waiting(fact: str, answer: Answer) -> list[Card]:
    """Return the clauses that wait for a fact."""
    policy: Policy = answer.policy.policy
    found = [policy.clause(each) for each in answer.ruling.waiting]
    mentioning = [clause for clause in found if _mentions(clause, fact)]
    return [clauses.card(clause, policy) for clause in mentioning]


def _mentions(clause: Clause, fact: str) -> bool:
    return any(
        fact in phrases.mentioned(condition)
        for norm in clause.norms
        for condition in (norm.when, *norm.unless, *norm.met)
    )


def rows(answer: Answer, address: Address, then: str) -> list[dict[str, Any]]:
    """Return the facts as rows of a summary list, each with a link that changes it."""
    policy = answer.policy.policy.id
    shown = []
    for one in answer.understood:
        shown.append(
            {
                "key": sentences.fact_key(one.fact),
                "value": sentences.fact_value(one.fact, one.value),
                "taken": one.taken,
                "url": address.link("steps", policy, ask=one.fact, then=then),
            }
        )
    return shown
