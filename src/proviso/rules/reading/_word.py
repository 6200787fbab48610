"""Word documents, by python-docx; numbers that Word works out itself are worked out here, too."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from proviso.rules.reading._blocks import Block, UnreadableError
from proviso.rules.reading._labels import split_label
from proviso.rules.reading._numbers import written

MOST_UNPACKED = 150_000_000
MOST_TEXT = 60_000_000
MOST_MEMBERS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|title|subtitle)\s*(\d)?$", re.I)
_DAMAGED = (
    zipfile.BadZipFile,
    PackageNotFoundError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    OSError,
    zlib.error,
)


def read_word(content: bytes) -> list[Block]:
    """Return the blocks of a Word document.

    Raises:
        UnreadableError: damaged, or larger than any policy once it is unpacked.
    """
    try:
        _check(content)
        document = Document(io.BytesIO(content))
        reader = _Reader(document)
        return list(reader.blocks(document.element.body))
    except UnreadableError:
        raise
    except _DAMAGED as error:
        raise UnreadableError("damaged", kind="Word") from error


def _check(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        text = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
        if (
            len(members) > MOST_MEMBERS
            or sum(member.file_size for member in members) > MOST_UNPACKED
            or text > MOST_TEXT
        ):
            raise UnreadableError("too-large-unpacked", megabytes=MOST_TEXT // 1_000_000)
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableError("locked")


class _Reader:
    def __init__(self, document: Any) -> None:
        self._numbering = _Numbering(document)
        self._styles = {style.style_id: style for style in document.styles if style.style_id}

    def blocks(self, body: Any) -> Iterator[Block]:
        """Yield the blocks in an element; a table of contents is left out."""
        for element in body:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag == f"{_W}sdt":
                gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                inner = element.find(f"{_W}sdtContent")
                if inner is not None and (gallery is None or gallery.get(f"{_W}val") != "Table of Contents"):
                    yield from self.blocks(inner)
            elif element.tag in (f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
                yield from self.blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        names = self._style_names(element)
        numbered = self._numbering.label(element, self._chain(element))
        runs = list(_runs(element))
        if any(re.match(r"toc\b", name, re.I) for name in names) or not "".join(text for text, _bold in runs).strip():
            return
        level = next((int(match.group(1) or 1) for name in names if (match := _HEADING.match(name))), 0)
        lead, text = _lead(runs)
        bold = all(strong or not words.strip() for words, strong in runs)
        label, depth = numbered if numbered else ("", 0.0)
        for number, line in enumerate(text.split("\n")):
            words = " ".join(line.split())
            if not words:
                continue
            own, rest = split_label(words)
            if own and (not label or label == "•"):
                label, words = own, rest
            indent = depth * 360 if numbered else _indent(element)
            yield Block(words, label, indent, level, bold, lead if not number else "", item=bool(label))
            label = ""

    def _table(self, table: Any) -> Iterator[Block]:
        header: tuple[str, ...] = ()
        for row in table.findall(f"{_W}tr"):
            cells = [list(self.blocks(cell)) for cell in row.findall(f"{_W}tc")]
            filled = [cell for cell in cells if cell]
            if len(filled) == 1 and len(cells) == 1:  # a frame around text
                yield from filled[0]
                continue
            texts = tuple("\n".join(_told(block) for block in cell) for cell in cells)
            if filled:
                known = header if len(header) == len(texts) else ()
                yield Block(" ".join(filter(None, texts)), cells=texts, header=known)
                header = header or texts

    def _chain(self, element: Any) -> list[Any]:
        """Return the styles of a paragraph, each before the one that it is based on."""
        named = element.find(f"{_W}pPr/{_W}pStyle")
        style = self._styles.get(named.get(f"{_W}val")) if named is not None else None
        chain: list[Any] = []
        while style is not None and len(chain) < 20:
            chain.append(style)
            based = style.element.find(f"{_W}basedOn")
            style = self._styles.get(based.get(f"{_W}val")) if based is not None else None
        return chain

    def _style_names(self, element: Any) -> list[str]:
        return [style.name or "" for style in self._chain(element)]


def _told(block: Block) -> str:
    return f"{block.label} {block.text}".strip()


def _indent(element: Any) -> float:
    indent = element.find(f"{_W}pPr/{_W}ind")
    value = indent.get(f"{_W}left") or indent.get(f"{_W}start") if indent is not None else None
    return float(value) if value and re.fullmatch(r"-?\d{1,6}", value) else 0.0


def _runs(element: Any) -> Iterator[tuple[str, bool]]:
    """Yield the words of a paragraph with whether they are bold; what a tracked change deleted is not read."""
    for run in element.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        hidden = properties is not None and properties.find(f"{_W}vanish") is not None
        if hidden or any(True for _ in run.iterancestors(f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent")):
            continue
        bold = properties.find(f"{_W}b") if properties is not None else None
        strong = bold is not None and bold.get(f"{_W}val") not in ("0", "false")
        words = "".join(
            child.text or ""
            if child.tag == f"{_W}t"
            else {"tab": " ", "br": "\n", "noBreakHyphen": "-"}.get(_name(child), "")
            for child in run
        )
        if words:
            yield words, strong


def _name(element: Any) -> str:
    return str(element.tag).removeprefix(_W)


def _lead(runs: list[tuple[str, bool]]) -> tuple[str, str]:
    """Return bold words that lead the others, where they end as a heading does, and the rest."""
    number = next((place for place, (words, strong) in enumerate(runs) if words.strip() and not strong), len(runs))
    bold = "".join(words for words, _strong in runs[:number]).strip()
    rest = "".join(words for words, _strong in runs[number:])
    if bold and rest and (bold.endswith((":", ".", "–", "-")) or rest.lstrip()[:1] in (":", "–")):
        return bold.rstrip(" :.–-"), rest.lstrip(" :–")
    return "", "".join(words for words, _strong in runs)


class _Numbering:
    """Counts lists as Word does: a paragraph's label is not in its text."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(f"{_W}abstractNum"):
            for level in abstract.findall(f"{_W}lvl"):
                self._levels[abstract.get(f"{_W}abstractNumId"), _number(level.get(f"{_W}ilvl"))] = _form(level)
        for number in root.findall(f"{_W}num"):
            identity = number.get(f"{_W}numId")
            self._abstract[identity] = number.find(f"{_W}abstractNumId").get(f"{_W}val")
            for override in number.findall(f"{_W}lvlOverride"):
                start = override.find(f"{_W}startOverride")
                if start is not None:
                    self._starts[identity, _number(override.get(f"{_W}ilvl"))] = _number(start.get(f"{_W}val"))

    def label(self, paragraph: Any, styles: list[Any]) -> tuple[str, float] | None:
        """Return a paragraph's label (`•` for a bullet) and its depth; None where it is not in a list."""
        found = _listed(paragraph, styles)
        if found is None or found[0] not in self._abstract:
            return None
        identity, level = found
        abstract = self._abstract[identity]
        form, text, start = self._levels.get((abstract, level), ("decimal", f"%{level + 1}.", 1))
        if form == "none":
            return None
        counts = self._counts.setdefault(abstract, {})
        restart = self._starts.get((identity, level))
        if restart is not None and identity not in self._begun:
            counts[level] = restart - 1
        self._begun.add(identity)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if form == "bullet":
            return "•", level + 1.0
        return self._filled(abstract, text, counts).strip().rstrip(".:"), level + 1.0

    def _filled(self, abstract: str, text: str, counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            form, _text, start = self._levels.get((abstract, level), ("decimal", "", 1))
            return written(counts.get(level, start), form)

        return re.sub(r"%(\d)", number, text)


def _listed(paragraph: Any, styles: list[Any]) -> tuple[str, int] | None:
    """Return the list of a paragraph, its own or its style's, and the level in it."""
    for owner in (paragraph, *(style.element for style in styles)):
        properties = owner.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            continue
        number, level = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        if number is not None:
            identity = number.get(f"{_W}val")
            return (identity, _number(level.get(f"{_W}val")) if level is not None else 0) if identity != "0" else None
    return None


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else 0


def _form(level: Any) -> tuple[str, str, int]:
    form, text, start = (level.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start"))
    return (
        form.get(f"{_W}val") if form is not None else "decimal",
        text.get(f"{_W}val") or "" if text is not None else "",
        _number(start.get(f"{_W}val")) if start is not None else 1,
    )
