"""Dated reference data: law, guidance and platforms, each with nation, source and sureness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from proviso.rules.norms import Clause, Condition, Note, Vocabulary
from proviso.rules.rulebook._read import NATIONS, SURE, ConditionReader
from proviso.rules.rulebook._yaml_reader import Reader


@dataclass(frozen=True, slots=True)
class Source:
    """An Act, a regulation or a piece of guidance; `sure` says how well it was verified (A, B or C).

    `name_welsh` is the title under which it is published in Welsh, `welsh` what it says in Welsh. `clauses` are those
    that it touches although they do not name it.
    """

    id: str
    name: str
    says: str
    source: str
    sure: str
    nations: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    name_welsh: str | None = None
    welsh: str | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform as people call it, the age in its own terms and what has become of it; `welsh` says that in Welsh.

    `privacy` are the steps to its privacy settings: they move often, so nobody should take them for verified.
    """

    id: str
    name: str
    also: tuple[str, ...]
    kind: str
    state: str
    source: str
    sure: str
    minimum_age: int | None = None
    since: date | None = None
    until: date | None = None
    welsh: str | None = None
    privacy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """All reference data, by id."""

    laws: dict[str, Source]
    guidance: dict[str, Source]
    platforms: dict[str, Platform]
    notes: tuple[Note, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((*self.laws, *self.guidance, *self.platforms))

    def changed(self, nation: str, after: date, until: date) -> tuple[str, ...]:
        """Return the law, guidance and platforms of a nation that began or ended after a day and until another."""
        days = {
            source.id: (source.since, source.until)
            for source in (*self.laws.values(), *self.guidance.values())
            if nation in source.nations
        }
        days |= {platform.id: (platform.since, platform.until) for platform in self.platforms.values()}
        return tuple(name for name, ends in days.items() if any(day and after < day <= until for day in ends))

    def touching(self, clause: Clause, nation: str) -> tuple[str, ...]:
        """Return the law and guidance of a nation that touch a clause although it does not name them."""
        sources = (*self.laws.values(), *self.guidance.values())
        touches = (source for source in sources if clause.id in source.clauses and nation in source.nations)
        return tuple(source.id for source in touches if source.id not in clause.refers)


def read_reference(folder: Path, vocabulary: Vocabulary) -> Reference:
    """Read the reference data of a folder.

    Raises:
        RulebookError: every fault of the first file that has any.
    """
    return Reference(
        laws=_sources(folder / "laws.yaml"),
        guidance=_sources(folder / "guidance.yaml"),
        platforms=_platforms(folder / "platforms.yaml"),
        notes=_notes(folder / "notes.yaml", vocabulary),
    )


def _sources(path: Path) -> dict[str, Source]:
    reader = Reader(path)
    sources: dict[str, Source] = {}
    for source_id, _, node in reader.pairs(reader.root()):
        needed = ("name", "says", "source", "sure", "nations")
        keys = reader.mapping(node, needed, ("since", "until", "name_welsh", "welsh", "clauses"))
        sources[source_id] = Source(
            id=source_id,
            name=reader.text(keys.get("name")),
            says=reader.text(keys.get("says")),
            source=reader.text(keys.get("source")),
            sure=sureness(reader, keys.get("sure")),
            nations=nations_of(reader, keys.get("nations")),
            since=reader.day(keys.get("since")),
            until=reader.day(keys.get("until")),
            name_welsh=reader.optional(keys.get("name_welsh")),
            welsh=reader.optional(keys.get("welsh")),
            clauses=reader.texts(keys.get("clauses")),
        )
    reader.finish()
    return sources


def _platforms(path: Path) -> dict[str, Platform]:
    reader = Reader(path)
    platforms: dict[str, Platform] = {}
    for platform_id, _, node in reader.pairs(reader.root()):
        needed = ("name", "also", "kind", "state", "source", "sure")
        keys = reader.mapping(node, needed, ("minimum_age", "since", "until", "welsh", "privacy"))
        age = reader.optional(keys.get("minimum_age"))
        if age is not None and not age.isdigit():
            reader.fault(keys["minimum_age"], f"`{age}` is not an age in years", "write a number")
        platforms[platform_id] = Platform(
            id=platform_id,
            name=reader.text(keys.get("name")),
            also=reader.texts(keys.get("also")),
            kind=reader.text(keys.get("kind")),
            state=reader.text(keys.get("state")),
            source=reader.text(keys.get("source")),
            sure=sureness(reader, keys.get("sure")),
            minimum_age=int(age) if age and age.isdigit() else None,
            since=reader.day(keys.get("since")),
            until=reader.day(keys.get("until")),
            welsh=reader.optional(keys.get("welsh")),
            privacy=reader.texts(keys.get("privacy")),
        )
    reader.finish()
    return platforms


def _notes(path: Path, vocabulary: Vocabulary) -> tuple[Note, ...]:
    reader = ConditionReader(path, vocabulary)
    notes: list[Note] = []
    for note_id, _, node in reader.pairs(reader.root()):
        needed = ("text", "source", "sure", "nations", "since")
        keys = reader.mapping(node, needed, ("until", "when", "clauses", "welsh"))
        if "when" not in keys and "clauses" not in keys:
            reader.fault(node, f"`{note_id}` would never be shown", "add `when:` or `clauses:`")
        when: Condition | None = reader.condition(keys["when"]) if "when" in keys else None
        notes.append(
            Note(
                id=note_id,
                text=reader.text(keys.get("text")),
                source=reader.text(keys.get("source")),
                sure=sureness(reader, keys.get("sure")),
                nations=nations_of(reader, keys.get("nations")),
                since=reader.day(keys.get("since")) or date.min,
                until=reader.day(keys.get("until")),
                when=when,
                clauses=reader.texts(keys.get("clauses")),
                welsh=reader.optional(keys.get("welsh")),
            )
        )
    reader.finish()
    return tuple(notes)


def sureness(reader: Reader, node: yaml.Node | None) -> str:
    """Return how well something was verified: A, B or C."""
    word = reader.text(node)
    if node is not None and word not in SURE:
        reader.fault(
            node, f"`sure: {word}` is none of A, B, C", "write A (text read), B (report read) or C (unverified)"
        )
    return word


def nations_of(reader: Reader, node: yaml.Node | None) -> tuple[str, ...]:
    """Return the nations where something holds."""
    words = reader.texts(node)
    for word in words:
        if word not in NATIONS and node is not None:
            reader.fault(node, f"unknown nation `{word}`", f"use {' or '.join(NATIONS)}")
    return words
