"""What a document is reviewed against: Acts, titles, claims and expected topics, dated data of `reference/review/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from proviso.rules.rulebook._reference import sureness
from proviso.rules.rulebook._yaml_reader import Reader

# A document may come from any of the four, though a rulebook's policies come from two.
REVIEWED_NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


@dataclass(frozen=True, slots=True)
class Act:
    """An Act of a title and its years; `until` is its last day where it was repealed, `instead` what took its place."""

    title: str
    years: tuple[int, ...]
    nations: tuple[str, ...]
    source: str
    sure: str
    until: date | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Guidance, or a body, as documents name it.

    Any of `named` finds it, any of `not_by` whoever is wrongly taken for its author. `editions` are the years of those
    that were superseded by `now`; one with `until` is superseded altogether. `is_link` says that it is an address.
    """

    id: str
    title: str
    named: tuple[re.Pattern[str], ...]
    nations: tuple[str, ...]
    source: str
    sure: str
    author: str = ""
    not_by: tuple[re.Pattern[str], ...] = ()
    editions: tuple[int, ...] = ()
    now: str = ""
    since: date | None = None
    until: date | None = None
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that law or guidance overrides: found where all of `says` and none of `but` are in it.

    What is found anywhere in the document by `unless_document` sets it right.
    """

    id: str
    rule: str
    says: tuple[re.Pattern[str], ...]
    but: tuple[re.Pattern[str], ...]
    unless_document: tuple[re.Pattern[str], ...]
    message: str
    do: str
    source: str
    sure: str
    nations: tuple[str, ...]
    since: date


@dataclass(frozen=True, slots=True)
class ExpectedTopic:
    """A topic that a nation's baseline speaks of, and how a document shows that it does."""

    topic: str
    found: tuple[re.Pattern[str], ...]
    nations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewReference:
    """All that a document is reviewed against."""

    acts: tuple[Act, ...]
    titles: tuple[Title, ...]
    claims: tuple[Claim, ...]
    expected: tuple[ExpectedTopic, ...]
    nations: dict[str, tuple[re.Pattern[str], ...]]
    rule_of_note: dict[str, str]


def read_review_reference(folder: Path) -> ReviewReference:
    """Read the data of a folder.

    Raises:
        RulebookError: every fault of the first file that has any.
    """
    return ReviewReference(
        acts=_acts(folder / "acts.yaml"),
        titles=_titles(folder / "titles.yaml"),
        claims=_claims(folder / "claims.yaml"),
        expected=_expected(folder / "expected.yaml"),
        nations=_nations(folder / "nations.yaml"),
        rule_of_note=_rules_of_notes(folder / "notes.yaml"),
    )


def _acts(path: Path) -> tuple[Act, ...]:
    reader = Reader(path)
    acts = []
    for node in reader.items(reader.mapping(reader.root(), ("acts",)).get("acts")):
        keys = reader.mapping(node, ("title", "years", "nations", "source", "sure"), ("until", "instead"))
        acts.append(
            Act(
                title=reader.text(keys.get("title")),
                years=_years(reader, keys.get("years")),
                nations=_of_nations(reader, keys.get("nations")),
                source=reader.text(keys.get("source")),
                sure=sureness(reader, keys.get("sure")),
                until=reader.day(keys.get("until")),
                instead=reader.optional(keys.get("instead")) or "",
            )
        )
    reader.finish()
    return tuple(acts)


def _titles(path: Path) -> tuple[Title, ...]:
    reader = Reader(path)
    titles = []
    for title_id, _, node in reader.pairs(reader.root()):
        needed = ("title", "named", "nations", "source", "sure")
        keys = reader.mapping(node, needed, ("author", "not_by", "editions", "now", "since", "until", "link"))
        titles.append(
            Title(
                id=title_id,
                title=reader.text(keys.get("title")),
                named=_patterns(reader, keys.get("named")),
                nations=_of_nations(reader, keys.get("nations")),
                source=reader.text(keys.get("source")),
                sure=sureness(reader, keys.get("sure")),
                author=reader.optional(keys.get("author")) or "",
                not_by=_patterns(reader, keys.get("not_by")),
                editions=_years(reader, keys.get("editions")),
                now=reader.optional(keys.get("now")) or "",
                since=reader.day(keys.get("since")),
                until=reader.day(keys.get("until")),
                is_link="link" in keys,
            )
        )
    reader.finish()
    return tuple(titles)


def _claims(path: Path) -> tuple[Claim, ...]:
    reader = Reader(path)
    claims = []
    for claim_id, _, node in reader.pairs(reader.root()):
        needed = ("rule", "says", "message", "do", "source", "sure", "nations", "since")
        keys = reader.mapping(node, needed, ("but", "unless_document"))
        claims.append(
            Claim(
                id=claim_id,
                rule=reader.text(keys.get("rule")),
                says=_patterns(reader, keys.get("says")),
                but=_patterns(reader, keys.get("but")),
                unless_document=_patterns(reader, keys.get("unless_document")),
                message=reader.text(keys.get("message")),
                do=reader.text(keys.get("do")),
                source=reader.text(keys.get("source")),
                sure=sureness(reader, keys.get("sure")),
                nations=_of_nations(reader, keys.get("nations")),
                since=reader.day(keys.get("since")) or date.min,
            )
        )
    reader.finish()
    return tuple(claims)


def _expected(path: Path) -> tuple[ExpectedTopic, ...]:
    reader = Reader(path)
    expected = []
    for topic, _, node in reader.pairs(reader.root()):
        keys = reader.mapping(node, ("found", "nations"))
        found = _patterns(reader, keys.get("found"))
        expected.append(ExpectedTopic(topic, found, _of_nations(reader, keys.get("nations"))))
    reader.finish()
    return tuple(expected)


def _nations(path: Path) -> dict[str, tuple[re.Pattern[str], ...]]:
    reader = Reader(path)
    nations = {nation: _patterns(reader, node) for nation, _, node in reader.pairs(reader.root())}
    reader.finish()
    return nations


def _rules_of_notes(path: Path) -> dict[str, str]:
    reader = Reader(path)
    rules = {note: reader.text(node) for note, _, node in reader.pairs(reader.root())}
    reader.finish()
    return rules


def _patterns(reader: Reader, node: yaml.Node | None) -> tuple[re.Pattern[str], ...]:
    """Return patterns that find a text in whatever case; those of capitals alone mind the case."""
    patterns = []
    for text in reader.texts(node):
        shouted = re.sub(r"\\.|\?|\[.*?\]", "", text)
        flags = 0 if shouted.isupper() else re.IGNORECASE
        try:
            patterns.append(re.compile(text, flags))
        except re.error as error:
            reader.fault(node or reader.root(), f"`{text}` is no pattern: {error}", "write it as Python's `re` has it")
    return tuple(patterns)


def _years(reader: Reader, node: yaml.Node | None) -> tuple[int, ...]:
    years = []
    for item in reader.items(node):
        year = reader.text(item, "a year")
        if not (year.isdigit() and len(year) == 4):
            reader.fault(item, f"`{year}` is not a year", "write four figures")
        else:
            years.append(int(year))
    return tuple(years)


def _of_nations(reader: Reader, node: yaml.Node | None) -> tuple[str, ...]:
    words = reader.texts(node)
    for word in words:
        if word not in REVIEWED_NATIONS and node is not None:
            reader.fault(node, f"unknown nation `{word}`", f"use {' or '.join(REVIEWED_NATIONS)}")
    return words
