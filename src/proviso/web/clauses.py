"""A policy as it is read: sections, clauses and what each clause does, in plain words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from proviso.rules import rulebook
from proviso.rules.norms import Clause, CompiledPolicy, Policy, Runner
from proviso.wording import outcomes, phrases, references
from proviso.wording.localised import capped, clause_text, clause_words, english, plain, written
from proviso.wording.references import Cited
from proviso.wording.statements import Statement, statement

RUNNERS = {
    Runner.NORMS: _("rules on questions"),
    Runner.DUTIES: _("makes tasks"),
    Runner.PROCEDURE: _("a procedure"),
    Runner.CHECKS: _("checks before publishing"),
    Runner.WATCHES: _("may be looked for in monitoring"),
    Runner.GOVERNANCE: _("approval and signing"),
}
CHECKED = {"post": _("a post"), "account": _("an account"), "picture": _("a picture")}


@dataclass(frozen=True)
class Card:
    """A clause wherever it is quoted."""

    id: str
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


@dataclass(frozen=True)
class Section:
    """Clauses of one place in the document; `about` names what most of them speak of."""

    anchor: str
    title: str
    about: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Said:
    """A norm in plain words, with the cards of the clauses that it sets aside."""

    css: str
    words: Statement
    sets_aside: tuple[Card, ...]


def css(force: str) -> str:
    """Return the name of a force or outcome in the style sheet."""
    return {"info": "information", "consequence": "information", "not_covered": "not-covered"}.get(force, force)


def place(at: str, policy: Policy | None = None) -> str:
    """Return where in the document a clause stands; a bare number is called a section."""
    return gettext("Section %(number)s") % {"number": at} if at[:1].isdigit() else written(at, policy)


def card(clause: Clause, policy: Policy, text: str = "") -> Card:
    """Return a clause as it is quoted."""
    runners = ", ".join(gettext(RUNNERS[runner]) for runner in clause.runners) or gettext("for information")
    return Card(
        id=clause.id,
        place=place(clause.at, policy),
        text=text or clause_text(clause),
        css=css(clause.force),
        force=outcomes.force(clause.force),
        url=reverse("public:clause", args=[policy.id, clause.id]),
        who=capfirst(phrases.those(policy, clause.who)),
        runners=capfirst(runners),
        words=clause_words(clause),
    )


def cards(policy: Policy, ids: Iterable[str]) -> list[Card]:
    """Return clauses by their ids, each once."""
    return [card(policy.clause(each), policy) for each in dict.fromkeys(ids)]


def sections(book: CompiledPolicy, today: date, find: str = "") -> list[Section]:
    """Return the clauses in the document's order under their headings; `find` keeps those with all its words."""
    policy = book.policy
    words = find.lower().split()
    titles = rulebook.headings(policy)
    kept = [clause for clause in policy.clauses if _found(clause, words)]
    found = []
    for number, (title, group) in enumerate(groupby(kept, key=lambda clause: titles[clause.at]), start=1):
        clauses = list(group)
        counted = Counter(topic for clause in clauses for topic in clause.topics)
        about = ", ".join(phrases.topic(topic) for topic, _count in counted.most_common(3))
        shown = tuple(_read(clause, book, today, words) for clause in clauses)
        found.append(Section(f"section-{number}", place(title, policy), capfirst(about), shown))
    return found


def _read(clause: Clause, book: CompiledPolicy, today: date, words: list[str]) -> Card:
    text = marked(clause_words(clause), words)
    shown = card(clause, book.policy, text if clause.welsh else english(text))
    cites = tuple(references.cited(clause.refers, today))
    notes = tuple(references.notes_on(clause, book, today))
    return replace(shown, cites=cites, notes=notes)


def _found(clause: Clause, words: list[str]) -> bool:
    everything = " ".join(
        (clause.id, clause.at, clause.text, clause.welsh or "", *clause.refers, *clause.topics)
    ).lower()
    return all(word in everything for word in words)


def marked(text: str, words: list[str]) -> SafeString:
    """Return a text as HTML with the words that were looked for marked."""
    if not words:
        return format_html("{}", text)
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    html = [format_html("<mark>{}</mark>" if number % 2 else "{}", part) for number, part in enumerate(parts) if part]
    return mark_safe("".join(html))  # noqa: S308  # every part was escaped one line above


def said(clause: Clause, policy: Policy) -> list[Said]:
    """Return what a clause decides, norm by norm, in plain words."""
    return [
        Said(css(norm.force.value), statement(norm, policy), tuple(cards(policy, norm.overrides)))
        for norm in clause.norms
    ]


def groups(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the policy's words for several people, acts or times, with what each stands for."""
    facts = rulebook.vocabulary().facts
    for word, values in policy.groups.items():
        if set(values) <= {*facts["act"].values}:
            yield phrases.group(word, policy), phrases.kinds(len(values))
        elif set(values) <= {*facts["when"].values}:
            yield phrases.group(word, policy), phrases.circumstances((), values)
        else:
            yield phrases.group(word, policy), phrases.people("who", values)


def definitions(policy: Policy) -> list[tuple[str, Card]]:
    """Return the words that the policy defines, each with the clause that does."""
    return [
        (capfirst(plain(word, policy)), card(policy.clause(each), policy)) for word, each in policy.definitions.items()
    ]


@dataclass(frozen=True)
class Work:
    """Something that carries a clause out: what is done, and who, when and how as pairs of words."""

    heading: str
    what: str
    rows: tuple[tuple[str, str], ...]


def carried_out(clause: Clause, policy: Policy) -> list[Work]:
    """Return the tasks, steps, checks, watches and approvals of a clause, in plain words."""
    work = [
        _work(_("A task"), task.what, policy, who=task.who, when=task.when, every=task.every) for task in clause.duties
    ]
    work += [
        _work(
            _("A step of a procedure"),
            step.what,
            policy,
            who=step.who,
            when=step.by,
            on=step.on,
            letter=step.letter,
            refer_to=step.refer_to,
        )
        for step in clause.procedure
    ]
    work += [
        _work(
            _("A check before publishing"),
            check.ask,
            policy,
            of=gettext(CHECKED.get(check.of, check.of)),
            fails=check.fails,
        )
        for check in clause.checks
    ]
    work += [
        _work(_("May be looked for in monitoring"), watch.looks_for, policy, source=watch.source)
        for watch in clause.watches
    ]
    work += [
        _work(_("Approval and signing"), one.what, policy, who=one.who, every=one.every) for one in clause.governance
    ]
    return work


_KEYS = {
    "who": _("Who"),
    "when": _("When"),
    "every": _("Repeated every"),
    "on": _("What sets it off"),
    "letter": _("Letter"),
    "refer_to": _("Referred to"),
    "of": _("What is checked"),
    "fails": _("It fails if the answer is"),
    "source": _("Where"),
}


def _work(heading: str, what: str, policy: Policy, **words: str | tuple[str, ...] | None) -> Work:
    rows = tuple(
        (
            gettext(_KEYS[key]),
            capped(written(said, policy)) if isinstance(said, str) else _people(said, policy),
        )
        for key, said in words.items()
        if said
    )
    return Work(gettext(heading), capped(written(what, policy)), rows)


def _people(words: tuple[str, ...], policy: Policy) -> str:
    return capfirst(phrases.those(policy, words))
