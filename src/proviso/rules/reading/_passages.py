"""Where everything stands: each passage of text with its printed place, its headings, and the stem before its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from proviso.rules.reading._blocks import Block
from proviso.rules.reading._headings import are_marked, is_heading, is_on_title_page, is_particular, without_contents
from proviso.rules.reading._labels import Kind, kind_of
from proviso.rules.reading._sentences import sentences

_FOR = re.compile(
    r"\b(?:(?:policy|document|guidance|guidelines|code|agreement|it|they|section) (?:also )?(?:applies|apply|"
    r"is for|are for|covers?|is written for|is addressed|extends)|applies to|binding on|is for|are for)\b",
    re.I,
)
_OPEN = re.compile(r"(?::|:\s?[-–—]|[:\s][-–—])\s*$")
_HANGING = re.compile(
    r"\b(?:must|should|shall|will|may|can|cannot|not|to|never|always|that|are|is|include|includes|including|"
    r"following|by|do|don[’']t|agree)\s*(?:\.{3}|…)?$",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:staff|students?|pupils?|learners?|children|parents?|carers?|governors?|trustees?|visitors?|"
    r"volunteers?|adults?|employees|teachers?|years?|sixth|key stage|head ?teacher)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:must|should|shall|will|may|can|cannot|do not|don[’']t|never|agree|expect)\b|n[’']t\b|^do\b", re.I
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or cell, with all that is needed to read it."""

    text: str
    stem: str = ""
    heading: str = ""
    headings: tuple[str, ...] = ()
    at: str = ""
    page: int = 0
    item: bool = False
    whole: bool = False


@dataclass(slots=True)
class _Level:
    kind: Kind
    indent: float
    label: str
    stem: str = ""
    count: int = 1
    flat: bool = False
    lead: str = ""


@dataclass(slots=True)
class Outline:
    """The passages of a document, and what is kept apart: its title, headings and particulars."""

    title: str = ""
    passages: list[Passage] = field(default_factory=list)
    particulars: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)

    def about(self) -> tuple[str, list[str]]:
        """Return the words of the title page, and the sentences that say whom the document is for."""
        scope = [
            sentence
            for passage in self.passages[:60]
            for sentence in sentences(f"{passage.stem} {passage.text}")
            if _FOR.search(sentence)
        ]
        return " ".join(self.opening), scope


def outline_of(blocks: Sequence[Block]) -> Outline:
    """Return the outline of a document."""
    kept = without_contents([block for block in blocks if block.text.strip()])
    walk = _Walk(are_marked(kept))
    for number, block in enumerate(kept):
        walk.take(block, kept[number + 1] if number + 1 < len(kept) else None)
    return walk.outline


class _Walk:
    def __init__(self, marked: bool) -> None:
        self._marked = marked
        self.outline = Outline()
        self._headings: list[tuple[int, str, str]] = []
        self._levels: list[_Level] = []
        self._paragraphs = 0
        self._loose = False

    def take(self, block: Block, after: Block | None) -> None:
        """Take the next block; `after` is the one that follows it."""
        if self._is_loose_item(block, after):
            block.label, block.item = "•", True
        if not self.outline.passages and re.match(
            r"(?:applies to|audience|for)\b", f"{block.lead} {block.text}".strip(), re.I
        ):
            self.outline.opening.append(f"{block.lead} {block.text}")
        if is_particular(block):
            self.outline.particulars.append(" | ".join(block.cells) if block.cells else block.text)
            return
        if is_heading(block, after, self._marked) and not self._is_stem_heading(block, after):
            self._take_heading(block)
            if not self.outline.passages and len(self.outline.opening) < 3:
                self.outline.opening.append(block.text)
            return
        if not self.outline.passages and is_on_title_page(block):
            self.outline.particulars.append(block.text)
            return
        if block.cells:
            self.outline.passages += self._row(block)
            return
        self._take_text(block, after)

    def _is_loose_item(self, block: Block, after: Block | None) -> bool:
        """Whether a line without a bullet is an item of a list that its stem has opened."""
        if block.label or block.level or block.bold or block.cells or not self._levels or not self._levels[-1].stem:
            self._loose = False if not block.cells else self._loose
            if not (self._loose and not block.label and not block.level and not block.bold and not block.cells):
                return False
        level = next((each for each in self._levels if each.stem and each.kind.name == "stem"), None)
        if level is None or (level.count > 1 and not self._loose):
            return False
        short = len(block.text) < 160 and len(sentences(block.text)) == 1
        self._loose = (
            short
            and not block.text.rstrip().endswith(":")
            and (self._loose or block.text[:1].islower() or _alike(block, after))
        )
        return self._loose

    def _is_stem_heading(self, block: Block, after: Block | None) -> bool:
        """Whether what looks like a heading is what its list goes on from: “Staff must not:”."""
        if after is None or not (after.item or after.text[:1].islower()):
            return False
        if not (
            _VERB.search(block.text)
            and (block.text.rstrip().endswith((":", "…", "...")) or _HANGING.search(block.text))
        ):
            return False
        return len(block.text.split()) > 2 and "?" not in block.text

    def _take_heading(self, block: Block) -> None:
        text = block.text.strip().rstrip(":").strip()
        kind = kind_of(block.label)
        level = (
            1
            if re.match(r"(?:appendix|annex|schedule)\b", text, re.I)
            else block.level or (kind.depth if kind.name == "decimal" else 8 if block.bold or text.isupper() else 9)
        )
        if kind.name == "decimal" and not block.level and self._headings and self._headings[-1][2] and level > 6:
            level = kind.depth
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, text, block.label))
        self.outline.headings.append((block.label, text))
        self.outline.title = self.outline.title or text
        self._levels, self._paragraphs, self._loose = [], 0, False

    def _take_text(self, block: Block, after: Block | None) -> None:
        level = self._enter(block)
        text = block.text.strip()
        opens = self._opens(block, after)
        if opens:
            before, stem = _stem_of(text)
            level.stem = stem
            self._levels.append(level)
            if before:
                self.outline.passages.append(self._passage(before, block, level, self._stems()[:-1]))
            return
        stems = self._stems()
        if level.kind.name:
            self._levels.append(level)
        self.outline.passages.append(self._passage(text, block, level, stems))

    def _opens(self, block: Block, after: Block | None) -> bool:
        text = block.text.strip()
        if after is None:
            return False
        follows = after.item or bool(after.cells) or after.text[:1].islower()
        if _OPEN.search(text):
            return follows or (len(after.text) < 120 and not after.level and not after.bold and _alike(after, None))
        deeper = after.item and (
            not block.label or after.indent > block.indent or kind_of(after.label) != kind_of(block.label)
        )
        if not deeper or text.endswith((".", "?", "!", ";")) or text.endswith(",") and not _VERB.search(text):
            return False
        return bool(_HANGING.search(text)) or text.endswith(",") or not block.label

    def _enter(self, block: Block) -> _Level:
        """Close the lists that a block ends, and return its own level."""
        before = self._levels[-1].label if self._levels else ""
        kind = kind_of(block.label, self._sibling(block) or before)
        if kind == Kind("decimal", 1):
            kind = Kind("number")
        if not kind.name:
            self._levels = [level for level in self._levels if level.kind.name == "decimal"]
            for level in self._levels:
                level.stem = ""
            self._paragraphs += 1
            return _Level(Kind("stem"), block.indent, "", lead=block.lead)
        count = 1
        if kind.name in ("decimal", "named"):
            while self._levels and not self._holds(self._levels[-1], block.label):
                self._levels.pop()
        else:
            place = self._place_of(kind, block.indent)
            if place is not None and not self._levels[place].flat:
                count = self._levels[place].count + 1
                del self._levels[place:]
            elif place is not None:
                count = self._levels[place + 1].count + 1 if place + 1 < len(self._levels) else 1
                del self._levels[place + 1 :]
        return _Level(kind, block.indent, block.label, count=count, lead=block.lead)

    def _sibling(self, block: Block) -> str:
        return next(
            (level.label for level in reversed(self._levels) if level.indent == block.indent and level.label != "•"), ""
        )

    def _place_of(self, kind: Kind, indent: float) -> int | None:
        """Return the level whose list a label goes on with."""
        for place in range(len(self._levels) - 1, -1, -1):
            level = self._levels[place]
            if level.kind.name == "stem":
                return None
            if level.kind.name == kind.name and indent <= level.indent + 0.9:
                if level.stem and place == len(self._levels) - 1 and indent >= level.indent - 0.9:
                    level.flat = kind.name == "bullet"
                    return place
                return place
            if level.kind.name == "decimal" and level.label:
                return None
        return None

    def _holds(self, level: _Level, label: str) -> bool:
        if level.kind.name == "stem":
            return bool(level.stem) and not self._numbered_heading()
        if level.kind.name not in ("decimal", "named"):
            return False
        own, other = re.findall(r"\w+", level.label), re.findall(r"\w+", label)
        return len(other) > len(own) and other[: len(own)] == own

    def _numbered_heading(self) -> bool:
        return bool(self._headings and self._headings[-1][2])

    def _stems(self) -> list[str]:
        return [level.stem for level in self._levels if level.stem]

    def _passage(self, text: str, block: Block, level: _Level, stems: Sequence[str]) -> Passage:
        lead = level.lead or next((each.lead for each in reversed(self._levels) if each.lead), "")
        headings = tuple(heading for _level, heading, _label in self._headings) + ((lead,) if lead else ())
        heading = headings[-1] if headings else ""
        return Passage(text, " ".join(stems), heading, headings, self._at(level, heading), block.page, item=block.item)

    def _at(self, level: _Level, heading: str) -> str:
        """Return the printed place: numbers from outside in, or the heading with what is counted under it."""
        if level.lead and not level.label:
            return f"{level.lead}, paragraph 1"
        number = self._headings[-1][2] if self._headings else ""
        parts = [number] if number else []
        for each in (*self._levels, *(() if level in self._levels else (level,))):
            if each.kind.name in ("decimal", "named"):
                parts = [each.label]
            elif each.kind.name == "bullet":
                parts.append(f"bullet {each.count}")
            elif each.label:
                parts.append(each.label)
        in_list = not number and bool(self._stems()) and level.kind.name == "number"
        if parts and not in_list and not parts[0].startswith("bullet") and any(char.isdigit() for char in parts[0]):
            return " ".join(parts)
        return ", ".join(filter(None, [heading or "Start", " ".join(parts) or f"paragraph {self._paragraphs}"]))

    def _row(self, block: Block) -> Iterator[Passage]:
        """Yield the passages of a table's row: a cell each under a heading that says something, else the row as one."""
        level = _Level(Kind("stem"), block.indent, "")
        self._paragraphs += 1
        cells = [
            (cell.strip(), name.strip())
            for cell, name in zip(block.cells, block.header or [""] * len(block.cells), strict=False)
        ]
        told = [(cell, name) for cell, name in cells if cell]
        if not block.header and all(len(cell) < 60 and not _VERB.search(cell) for cell, _name in told):
            return
        if not block.header and all(len(cell.split()) <= 6 for cell, _name in told):
            return
        by_group = [_GROUP.search(name) is not None for _cell, name in cells[1:]]
        apart = block.header and all(_GROUP.search(name) for _cell, name in cells)
        if apart or (block.header and any(_VERB.search(name) for _cell, name in told)):
            for cell, name in told:
                yield from self._cell(cell, name, block, level)
            return
        if by_group and all(by_group) and cells[0][0]:
            yield from self._by_group(cells, block, level)
            return
        long = [cell for cell, _name in told if len(sentences(cell)) > 1 or "\n" in cell]
        if long and len(told) > 1:
            first = told[0][0]
            for cell, _name in told[1:]:
                yield from self._cell(cell, first, block, level)
            return
        whole = self._passage(" ".join(cell for cell, _name in told), block, level, self._stems())
        yield Passage(whole.text, whole.stem, whole.heading, whole.headings, whole.at, whole.page, whole=True)

    def _by_group(self, cells: Sequence[tuple[str, str]], block: Block, level: _Level) -> Iterator[Passage]:
        """Yield what a row says of each group of people that heads a column; once where it is the same for all."""
        does, said = cells[0][0], [(cell, name) for cell, name in cells[1:] if cell]
        same = len({cell.lower() for cell, _name in said}) == 1
        for cell, name in said[:1] if same else said:
            stem = " and ".join(each for _cell, each in said) if same else name
            made = self._passage(f"{does} {cell}", block, level, [*self._stems(), stem])
            yield Passage(made.text, made.stem, made.heading, made.headings, made.at, made.page, whole=True)

    def _cell(self, cell: str, stem: str, block: Block, level: _Level) -> Iterator[Passage]:
        for line in cell.split("\n"):
            words = re.sub(r"^[•–-]\s*", "", line.strip())
            if words:
                yield self._passage(words, block, level, [*self._stems(), stem] if stem else self._stems())


def _alike(block: Block, after: Block | None) -> bool:
    """Whether a line looks like one of a list: short, with no stop at its end."""
    short = len(block.text) < 100 and not block.text.rstrip().endswith((".", "?"))
    return short and (after is None or not after.level)


def _stem_of(text: str) -> tuple[str, str]:
    """Return what stands before a stem, and the stem without its colon."""
    parts = sentences(text)
    return " ".join(parts[:-1]), re.sub(r"[\s:,–—-]+$", "", parts[-1]).rstrip("….").strip()
