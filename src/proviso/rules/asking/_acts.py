"""What a question must say for each act, and what it may leave to be supposed: `acts.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from proviso.rules.asking._files import LEXICONS
from proviso.rules.language import read_lexicon
from proviso.rules.rulebook import vocabulary


@dataclass(frozen=True, slots=True)
class ActReading:
    """How questions about one act are read; `ways` is None where any way will do."""

    needs: tuple[str, ...] = ()
    has_person: bool = False
    ways: tuple[str, ...] | None = None
    supposed: Mapping[str, str] = field(default_factory=dict)


def reading_of(act: str) -> ActReading:
    """Return how questions about an act are read."""
    return _acts()[act]


def ways_in(tagged: str) -> list[str]:
    """Return the ways that tags name, the most telling first."""
    return _named("ways", tagged)


def times_in(tagged: str) -> list[str]:
    """Return the times that tags name, the most telling first."""
    return _named("times", tagged)


def mentioned_in(tagged: str) -> list[str]:
    """Return the flags of the people whom a post mentions."""
    before = r"(?<!for )(?<!for the )(?<!to )(?<!to the )(?<!with )(?<!by )"
    return [flag for tag, flag in _lexicon()["mentioned"].items() if re.search(rf"{before}\b{tag}\b", tagged)]


def _named(kind: str, tagged: str) -> list[str]:
    return [value for tag, value in _lexicon()[kind].items() if re.search(rf"\b{tag}\b", tagged)]


@cache
def _lexicon() -> Any:
    return read_lexicon(LEXICONS / "acts.yaml")


@cache
def _acts() -> Mapping[str, ActReading]:
    known: dict[str, ActReading] = {}
    for act, entry in _lexicon()["acts"].items():
        ways = tuple(entry["ways"]) if "ways" in entry else None
        known[act] = ActReading(tuple(entry.get("needs", ())), "person" in entry, ways, entry.get("supposed", {}))
    unknown = known.keys() ^ set(vocabulary().facts["act"].values)
    if unknown:
        raise ValueError(f"acts.yaml and the vocabulary differ in {', '.join(sorted(unknown))}: name each act once")
    return known
