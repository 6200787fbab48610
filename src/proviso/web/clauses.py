"""A policy as it is read: sections, clauses and what each clause does, in plain words."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from proviso.rules import rulebook
from proviso.rules.norms import Clause, CompiledPolicy, Policy
from proviso.wording import phrases, references
from proviso.wording.clauses import QuotedClause, quotations, quoted, section_title
from proviso.wording.localised import clause_words, english, plain, written
from proviso.wording.references import Cited
from proviso.wording.statements import Statement, statement

# Finds words in a policy: the ids of the clauses, best first.
Search = Callable[[CompiledPolicy, str], tuple[str, ...]]


@dataclass(frozen=True)
class Card:
    """A clause wherever it is quoted."""

    id: str
    label: str
    place: str
    text: str
    css: str
    force: str
    url: str
    who: str
    runners: str
    words: str = ""
    cites: tuple[Cited, ...] = ()
    notes: tuple[Cited, ...] = ()
    source_note: str = ""


@dataclass(frozen=True)
class Section:
    """Clauses of one place in the document; `about` names what most of them speak of."""

    anchor: str
    title: str
    about: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class NormInWords:
    """A norm in plain words, with the cards of the clauses that it sets aside."""

    css: str
    words: Statement
    sets_aside: tuple[Card, ...]


def css(force: str) -> str:
    """Return the name of a force or outcome in the style sheet."""
    return {"info": "information", "consequence": "information", "not_covered": "not-covered"}.get(force, force)


def card(clause: Clause, policy: Policy) -> Card:
    """Return a clause as it is quoted, with the address of its page."""
    return card_of(quoted(clause, policy), policy)


def card_of(quote: QuotedClause, policy: Policy) -> Card:
    """Return words of a clause as a card, with the address of its page."""
    return Card(
        id=quote.id,
        label=quote.label,
        place=quote.place,
        text=quote.text,
        css=css(quote.code),
        force=quote.force,
        url=reverse("public:clause", args=[policy.id, quote.label]),
        who=quote.who,
        runners=quote.runners,
        words=quote.words,
    )


def cards(policy: Policy, ids: Iterable[str]) -> list[Card]:
    """Return clauses by their ids, each once."""
    return [card_of(quote, policy) for quote in quotations(policy, ids).values()]


def speaks_to(clause: Clause, policy: Policy, roles: Collection[str]) -> bool:
    """Say whether a clause is for somebody with these roles, as values of the fact `who`."""
    return not set(policy.expand(clause.who)).isdisjoint(roles)


def sections(
    book: CompiledPolicy,
    today: date,
    find: str = "",
    search: Search | None = None,
    keep: Callable[[Clause], bool] = lambda _clause: True,
) -> list[Section]:
    """Return the clauses in the document's order under their headings; `find` keeps those that `search` finds.

    `keep` leaves others out, such as those that do not speak to a reader.
    What was searched for comes best first: sections by their best clause, and clauses in them.
    """
    policy = book.policy
    words = find.lower().split()
    ranked = []
    rank = {clause: place for place, clause in enumerate((search or with_all_words)(book, find))} if words else {}
    for number, section in enumerate(rulebook.sections(policy), start=1):
        clauses = [clause for clause in section.clauses if keep(clause) and (not words or clause.id in rank)]
        if not clauses:
            continue
        clauses.sort(key=lambda clause: rank.get(clause.id, 0))
        counted = Counter(topic for clause in clauses for topic in clause.topics)
        about = ", ".join(phrases.topic(topic) for topic, _count in counted.most_common(3))
        shown = tuple(_read(clause, book, today, words) for clause in clauses)
        best = min(rank.get(clause.id, 0) for clause in clauses)
        title = section_title(section, policy)
        ranked.append((best, Section(f"section-{number}", title, capfirst(about), shown)))
    return [section for _best, section in sorted(ranked, key=lambda pair: pair[0])]


def _read(clause: Clause, book: CompiledPolicy, today: date, words: list[str]) -> Card:
    text = marked(clause_words(clause), words)
    cites = tuple(references.cited(clause.refers, today))
    notes = tuple(references.notes_on(clause, book, today))
    shown = text if clause.welsh else english(text)
    remark = written(clause.source_note or "", book.policy)
    return replace(card(clause, book.policy), text=shown, cites=cites, notes=notes, source_note=remark)


def _by_title(clauses: Iterable[Clause], titles: Mapping[str, str]) -> dict[str, list[Clause]]:
    grouped: dict[str, list[Clause]] = {}
    for clause in clauses:
        grouped.setdefault(titles[clause.at], []).append(clause)
    return grouped


def with_all_words(book: CompiledPolicy, find: str) -> tuple[str, ...]:
    """Return the ids of the clauses that have all the words looked for, in the document's order."""
    words = find.lower().split()
    return tuple(clause.id for clause in book.policy.clauses if _found(clause, words))


def _found(clause: Clause, words: list[str]) -> bool:
    everything = " ".join(
        (clause.label, clause.at, clause.text, clause.welsh or "", *clause.refers, *clause.topics)
    ).lower()
    return all(word in everything for word in words)


def marked(text: str, words: list[str]) -> SafeString:
    """Return a text as HTML with the words that were looked for marked."""
    if not words:
        return format_html("{}", text)
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    html = [format_html("<mark>{}</mark>" if number % 2 else "{}", part) for number, part in enumerate(parts) if part]
    return mark_safe("".join(html))  # noqa: S308  # every part was escaped one line above


def norms_in_words(clause: Clause, policy: Policy) -> list[NormInWords]:
    """Return what a clause decides, norm by norm, in plain words."""
    return [
        NormInWords(css(norm.force.value), statement(norm, policy), tuple(cards(policy, norm.overrides)))
        for norm in clause.norms
    ]


def definitions(policy: Policy) -> list[tuple[str, Card]]:
    """Return the words that the policy defines, each with the clause that does."""
    return [
        (capfirst(plain(word, policy)), card(policy.clause(each), policy)) for word, each in policy.definitions.items()
    ]
