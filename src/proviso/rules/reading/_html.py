"""HTML, by lxml: what a browser would show of the main part, in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from proviso.rules.reading._blocks import Block
from proviso.rules.reading._labels import split_label

_UNSEEN = "script style noscript template nav footer header form iframe svg object select button head".split()
_BLOCKS = frozenset("p div section article main li dd dt blockquote pre figcaption address td th caption".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 200
# What no page may hold, and lxml passes on but does not take back.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f")


def read_html(content: bytes) -> list[Block]:
    """Return the blocks of a page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode()
    content = content.translate(None, _CONTROLS)
    parser = html.HTMLParser(encoding=_encoding(content), no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    for name in _UNSEEN:
        for element in list(root.iter(name)):
            element.drop_tree()
    for element in root.xpath("//*[@hidden or @aria-hidden='true']"):
        if element.getparent() is not None:
            element.drop_tree()
    mains = root.xpath("//main | //*[@role='main']") or root.xpath("//body") or [root]
    return [block for block in _Reader().read(mains[0]) if block.text.strip() or block.cells]


def _encoding(content: bytes) -> str | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Reader:
    """Walks a page; words that stand between blocks are a paragraph of their own."""

    def __init__(self) -> None:
        self._lists: list[list[Any]] = []

    def read(self, element: Any, depth: int = 0) -> Iterator[Block]:
        """Yield the blocks of an element."""
        if depth > _DEEPEST or not isinstance(element.tag, str):
            return
        tag = element.tag
        if tag in _HEADINGS:
            label, words = split_label(_words(element))
            yield Block(words, label="" if label == "•" else label, level=_HEADINGS[tag])
        elif tag == "table" and not element.xpath(".//table"):
            yield from _rows(element)
        elif tag in ("ul", "ol"):
            self._lists.append([element, _start(element)])
            for child in element:
                yield from self.read(child, depth + 1)
            self._lists.pop()
        else:
            yield from self._flow(element, depth)

    def _flow(self, element: Any, depth: int) -> Iterator[Block]:
        """Yield the words of an element and the blocks within it, in their order."""
        label = self._label(element) if element.tag == "li" else ""
        parts: list[tuple[str, bool]] = [(element.text or "", False)]
        for child in element:
            if not isinstance(child.tag, str):
                parts.append((child.tail or "", False))
                continue
            if child.tag == "br":
                parts.append(("\n", False))
            elif _holds_blocks(child):
                for block in self._paragraphs(parts, label):
                    label = ""
                    yield block
                parts = []
                for inner in self.read(child, depth + 1):
                    if label and not inner.label and not inner.level:
                        inner.label, inner.item, label = label, True, ""
                        inner.indent = float(len(self._lists))
                    yield inner
            else:
                parts.append((_words(child, keep=True), child.tag in ("b", "strong")))
            parts.append((child.tail or "", False))
        yield from self._paragraphs(parts, label)

    def _paragraphs(self, parts: list[tuple[str, bool]], label: str) -> Iterator[Block]:
        lead, rest = _lead(parts)
        for number, line in enumerate("".join(rest).split("\n")):
            words = " ".join(line.split())
            if not words:
                continue
            own, after = split_label(words)
            if not label or own not in ("", "•"):
                label, words = (own, after) if own else (label, words)
            whole = not number and all(strong or not text.strip() for text, strong in parts)
            yield Block(
                words,
                label=label,
                indent=float(len(self._lists)),
                bold=whole,
                lead=lead if not number else "",
                item=bool(label),
            )
            label = ""

    def _label(self, item: Any) -> str:
        if not self._lists or self._lists[-1][0].tag == "ul":
            return "•"
        element, number = self._lists[-1]
        value = item.get("value", "")
        number = int(value) if value.isdigit() and len(value) < 5 else number
        self._lists[-1][1] = number + 1
        return _numbered(number, element.get("type", "1"))


def _start(element: Any) -> int:
    start = element.get("start", "")
    return int(start) if start.isdigit() and len(start) < 5 else 1


def _numbered(number: int, kind: str) -> str:
    from proviso.rules.reading._numbers import written

    formats = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return written(number, formats.get(kind, "decimal"))


def _holds_blocks(element: Any) -> bool:
    names = _BLOCKS | _HEADINGS.keys() | {"ul", "ol", "table", "dl", "hr"}
    return any(each.tag in names for each in element.iter())


def _lead(parts: list[tuple[str, bool]]) -> tuple[str, list[str]]:
    """Return the bold words that lead the others, if they end as a heading does, and the rest."""
    filled = [part for part in parts if part[0].strip()]
    rest = [" ".join(text.split(" ")) if text != "\n" else text for text, _strong in parts]
    if len(filled) < 2 or not filled[0][1]:
        return "", rest
    bold, after = filled[0][0].strip(), filled[1][0].lstrip()
    if not (bold.endswith((":", ".", "–", "-")) or after[:1] in (":", "–")):
        return "", rest
    texts = [text for text, _strong in parts]
    texts.remove(filled[0][0])
    words = "".join(texts).lstrip(" :–\n\t")
    return bold.rstrip(" :.–-"), [words]


def _words(element: Any, *, keep: bool = False) -> str:
    """Return the words of an element; a break counts as a blank."""
    for line_break in element.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    text = "".join(element.itertext())
    words = " ".join(text.split())
    if not keep:
        return words
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if text[-1:].isspace() and words else ''}"


def _rows(table: Any) -> Iterator[Block]:
    header: tuple[str, ...] = ()
    for row in table.iter("tr"):
        cells = tuple(_words(cell) for cell in row if cell.tag in ("td", "th"))
        if not any(cells):
            continue
        if len([cell for cell in cells if cell]) == 1 and len(cells) == 1:
            label, words = split_label(cells[0])
            yield Block(words, label=label, item=bool(label))
            continue
        yield Block(" ".join(filter(None, cells)), cells=cells, header=header if len(header) == len(cells) else ())
        header = header or cells
