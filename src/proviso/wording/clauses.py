"""Clauses in words: as they are quoted, what carries them out, and what the words of a policy stand for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy, Runner
from proviso.rules.rulebook import PolicySection, vocabulary
from proviso.wording import localised, outcomes, phrases
from proviso.wording._marking import gettext_noop as _
from proviso.wording.localised import capped, clause_text, clause_words, written

_RUNNERS = {
    Runner.NORMS: _("rules on questions"),
    Runner.DUTIES: _("makes tasks"),
    Runner.PROCEDURE: _("a procedure"),
    Runner.CHECKS: _("checks before publishing"),
    Runner.WATCHES: _("may be looked for in monitoring"),
    Runner.GOVERNANCE: _("approval and signing"),
}
_CHECKED = {"post": _("a post"), "account": _("an account"), "picture": _("a picture")}


@dataclass(frozen=True)
class QuotedClause:
    """A clause as it is quoted anywhere; `words` is its text without any mark, `code` its force in the rules.

    `label` is what names it to readers: its number in an establishment's own document, its id in a model. `runners`
    are said of models alone: how the program carries a clause out is no part of a document that people sign.
    """

    id: str
    label: str
    place: str
    text: str
    words: str
    code: str
    force: str
    who: str
    runners: str


def quoted(clause: Clause, policy: Policy) -> QuotedClause:
    """Return a clause as it is quoted, in the reader's language."""
    return QuotedClause(
        id=clause.id,
        label=clause.label,
        place=place_of(clause, policy),
        text=clause_text(clause),
        words=clause_words(clause),
        code=clause.force,
        force=outcomes.force(clause.force),
        who=capfirst(phrases.those(policy, clause.who)),
        runners="" if clause.number else _runners(clause),
    )


def _runners(clause: Clause) -> str:
    return capfirst(", ".join(gettext(_RUNNERS[runner]) for runner in clause.runners) or gettext("for information"))


def quotations(policy: Policy, ids: Iterable[str]) -> dict[str, QuotedClause]:
    """Return clauses as they are quoted, by their ids, each once and in the order given."""
    return {each: quoted(policy.clause(each), policy) for each in dict.fromkeys(ids)}


def place_of(clause: Clause, policy: Policy) -> str:
    """Return where a clause stands: the section of an establishment's own document, the place in a model."""
    if not clause.number:
        return place(clause.at, policy)
    numbered = {section.number: section for section in rulebook.sections(policy)}
    return section_title(numbered[clause.number.split(".")[0]], policy)


def section_title(section: PolicySection, policy: Policy) -> str:
    """Return the heading of a section, with its number where it has one."""
    if not section.number:
        return place(section.title, policy)
    if not section.title.strip("0123456789."):  # a document of before its sections had titles
        return place(section.number)
    return format_html("{} {}", section.number, written(section.title, policy))


def place(at: str, policy: Policy | None = None) -> str:
    """Return where in the document a clause stands; a bare number is called a section."""
    return gettext("Section %(number)s") % {"number": at} if at[:1].isdigit() else written(at, policy)


def groups(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the policy's words for several people, acts or times, with what each stands for."""
    facts = vocabulary().facts
    for word, values in policy.groups.items():
        if set(values) <= {*facts["act"].values}:
            yield phrases.group(word, policy), phrases.kinds(len(values))
        elif set(values) <= {*facts["when"].values}:
            yield phrases.group(word, policy), phrases.circumstances((), values)
        else:
            yield phrases.group(word, policy), phrases.people("who", values)


@dataclass(frozen=True)
class Work:
    """Something that carries a clause out: what is done, and who, when and how as pairs of words."""

    heading: str
    what: str
    rows: tuple[tuple[str, str], ...]


def carried_out(clause: Clause, policy: Policy) -> list[Work]:
    """Return the tasks, steps, checks, watches and approvals of a clause, in plain words; watches of models alone."""
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
            letter=letter_name(step.letter) if step.letter else None,
            refer_to=step.refer_to,
        )
        for step in clause.procedure
    ]
    work += [
        _work(
            _("A check before publishing"),
            check.ask,
            policy,
            of=gettext(_CHECKED.get(check.of, check.of)),
            fails=check.fails,
        )
        for check in clause.checks
    ]
    work += [
        _work(_("May be looked for in monitoring"), watch.looks_for, policy, source=watch.source)
        for watch in clause.watches
        if not clause.number
    ]
    work += [
        _work(_("Approval and signing"), approval.what, policy, who=approval.who, every=approval.every)
        for approval in clause.governance
    ]
    return work


def letter_name(letter: str) -> str:
    """Return what a letter of a procedure is called; a text that is no known letter stays as it is."""
    known = rulebook.case_kinds().letters.get(letter)
    return localised.either(known.en, known.cy) if known else letter


def case_name(kind: str) -> str:
    """Return what a kind of case is called."""
    known = rulebook.case_kinds().kinds.get(kind)
    return localised.either(known.name.en, known.name.cy) if known else kind


_KEYS = {
    "who": _("Who"),
    "when": _("When"),
    "every": _("Repeated every"),
    "on": _("What starts it"),
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
            capped(written(value, policy)) if isinstance(value, str) else _people(value, policy),
        )
        for key, value in words.items()
        if value
    )
    return Work(gettext(heading), capped(written(what, policy)), rows)


def _people(words: tuple[str, ...], policy: Policy) -> str:
    return capfirst(phrases.those(policy, words))
