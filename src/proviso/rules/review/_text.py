"""Plain text and Markdown into a document to review: headings, paragraphs, lists with their stems, tables, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from proviso.rules.review._document import Block, BlockKind, ReviewedDocument, sentences

_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*$")
_ITEM = re.compile(
    r"^\s*(?:[-*•●▪◦‣♣–]\s*)?(?P<number>\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[).]|[-*•●▪◦‣♣–])\s+(?P<text>\S.*)$"
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<text>[A-Z].*)$")
_CONTENTS = re.compile(r"^(?:table of )?contents:?$", re.IGNORECASE)
_DOTTED = re.compile(r"\s*\.{3,}\s*\d*\s*$|\s+\d{1,3}$")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=[^\s_*])(.+?)(?<=[^\s_*])\1")
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def from_text(text: str, name: str = "document", nation: str | None = None) -> ReviewedDocument:
    """Return a document from its plain text or Markdown."""
    lines = [_Line(number, _plain(line)) for number, line in enumerate(text.split("\n"), 1)]
    return ReviewedDocument(name, tuple(_stemmed(_joined(_Blocks(lines).blocks()))), nation)


def _plain(line: str) -> str:
    """Drop marks of emphasis, and whatever does not print."""
    line = _EMPHASIS.sub(r"\2", line.replace("\f", "").replace("\ufeff", "").replace("\\_", "_").rstrip())
    return re.sub(r"^(\s*)\*+(?=\w)|(?<=[\w.])\*+$", r"\1", line)


class _Blocks:
    """The blocks of lines, one by one."""

    def __init__(self, lines: list[_Line]) -> None:
        counts = Counter(line.text.strip() for line in lines if line.text.strip())
        self.running = {
            text for text, count in counts.items() if count >= 3 and len(text) > 3 and not _ITEM.match(text)
        }
        self.lines = [
            line for n, line in enumerate(lines) if line.text.strip() not in self.running or self._first(lines, n)
        ]
        self.heading = ""
        self.in_contents = False
        self.listed: set[str] = set()

    def _first(self, lines: list[_Line], place: int) -> bool:
        return all(line.text.strip() != lines[place].text.strip() for line in lines[:place])

    def blocks(self) -> Iterator[Block]:
        for place, line in enumerate(self.lines):
            if line.text.strip():
                after = self.lines[place + 1].text.strip() if place + 1 < len(self.lines) else ""
                yield self._block(line, after)

    def _block(self, line: _Line, after: str) -> Block:
        text = line.text.strip()
        if self._leaves_contents(text):
            self.in_contents = False
        if self.in_contents:
            self.listed.add(_bare(text))
            number = _NUMBERED.match(text)
            return self._made(BlockKind.CONTENTS, _DOTTED.sub("", text), line, number["number"] if number else "")
        if _CONTENTS.match(text.strip("# ")):
            self.in_contents, self.heading = True, text.strip("# ")
            return self._made(BlockKind.HEADING, self.heading, line)
        if "\t" in text or text.count("|") >= 2:
            return self._made(BlockKind.ROW, text, line)
        heading = _heading(line.text, after)
        if heading:
            number = _NUMBERED.match(heading)
            self.heading = heading
            return self._made(BlockKind.HEADING, heading, line, number["number"] if number else "")
        item = _ITEM.match(line.text)
        if item:
            return self._made(BlockKind.ITEM, item["text"].strip(), line, item["number"].strip("().*-•●▪◦‣♣– "))
        number = _NUMBERED.match(text)
        return self._made(BlockKind.PARAGRAPH, text, line, number["number"] if number else "")

    def _leaves_contents(self, text: str) -> bool:
        """Whether the contents end here: an entry comes again, or a line is too long to be one."""
        return self.in_contents and (_bare(text.lstrip("# ")) in self.listed or len(text.split()) > _HEADING_WORDS + 4)

    def _made(self, kind: BlockKind, text: str, line: _Line, number: str = "") -> Block:
        place = f"line {line.number}"
        return Block(kind, text, f"{self.heading}, {place}" if self.heading and self.heading != text else place, number)


def _bare(text: str) -> str:
    """Return an entry of the contents by what comes again as a heading: its number, or its words."""
    number = _NUMBERED.match(text)
    return number["number"] if number else _DOTTED.sub("", text).casefold()


def _heading(line: str, after: str) -> str:
    """Return a heading's words, or nothing where a line is none."""
    marked = _MARKDOWN_HEADING.match(line.strip())
    if marked:
        return marked["text"]
    text = line.strip()
    if len(text.split()) > _HEADING_WORDS or text[-1] in ".,;:" or "http" in text or ": " in text:
        return ""
    numbered = _NUMBERED.match(text)
    if numbered:
        return text if not after or not after[0].islower() else ""
    if _ITEM.match(line) or not text[0].isupper():
        return ""
    shouted = text.isupper() and len(text) > 3
    return (
        text
        if (shouted or not after) and not re.search(r"\b(?:must|should|will|signed|date[d:]?)\b", text, re.I)
        else ""
    )


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join a paragraph that a page or a line broke off with what goes on with a small letter."""
    last: Block | None = None
    for block in blocks:
        goes_on = block.kind is BlockKind.PARAGRAPH and block.text[:1].islower()
        if last is not None and goes_on and last.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _open(last.text):
            last = replace(last, text=f"{last.text} {block.text}")
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _open(text: str) -> bool:
    return text[-1] not in ".!?:"


def _stemmed(blocks: Iterator[Block]) -> Iterator[Block]:
    """Give each item the stem of its list: the paragraph before it that ends in a colon or leaves a sentence open."""
    stem = ""
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            if block.text.endswith((":", ":-")):
                yield replace(block, stem=stem)
                stem = f"{stem} {block.text}".strip()
            else:
                yield replace(block, stem=stem)
            continue
        text = block.text.rstrip("-– ")
        opens = block.kind is BlockKind.PARAGRAPH and text.endswith((":", " to", " not", " must", " should"))
        stem = sentences(text)[-1] if opens else ""
        yield block
