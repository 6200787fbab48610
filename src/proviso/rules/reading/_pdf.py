"""PDF, by PDFium: lines with their places, put into reading order, without what runs along on every page."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from proviso.rules.reading._blocks import Block, Line, UnreadableError
from proviso.rules.reading._labels import split_label
from proviso.rules.reading._lines import blocks_of

MOST_PAGES = 600
MOST_CHARACTERS = 3_000_000
_LEAST_CHARACTERS = 25
_EDGE = 0.09
_LOOSE = 0.52  # a character of running text is narrower than this share of its height


@dataclass(slots=True)
class Run:
    """Words that stand beside each other on a page, with their place in points from the page's top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    height: float
    width: float


def read_pdf(content: bytes) -> tuple[list[Block], int]:
    """Return the blocks of a PDF and how many pages it has.

    Raises:
        UnreadableError: damaged, locked, scanned, or longer than any policy.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "locked" if getattr(error, "err_code", None) in (4, 5) or "assword" in str(error) else "damaged"
        raise UnreadableError(code, kind="PDF") from error
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise UnreadableError("too-many-pages", pages=pages, most=MOST_PAGES)
        by_page = [_runs(document, number) for number in range(pages)]
    finally:
        document.close()
    characters = sum(len(run.text) for runs in by_page for run in runs)
    if characters < _LEAST_CHARACTERS * max(1, min(pages, 4)):
        raise UnreadableError("scanned" if pages else "empty")
    by_page = _without_running(by_page)
    lines = [line for runs in by_page for line in _lines(runs)]
    return blocks_of(list(_ranked(lines))), pages


def _runs(document: Any, number: int) -> list[Run]:
    """Return the runs of a page, in the order in which they were written."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    width, height = page.get_size()
    count = text_page.count_chars()
    if count > MOST_CHARACTERS:
        raise UnreadableError("too-long")
    text = text_page.get_text_range(errors="replace") if count else ""
    if len(text) != count:
        text = "".join(chr(pdfium.FPDFText_GetUnicode(text_page.raw, place) or 32) for place in range(count))
    runs: list[Run] = []
    for match in re.finditer(r"[^\r\n]+", text):
        runs += _of_line(text_page, match.group(), match.start(), (number + 1, width, height))
    text_page.close()
    page.close()
    return runs


def _of_line(text_page: Any, text: str, start: int, page: tuple[int, float, float]) -> Iterator[Run]:
    """Yield a line's words; where there is a wide gap, as between cells or columns, in several runs."""
    number, width, height = page
    size = _height(text_page, start + len(text.rstrip()) // 2) or 10.0
    parts: list[tuple[int, int]] = [(0, len(text))]
    box = _box(text_page, start, start + len(text.rstrip()) - 1)
    loose = len(text) < 12 or (box[1] - box[0]) / len(text) > size * _LOOSE
    wide = [
        match
        for match in (re.finditer(r" +", text) if loose else ())
        if _gap(text_page, start + match.start(), start + match.end()) > 2 * size
    ]
    for match in wide:
        first, last = parts.pop()
        parts += [(first, match.start()), (match.end(), last)]
    for first, last in parts:
        words = text[first:last]
        if not words.strip():
            continue
        lead = len(words) - len(words.lstrip())
        left, right, bottom, top = _box(text_page, start + first + lead, start + first + len(words.rstrip()) - 1)
        middle = start + first + lead + len(words.strip()) // 2
        weight = min(_weight(text_page, start + first + lead), _weight(text_page, middle))
        own_size = _height(text_page, middle) or size
        clean = " ".join(words.replace("\x02", "\ufffe").split())
        yield Run(clean, left, right, height - top, height - bottom, own_size, weight >= 600, number, height, width)


def _height(text_page: Any, place: int) -> float:
    """Return how large the letters are; where a page is scaled, the size of the font alone does not tell."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    size = pdfium.FPDFText_GetFontSize(text_page.raw, place)
    if size > 3:
        return round(float(size), 1)
    pdfium.FPDFText_GetCharBox(text_page.raw, place, byref(left), byref(right), byref(bottom), byref(top))
    return round(abs(top.value - bottom.value), 1)


def _weight(text_page: Any, place: int) -> int:
    weight = int(pdfium.FPDFText_GetFontWeight(text_page.raw, place))
    if 0 < weight < 600 or weight >= 600:
        if weight >= 600:
            return weight
    name = _font(text_page, place)
    return 700 if re.search(r"bold|black|heavy|semibold|demi", name, re.I) else max(weight, 400)


def _font(text_page: Any, place: int) -> str:
    from ctypes import c_int, create_string_buffer

    flags, buffer = c_int(), create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text_page.raw, place, buffer, 128, byref(flags))
    return buffer.raw[: max(0, min(int(length), 128) - 1)].decode("utf-8", "replace")


def _box(text_page: Any, first: int, last: int) -> tuple[float, float, float, float]:
    one, other = _char(text_page, first), _char(text_page, last)
    return min(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), max(one[3], other[3])


def _char(text_page: Any, place: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(text_page.raw, place, byref(left), byref(right), byref(bottom), byref(top))
    return left.value, right.value, bottom.value, top.value


def _gap(text_page: Any, first: int, after: int) -> float:
    """Return how wide the blank between two words is."""
    if first == 0:
        return 0.0
    return _char(text_page, after)[0] - _char(text_page, first - 1)[1]


def _without_running(by_page: list[list[Run]]) -> list[list[Run]]:
    """Return the pages without headers, footers and page numbers: what stands at the same place of many pages."""
    if len(by_page) < 2:
        return by_page
    seen = Counter(key for runs in by_page for key in {_running(run) for run in runs if _at_edge(run)})
    least = 2 if len(by_page) < 5 else max(3, len(by_page) // 3)
    return [
        [run for run in runs if not (_at_edge(run) and (seen[_running(run)] >= least or _is_page_number(run.text)))]
        for runs in by_page
    ]


def _at_edge(run: Run) -> bool:
    return run.bottom < run.height * _EDGE * 1.4 or run.top > run.height * (1 - _EDGE)


def _running(run: Run) -> tuple[str, int]:
    return re.sub(r"\d+", "#", run.text.lower()), round(run.top / 6)


def _is_page_number(text: str) -> bool:
    return bool(re.fullmatch(r"(?:page\s*)?[-–|]?\s*\d{1,3}\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,3})?", text.strip(), re.I))


def _lines(runs: list[Run]) -> Iterator[Line]:
    """Yield the lines of a page in reading order: columns one after the other, cells of a row beside each other."""
    if not runs:
        return
    for part in _columns(runs):
        right = max(run.right for run in part)
        before: Run | None = None
        for row in _table_rows(part):
            first = row[0]
            usual = statistics.median(run.size for run in part) * 1.9
            gap = before is not None and (first.top - before.top > usual or first.top < before.top - 2)
            text = " ".join(run.text for run in row)
            label, _rest = split_label(f"{text} x")
            is_row = len(row) > 1 and not (len(row) == 2 and label and len(row[0].text) <= 8)
            yield Line(
                text,
                indent=first.left,
                size=first.size,
                bold=all(run.bold for run in row),
                page=first.page,
                gap=gap or (before is not None and abs(before.size - first.size) > 1),
                cells=tuple(run.text for run in row) if is_row else (),
                full=row[-1].right > right - (right - first.left) * 0.22,
            )
            before = first


def _columns(runs: list[Run]) -> list[list[Run]]:
    """Return the runs of a page in as many parts as it has columns; mostly one."""
    height, width = runs[0].height, runs[0].width
    best: tuple[int, list[list[Run]]] | None = None
    for gutter in (place * width / 60 for place in range(21, 40)):
        left = [run for run in runs if run.right <= gutter]
        right = [run for run in runs if run.left >= gutter]
        across = [run for run in runs if run.left < gutter < run.right]
        lengths = [statistics.median(run.right - run.left for run in side) if side else 0 for side in (left, right)]
        if len(left) < 8 or len(right) < 8 or min(lengths) < width * 0.24 or len(across) > len(runs) * 0.15:
            continue
        span = max(run.bottom for run in left + right) - min(run.top for run in left + right)
        if span > height * 0.25 and (best is None or len(across) < best[0]):
            middle = statistics.median(run.top for run in left)
            above = [run for run in across if run.bottom <= middle]
            best = len(across), [above, left, right, [run for run in across if run.bottom > middle]]
    return [part for part in best[1] if part] if best else [runs]


def _table_rows(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield runs that stand at one height together, from left to right, if they were written after each other."""
    row: list[Run] = []
    for run in runs:
        if row and abs(run.bottom - row[-1].bottom) < run.size * 0.4 and run.left >= row[-1].right - 1:
            row.append(run)
            continue
        if row:
            yield row
        row = [run]
    if row:
        yield row


def _ranked(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines, those in larger letters than most with the level of a heading."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    large = sorted({size for size in sizes if size > usual * 1.12}, reverse=True)
    for line in lines:
        if line.size in large and len(line.text) < 160 and not line.cells:
            line.level = min(6, large.index(line.size) + 1)
        yield line
