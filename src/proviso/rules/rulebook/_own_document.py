"""A policy as an establishment's own document: its sections and their numbers, and its blanks, filled in.

A blank stands in a text with the words of the model: `{headteacher|the headteacher}`. Once a headteacher is recorded
it reads *the headteacher (Rosa Ash)*; `{school|the school}` becomes the school's name, `{section:4.1|4.1}` the section
in which the model's place 4.1 stands now, and `{clause:LA-4.1x|a note}` the number of that clause. In a model each
blank reads as its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

from proviso.rules.norms import Clause, Condition, Policy
from proviso.rules.rulebook._headings import headings

T = TypeVar("T")

PEOPLE = ("headteacher", "dsl", "chair", "safeguarding_governor")
CHANNELS = ("agreed_channel", "school_contact", "official_channel")
BLANKS = ("school", "section", "clause", *PEOPLE, *CHANNELS)
_BLANK = re.compile(r"\{([a-z_]+)(?::([^|{}]+))?\|([^{}]*)\}")
_LEADING_NUMBER = re.compile(r"^\d+(?:\.\d+)*\s*")


@dataclass(frozen=True)
class PolicySection:
    """Clauses that stand together; a model's section has no number, and its place as its title."""

    number: str
    title: str
    clauses: tuple[Clause, ...]


def sections(policy: Policy) -> tuple[PolicySection, ...]:
    """Return the sections of a policy in the order of its document."""
    if is_own(policy):
        titles = _titles(policy)
        grouped = groupby(policy.clauses, key=lambda clause: clause.number.split(".")[0])
        named = [(number, tuple(group)) for number, group in grouped]
        return tuple(PolicySection(number, titles[group[0].at], group) for number, group in named)
    places = headings(policy)
    return tuple(
        PolicySection("", title, tuple(group))
        for title, group in groupby(policy.clauses, key=lambda clause: places[clause.at])
    )


def is_own(policy: Policy) -> bool:
    """Say whether a policy is an establishment's own document, which numbers its clauses."""
    return any(clause.number for clause in policy.clauses)


def numbered(policy: Policy) -> Policy:
    """Return a policy in the order of its sections, with each clause under a number: 1.1, 1.2, 2.1, ..."""
    titles = _titles(policy)
    order = {title: place for place, title in enumerate(dict.fromkeys((*policy.sections, *_met(policy, titles))))}
    clauses = sorted(policy.clauses, key=lambda clause: order[titles[clause.at]])
    together = groupby(clauses, key=lambda clause: titles[clause.at])
    return replace(
        policy,
        clauses=tuple(
            replace(clause, number=f"{section}.{number}")
            for section, (_title, group) in enumerate(together, start=1)
            for number, clause in enumerate(group, start=1)
        ),
    )


def _met(policy: Policy, titles: Mapping[str, str]) -> Iterator[str]:
    return (titles[clause.at] for clause in policy.clauses)


def _titles(policy: Policy) -> dict[str, str]:
    """Return the title of the section in which each place of a policy stands."""
    places = headings(policy)
    listed = {place: title for title, named in policy.sections.items() for place in named}
    return {at: _title(at, head, listed, policy) for at, head in places.items()}


def _title(at: str, head: str, listed: Mapping[str, str], policy: Policy) -> str:
    if at in policy.sections:
        return at
    return listed.get(at) or listed.get(head) or _LEADING_NUMBER.sub("", head) or head


def blanks(clause: Clause) -> set[str]:
    """Return the names of the blanks in a clause's texts."""
    named: set[str] = set()

    def note(text: str) -> str:
        named.update(match[1] for match in _BLANK.finditer(text))
        return text

    _each_text(clause, note)
    return named


def without_blanks(text: str) -> str:
    """Return a text with the words of its blanks in their place: what somebody reads who changes it."""
    return _BLANK.sub(lambda match: match[3], text)


def with_blanks(text: str, before: str) -> str:
    """Return a text that somebody changed with the blanks that it had before, where their words still stand in it."""
    kept, place = "", 0
    for match in _BLANK.finditer(before):
        found = text.find(match[3], place) if match[3] else -1
        if found >= 0:
            kept += text[place:found] + match[0]
            place = found + len(match[3])
    return kept + text[place:]


def filled(policy: Policy) -> Policy:
    """Return a policy with its blanks filled in, in both languages; what is not recorded has the model's words."""
    english, welsh = _Filler(policy, in_welsh=False), _Filler(policy, in_welsh=True)
    return replace(
        policy,
        clauses=tuple(
            replace(_each_text(clause, english), welsh=welsh(clause.welsh) if clause.welsh else None)
            for clause in policy.clauses
        ),
        words_welsh={english(text): welsh(words) for text, words in policy.words_welsh.items()},
    )


class _Filler:
    """Fills in the blanks of one policy's texts, in one language."""

    def __init__(self, policy: Policy, *, in_welsh: bool) -> None:
        self.policy, self.in_welsh = policy, in_welsh
        self.is_own = is_own(policy)
        self.numbers = {place: section.number for section in sections(policy) for place in _places(section, policy)}

    def __call__(self, text: str) -> str:
        return _BLANK.sub(self._words, text) if "{" in text else text

    def _words(self, match: re.Match[str]) -> str:
        blank, argument, words = match.groups()
        if not self.is_own:
            return words
        if blank == "school":
            return self._named(self.policy.establishment)
        if blank == "section":
            return self._section(argument or "") or words
        if blank == "clause":
            return next((clause.number for clause in self.policy.clauses if clause.id == argument), words)
        contact = self.policy.contacts.get(blank)
        names = [contact.name] if contact and contact.name else [*map(self._named, self.policy.channels.get(blank, ()))]
        return f"{words} ({', '.join(names)})" if names else words

    def _section(self, place: str) -> str:
        number = self.numbers.get(place)
        return f"{'adran' if self.in_welsh else 'section'} {number}" if number else ""

    def _named(self, name: str) -> str:
        return self.policy.words_welsh.get(name, name) if self.in_welsh else name


def _places(section: PolicySection, policy: Policy) -> Iterator[str]:
    places = headings(policy)
    return (place for clause in section.clauses for place in (clause.at, places[clause.at]))


def _each_text(record: T, change: Callable[[str], str]) -> T:
    """Return a clause, or a part of one, with each of its texts changed; conditions hold none."""
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]  # a dataclass: clauses and their parts are
        value = getattr(record, field.name)
        new = _changed(value, change)
        if new != value:
            changed[field.name] = new
    return replace(record, **changed) if changed else record  # type: ignore[type-var]  # as above


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, Condition | type):
        return _each_text(value, change)
    return value
