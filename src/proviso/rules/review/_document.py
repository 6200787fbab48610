"""A document as it is reviewed: its words with their places, whatever it was read from."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from proviso.rules.norms import Clause, CompiledPolicy
from proviso.rules.rulebook import review_reference

_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+(?=[A-Z“\"'(])")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|No|St|para|s|ss|Rev)\.)$", re.IGNORECASE)


_LONGEST = 1_500  # characters of a sentence: a longer one is none, and patterns take long over it


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document: a heading, a paragraph, an item of a list, a row of a table, an entry of its contents.

    `at` says where it stands (its section, and its line or page where it has one), `number` is its own printed number,
    `stem` the words that an item completes. `source` is the clause that it comes from, where the document is a policy.
    """

    kind: BlockKind
    text: str
    at: str
    number: str = ""
    stem: str = ""
    source: str = ""

    @property
    def whole(self) -> str:
        """The text with the stem that it completes."""
        return f"{self.stem} {self.text}" if self.stem else self.text


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or an item with its stem, and where it stands; `own` are its words without the stem."""

    text: str
    at: str
    own: str
    source: str = ""


@dataclass(frozen=True)
class ReviewedDocument:
    """What is reviewed: a policy of the rulebook or a school's own comes with its clauses, a file with its words alone.

    `nation` is None where it is to be found in the words. `review_due`, `dated` and `topics` are known of a policy, and
    searched for in a file.
    """

    name: str
    blocks: tuple[Block, ...]
    nation: str | None = None
    policy: CompiledPolicy | None = None
    review_due: date | None = None
    dated: date | None = None
    topics: frozenset[str] = field(default=frozenset())

    @cached_property
    def text(self) -> str:
        """All the words, a block to a line."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every sentence, with the stem of the list that it stands in."""
        return tuple(self._statements())

    @cached_property
    def home(self) -> str:
        """The nation: the one that is known, or that most of the words speak for; England where nothing tells."""
        if self.nation:
            return self.nation
        known = review_reference().nations
        counts = {
            nation: sum(len(found.findall(self.text)) for found in patterns) for nation, patterns in known.items()
        }
        best = max(counts, key=lambda nation: counts[nation])
        return best if counts[best] else "England"

    def _statements(self) -> Iterator[Statement]:
        for block in self.blocks:
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
                for sentence in sentences(block.text):
                    whole = f"{block.stem} {sentence}" if block.stem else sentence
                    yield Statement(whole, block.at, sentence, block.source)


def sentences(text: str) -> list[str]:
    """Split a text into sentences; abbreviations end none."""
    parts: list[str] = []
    for part in _SENTENCE_ENDS.split(" ".join(text.split())):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return [piece for part in parts for piece in textwrap.wrap(part, _LONGEST, break_on_hyphens=False)]


def place_of(clause: Clause) -> str:
    """Return where a clause stands, for a reader of its policy: its number where it has one, else its id and place."""
    if clause.number:
        return clause.number
    return f"{clause.label}, {clause.at}" if clause.label != clause.at else clause.at
