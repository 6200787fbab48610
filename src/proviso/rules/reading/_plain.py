"""Plain text and Markdown, as printed lines: numbers stay as written, which a renderer of Markdown would change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from proviso.rules.reading._blocks import Block, Line
from proviso.rules.reading._labels import starts_with_label
from proviso.rules.reading._lines import blocks_of

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(?:=+|-+|_+|\*+)\s*$")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}$")
_CELLS = re.compile(r"\s*\|?[\s:|-]+\|[\s:|-]*$")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\\.)*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)((?:(?!\1).)+?)(?<=\S)\1(?![\w*])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<!--.*?-->")
_PAGE = re.compile(r"[-–|\s]*(?:page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|\d{1,3}\s+of\s+\d{1,3}|\d{1,3})[-–|\s]*", re.I)
_PLACEHOLDER = re.compile(r"[\W_#]*")
_RUNNING = 100
_SPACED = re.compile(r"^([a-z]|[ivx]{1,4})(?:\s{3,}|\t)")
_TAB = 4


def read_plain(text: str) -> list[Block]:
    """Return the blocks of a text."""
    return blocks_of(list(_lines(text)))


def _lines(text: str) -> Iterator[Line]:
    gap, page = True, 1
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = _without_running(written)
    width = _width(written)
    for number, raw in enumerate(written):
        page += raw.count("\f")
        raw = raw.replace("\f", "").expandtabs(_TAB) if raw.lstrip().startswith("|") or "\t" not in raw.strip() else raw
        line = raw.strip("\n").rstrip()
        if (
            not line.strip()
            or _RULE.match(line.strip())
            or line.strip().startswith(("```", "~~~"))
            or _CELLS.match(line)
        ):
            gap = True
            continue
        made = _line(line, written[number + 1] if number + 1 < len(written) else "")
        made.gap, made.page = gap, page
        made.full = len(line) >= width
        yield made
        gap = bool(made.level)


def _without_running(lines: list[str]) -> list[str]:
    """Return the lines without page numbers, and without what runs along on the pages of a text that was printed."""
    keys = [re.sub(r"\d+", "#", line.strip().lower()) for line in lines]
    seen = Counter(key for key in keys if 3 < len(key) < _RUNNING and not key.startswith(("|", "#", "-", "•", "*")))
    pages = sum("\f" in line or bool(_PAGE.fullmatch(line.strip())) for line in lines)
    kept = []
    for line, key in zip(lines, keys, strict=True):
        runs = seen[key] >= 3 and (pages > 1 or seen[key] > 3) and not _PLACEHOLDER.fullmatch(key)
        kept.append("\f" * line.count("\f") if runs or _PAGE.fullmatch(line.strip()) else line)
    return kept


def _width(lines: list[str]) -> int:
    """Return how long a line is that was perhaps broken because it was full; where lines are not broken, none is."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths or lengths[-1] > 140:
        return 100_000
    return max(40, int(lengths[int(len(lengths) * 0.95)] * 0.75))


def _line(raw: str, following: str) -> Line:
    indent = len(raw) - len(raw.lstrip(" \t"))
    text = _SPACED.sub(r"\1) ", raw.strip())
    if text.startswith(">"):
        text = text.lstrip("> ")
    heading = _HEADING.match(text)
    level = len(heading.group(1)) if heading else 0
    if heading:
        text = heading.group(2)
    elif _UNDERLINE.match(following.strip()) and len(following.strip()) >= 3 and not starts_with_label(text):
        level = 1 if following.strip()[0] == "=" else 2 if len(text) < 90 and not text.startswith("|") else 0
    cells: tuple[str, ...] = ()
    if text.startswith("|") and text.count("|") > 1:
        cells = tuple(_words(cell) for cell in re.split(r"(?<!\\)\|", text.strip("|")))
    elif "\t" in text:
        cells = tuple(part for part in (_words(cell) for cell in text.split("\t")) if part)
        cells = cells if len(cells) > 1 and not starts_with_label(text) else ()
    bold = bool(re.fullmatch(r"(\*\*|__)(?:(?!\1).)+\1:?", text))
    return Line(_marked(text), indent=indent, level=level, bold=bold, cells=cells)


def _marked(text: str) -> str:
    """Return the words of a line; a bold beginning that leads the rest is kept between marks that no text holds."""
    match = re.match(r"((?:[-*+•]|\(?\w{1,4}[.)]|[\d.]+)\s+)?\*\*((?:(?!\*\*).){2,80})\*\*(?=\s*\S)", text)
    if (
        match
        and match.group(2).rstrip().endswith((":", ".", "–", "-"))
        or match
        and text[match.end() :].lstrip()[:1] in ":–"
    ):
        end = match.end() + (len(text[match.end() :]) - len(text[match.end() :].lstrip(" :–")))
        return f"{match.group(1) or ''}\x01{_words(match.group(2).strip())}\x02{_words(text[end:])}"
    return _words(text)


def _words(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"<(https?://[^<>\s]+)>", r"\1", text)
    text = _TAG.sub(" ", text)
    for _ in range(3):
        text = _STRONG.sub(r"\2", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>])", r"\1", text)
    return " ".join(text.replace("`", "").split())
