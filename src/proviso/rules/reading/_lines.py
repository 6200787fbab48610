"""From printed lines to blocks: lines of a paragraph are joined, also over a page's end, and broken words mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proviso.rules.reading._blocks import Block, Line
from proviso.rules.reading._labels import split_label

_ENDED = re.compile(r"[.:;?!][\"'”’)\]]*$")
_BROKEN = re.compile(r"([A-Za-z]{2,})[-\u00ad\u2010\ufffe\x02]$")
_KEPT = frozenset(
    "self non e on off co well long short part full pre post anti cyber inter ex multi cross face up to in".split()
)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$|…{2,}\s*\d*\s*$")
_LEAD = re.compile(r"\x01(.*?)\x02\s*")
_SHORT = 40


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks that printed lines make up."""
    known = {word.lower() for line in lines for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", line.text)}
    blocks: list[Block] = []
    before: Line | None = None
    for line in lines:
        if before is not None and blocks and _goes_on(before, line, blocks[-1]):
            blocks[-1].text = joined(blocks[-1].text, line.text, known)
        else:
            blocks.append(_block(line))
        before = line
    return list(_with_headers(blocks))


def joined(first: str, second: str, known: frozenset[str] | set[str]) -> str:
    """Return two lines as one; a word broken at the line's end is mended, unless it is written with a hyphen."""
    broken = _BROKEN.search(first)
    start = re.match(r"[A-Za-z]+", second)
    if not broken or not start:
        return f"{first} {second}"
    head, tail = broken.group(1), start.group()
    hyphened = f"{head}-{tail}".lower()
    whole = (head + tail).lower()
    keeps = hyphened in known or (whole not in known and head.lower() in _KEPT) or tail[:1].isupper()
    return f"{first[: broken.end(1)]}{'-' if keeps else ''}{second}"


def _goes_on(before: Line, line: Line, block: Block) -> bool:
    """Whether a line goes on with the block of the line before it."""
    if line.level or before.level or line.cells or before.cells:
        return bool(
            line.level and before.level == line.level and line.size and not line.gap and not split_label(line.text)[0]
        )
    if split_label(line.text)[0] or line.text.startswith("\x01") or _LEADER.search(before.text):
        return False
    if line.bold != before.bold and (line.gap or not before.full) and line.text[:1].isupper():
        return False
    open_end = not _ENDED.search(block.text)
    starts_small = line.text[:1].islower() or line.text[:1] in ",;)&"
    if line.gap or line.page != before.page:
        return (
            open_end
            and len(block.text) > _SHORT
            and (starts_small or (before.full and block.text.endswith((",", "-", "–"))))
        )
    return before.full or (starts_small and open_end) or bool(_BROKEN.search(block.text))


def _block(line: Line) -> Block:
    text = line.text
    label, rest = ("", text) if line.cells else split_label(text)
    lead = _LEAD.match(rest)
    if lead and not label and split_label(f"{lead.group(1)} x")[1] == "x":
        label, rest, lead = split_label(f"{lead.group(1)} x")[0], rest[lead.end() :], None
    elif lead:
        rest = rest[lead.end() :]
    return Block(
        rest.replace("\x01", "").replace("\x02", " "),
        label=label,
        indent=line.indent,
        level=line.level,
        bold=line.bold,
        lead=lead.group(1).rstrip(" :.–-") if lead else "",
        page=line.page,
        cells=line.cells,
        item=bool(label),
        contents=bool(_LEADER.search(text)),
    )


def _with_headers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; each row of a table knows the row that heads it."""
    header: tuple[str, ...] = ()
    for block in blocks:
        if not block.cells:
            header = ()
        elif not header:
            header = block.cells
        else:
            block.header = header if len(header) == len(block.cells) else ()
        yield block
