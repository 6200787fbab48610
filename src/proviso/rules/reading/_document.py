"""A document that was read, and how it is passed from one process to another."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proviso.rules.reading._blocks import Block, Content
from proviso.rules.reading._html import read_html
from proviso.rules.reading._kinds import check_read, kind_of_file, text_of
from proviso.rules.reading._passages import outline_of
from proviso.rules.reading._pdf import read_pdf
from proviso.rules.reading._plain import read_plain
from proviso.rules.reading._statements import Confidence, Statement, statements_of
from proviso.rules.reading._word import read_word


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as it was read.

    `particulars` are its lines of dates, names and versions, `headings` the number and words of each heading, `lines`
    all of its words in the order of the document, written as Markdown has headings, items and rows.
    """

    kind: str
    title: str
    pages: int
    headings: tuple[tuple[str, str], ...]
    particulars: tuple[str, ...]
    statements: tuple[Statement, ...]
    lines: tuple[str, ...] = ()

    def as_mapping(self) -> dict[str, Any]:
        """Return the document as JSON has it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "pages": self.pages,
            "headings": [list(heading) for heading in self.headings],
            "particulars": list(self.particulars),
            "statements": [_statement(statement) for statement in self.statements],
            "lines": list(self.lines),
        }

    @classmethod
    def of_mapping(cls, written: Mapping[str, Any]) -> Document:
        """Return the document that some JSON holds."""
        return cls(
            kind=written["kind"],
            title=written["title"],
            pages=written["pages"],
            headings=tuple((number, words) for number, words in written["headings"]),
            particulars=tuple(written["particulars"]),
            statements=tuple(
                Statement(
                    **{
                        **each,
                        "who": tuple(each["who"]),
                        "topics": tuple(each["topics"]),
                        "facts": tuple(each["facts"]),
                        "confidence": Confidence(**each["confidence"]),
                    }
                )
                for each in written["statements"]
            ),
            lines=tuple(written["lines"]),
        )


def _statement(statement: Statement) -> dict[str, Any]:
    fields = dataclasses.asdict(statement)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def content_of(content: bytes, name: str = "") -> Content:
    """Return the blocks of a file.

    Raises:
        UnreadableError: it cannot be read; the code says why.
    """
    kind = kind_of_file(content, name)
    if kind == "pdf":
        blocks, pages = read_pdf(content)
        made = Content(kind, blocks, pages)
    elif kind == "docx":
        made = Content(kind, read_word(content))
    elif kind == "html":
        made = Content(kind, read_html(content))
    else:
        made = Content(kind, read_plain(text_of(content)))
    check_read(made)
    return made


def read(content: bytes, name: str = "") -> Document:
    """Read a policy, in this process. For files from outside use `read_apart`.

    Raises:
        UnreadableError: it cannot be read; the code says why.
    """
    made = content_of(content, name)
    outline = outline_of(made.blocks)
    statements = statements_of(outline)
    return Document(
        made.kind,
        outline.title,
        made.pages,
        tuple(outline.headings),
        tuple(outline.particulars),
        tuple(statements),
        tuple(map(_line, made.blocks)),
    )


def _line(block: Block) -> str:
    """Return a block as Markdown writes it, in one line."""
    words = " ".join(part for part in (block.label if not block.item else "", block.lead, block.text) if part)
    words = " ".join(words.split())
    if block.cells:
        return "| " + " | ".join(" ".join(cell.split()) for cell in block.cells) + " |"
    if block.item:
        return f"{block.label} {words}" if block.label[:1].isalnum() or block.label[:1] == "(" else f"- {words}"
    return f"{'#' * min(block.level, 6)} {words}" if block.level else words
