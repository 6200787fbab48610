"""What is no statement: headings, contents pages, and a document's particulars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proviso.rules.reading._blocks import Block
from proviso.rules.reading._labels import kind_of

MODAL = re.compile(
    r"\b(?:must|should|shall|will|may|might|can|cannot|could|would|ought|do not|don[’']t|does not|is|are|was|"
    r"were|has|have|need|needs)\b"
    r"|\b(?:mustn|shouldn|won|can)[’']t\b",
    re.I,
)
_STRONG_MODAL = re.compile(
    r"\b(?:must|should|shall|will|may|cannot|can|ought to|do not|don[’']t|never)\b|n[’']t\b", re.I
)
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?|index", re.I)
_TITLE_WORDS, _TITLE_LETTERS = 14, 110
_NAMES = (
    r"(?:(?:date|month|year) (?:of|for|approved|adopted|agreed|reviewed|written|last|next|issued|published|"
    r"due)[\w ]{0,40}|date|dated|"
    r"(?:next |last |policy |annual |due for |full |future )?review(?:ed)?(?: (?:date|due|by|on|cycle|"
    r"frequency|period|schedule|due date|in|body|month))?|"
    r"version(?: (?:number|control|history|no))?|issue(?: (?:number|date|no))?|author(?:s|ised by)?|(?:policy "
    r"|document )?owner|"
    r"(?:policy |document )?(?:title|type|status|reference|ref|number|name|level|lead|holder)|written by|"
    r"prepared by|produced by|"
    r"(?:policy )?(?:approved|agreed|adopted|ratified|authorised|signed|issued|reviewed|drafted|updated|"
    r"accepted|created|published)(?: (?:by|on|at|in|date|for))?[\w ,&()'’]{0,50}|"
    r"approval(?: (?:level|date|body|by))?|ratified|responsib(?:le|ility)(?: (?:person|of|for review|officer|"
    r"committee|post ?holder))?|frequency of review|"
    r"(?:full )?(?:print(?:ed)? )?name(?: in (?:block )?capitals| of [\w/ ]{2,30})?|signature[\w ()/’']{0,40}|"
    r"signed[\w ()/,’']{0,50}|position|job title|class|form|school|nursery|"
    r"(?:chair|head ?teacher|principal|head|manager|governor|coordinator|co-ordinator|nominated governor|link "
    r"governor|clerk|trustee|pupil|parent|child)[\w ()/’']{0,40}|"
    r"committee|governing (?:body|board)(?: committee)?|applies to|audience|location|circulation|distribution|"
    r"changes(?: made)?|amendments?|summary of changes|"
    r"linked? (?:policies|documents)|statutory|website|(?:file )?location|adopted|last updated|effective "
    r"(?:from|date)|policy (?:no|lead|created)|minute(?: ref(?:erence)?)?)"
)
_PARTICULAR = re.compile(rf"(?:{_NAMES})\s*(?:[:…_]|\.{{2,}}|[–-]\s)", re.I)
_PARTICULAR_CELL = re.compile(rf"(?:{_NAMES})\s*:?", re.I)
_KEYED = re.compile(
    r"(?=[^:]{0,45}\b(?:date|review\w*|version|approved|agreed|adopted|ratified|responsible|author|owner|"
    r"signed|chair|head ?teacher|principal|governors?|"
    r"name|status|type|lead|committee|issued|signature|updated)\b)[\w /()’',&-]{3,60}:\s*(?:\S+\s*){0,9}$",
    re.I,
)
_DATE = re.compile(
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|"
    r"autumn)[a-z]*,?\s+(?:term\s+)?(?:19|20)?\d\d(?:[/-]\d\d)?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d(?:\s?[-/–]\s?(?:19|20)?\d\d)?)\.?",
    re.I,
)
_DATED = re.compile(
    r"(?:approved|agreed|adopted|reviewed|updated|ratified|last|next|version|issued|published|signed|written|"
    r"produced|policy|review|date|due)\b"
    r"(?:(?!\b(?:must|should|will|shall|may|is|are)\b).){0,90}$",
    re.I,
)
_FILL = re.compile(r"(?:_{3,}|\.{5,}|…{2,}|-{6,})")
_ADDRESS = re.compile(r"(?:<?(?:https?://|www\.)\S+>?[\s,;]*)+|\S+@\S+\.\w+")


def _asks(text: str) -> bool:
    """Whether a text has a verb that asks for something; the month of May is none."""
    return bool(_STRONG_MODAL.search(re.sub(r"\bMay(?=,? (?:20|19)?\d\d)", "", text)))


def are_marked(blocks: Sequence[Block]) -> bool:
    """Whether a document marks its headings: by size, bold or capital letters, or numbers."""
    return sum(bool(block.level or _is_loud(block)) for block in blocks) >= 3


def _is_loud(block: Block) -> bool:
    text = block.text.strip()
    return not block.cells and len(text) < _TITLE_LETTERS and (block.bold or (text.isupper() and len(text) > 3))


def is_on_title_page(block: Block) -> bool:
    """Whether a line before the first statement is none itself: short, without a verb and a stop."""
    text = block.text.strip()
    return not block.label and len(text.split()) <= 14 and not text.endswith((".", ":", ";")) and not MODAL.search(text)


def is_heading(block: Block, after: Block | None, marked: bool = False) -> bool:
    """Whether a block is the heading of those after it."""
    if block.cells or block.label == "•" or block.lead:
        return False
    text = block.text.strip()
    if block.level:
        return not (len(text) > 70 and (text.endswith((".", ";")) or _asks(text) and len(text) > 110))
    words = text.split()
    if (
        len(words) > _TITLE_WORDS
        or len(text) > _TITLE_LETTERS
        or text.endswith((".", ";", ",", "!"))
        or text[:1].islower()
    ):
        return False
    if not any(char.isalpha() for char in text) or after is None:
        return False
    if text.endswith("?"):
        return not block.label or kind_of(block.label).name != "letter"
    if _asks(text) and not text.isupper():
        return False
    kind = kind_of(block.label).name
    if kind in ("letter", "roman"):
        return False
    return _looks_like_title(block, text, kind, after) and not (
        marked and not kind and after.item and not _is_loud(block)
    )


def _looks_like_title(block: Block, text: str, kind: str, after: Block) -> bool:
    if text.isupper() or block.bold:
        return True
    if text.endswith(":"):
        return bool(kind) and not MODAL.search(text) and not (after.item and kind_of(after.label).name != "decimal")
    if kind == "decimal" and kind_of(block.label).depth > 1 and after.item and after.text[:1].islower():
        return False
    numbered = kind in ("decimal", "named") and kind_of(after.label).depth > kind_of(block.label).depth
    if MODAL.search(text) and not (numbered and not _asks(text)):
        return False
    if kind in ("decimal", "capital", "capital-roman", "named"):
        siblings = kind_of(after.label)
        return not (siblings.name == kind and siblings.depth == kind_of(block.label).depth and len(after.text) > 60)
    return len(text.split()) <= 10 and (len(after.text) > len(text) or after.item or after.cells != ())


def is_particular(block: Block) -> bool:
    """Whether a block is a date, a version, a name or a line to sign, not a statement."""
    text = f"{block.lead}: {block.text.strip()}" if block.lead else block.text.strip()
    if block.cells:
        return _is_row_of_particulars(block)
    if _ADDRESS.fullmatch(text) or _FILL.fullmatch(text.replace(" ", "")):
        return True
    if _FILL.search(text) and (len(text) < 140 and not _asks(text) or _PARTICULAR.match(text)):
        return True
    if len(text) < 160 and _PARTICULAR.match(text) and not _asks(text):
        return True
    if len(text) < 120 and _KEYED.match(text) and not _asks(text) and not text.endswith((":", ".")):
        return True
    if _DATE.match(text) and len(text) < 80 and re.search(r"\d", block.label) and not _asks(text):
        return True
    if not _DATE.sub("", text).strip(" ,.|–-") or re.fullmatch(r"[Vv](?:ersion|\.)?\s*\d+(?:\.\d+)*", text):
        return True
    return len(text) < 100 and not text.endswith(".") and bool(_DATED.match(text)) and bool(_DATE.search(text))


def _is_row_of_particulars(block: Block) -> bool:
    cells = [cell.strip() for cell in block.cells]
    names = [cell for cell in cells if cell and _PARTICULAR_CELL.fullmatch(cell)]
    filled = [cell for cell in cells if cell]
    if not filled or (cells[0] and _PARTICULAR_CELL.fullmatch(cells[0]) and len(" ".join(cells[1:]).split()) < 9):
        return True
    header = [cell.strip() for cell in block.header]
    known = [cell for cell in header if cell and _PARTICULAR_CELL.fullmatch(cell)]
    return len(names) * 2 >= len(filled) or len(known) * 2 > len([cell for cell in header if cell])


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without a contents page, and without lines that lead to a page by dots."""
    kept: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if _CONTENTS.fullmatch(block.text.strip(" :")) and not block.cells:
            place = _after_contents(blocks, place + 1)
            continue
        if not block.contents:
            kept.append(block)
        place += 1
    return kept


def _after_contents(blocks: Sequence[Block], place: int) -> int:
    """Return where the text begins after a list of contents: where an entry comes again, or a sentence stands."""
    seen: set[str] = set()
    start = place
    while place < len(blocks):
        block = blocks[place]
        title = _title(block.text)
        is_entry = (
            len(block.text) < 100 and not block.text.rstrip().endswith((".", ":")) or block.contents or block.cells
        )
        if not is_entry or (title in seen and not block.contents):
            break
        seen.add(title)
        place += 1
    if place < len(blocks) and _title(blocks[place].text) not in seen and place > start:
        place = _first_again(blocks, start, place)
    return place


def _first_again(blocks: Sequence[Block], start: int, place: int) -> int:
    """Return where the headings before a sentence begin, which no entry of the contents repeated."""
    while place > start and blocks[place - 1].level and not blocks[place - 1].contents:
        place -= 1
    if place > start and not blocks[place - 1].contents and not re.search(r"\d\s*$", blocks[place - 1].text):
        last = blocks[place - 1]
        return place - 1 if is_heading(last, blocks[place]) and place - 1 > start else place
    return place


def _title(text: str) -> str:
    return re.sub(r"[^a-z ]", "", re.sub(r"[\s.…\d]+$", "", text.lower())).strip()
