"""What a document says of itself: its review, its dates, blanks that nobody filled, signatures that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from proviso.rules.review._dates import WrittenDate, dates_in
from proviso.rules.review._document import Block, BlockKind, ReviewedDocument, place_of
from proviso.rules.review._findings import Finding, Rule, Severity, quoted

_REVIEW = re.compile(
    r"(?:next|date (?:of|for)(?: the)? next|to be|due for|scheduled for|will be) (?:policy )?review(?:ed)?|"
    r"\breview:|\breview(?: is)? (?:date|due|by|on)\b|"
    r"\b(?:date|due date) (?:of|for) (?:the )?(?:next )?(?:policy )?review",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"review\w*\b[^.]{0,60}?"
    r"\b(?P<how>annual(?:ly)?|every year|each year|yearly|biennial(?:ly)?|bi-annual basis|"
    r"every (?P<count>two|2|three|3) years?)\b"
    r"|\b(?P<before>annual(?:ly)?|yearly|biennial(?:ly)?) review",
    re.IGNORECASE,
)
_YEARS = {"two": 2, "2": 2, "three": 3, "3": 3}
_BLANKS = (
    re.compile(r"(?<![\w\]])\[(?!\d+\]|x\])[^\]\[()/]{2,60}\](?!\()"),
    re.compile(r"<(?!https?:|/|mailto:|a\b|br\b|p\b|em\b)[A-Za-z][^<>@]{2,40}>"),
    re.compile(r"\{\{?[^{}|]{2,40}\}\}?"),
    re.compile(r"_{4,}|\.{5,}|…{2,}"),
    re.compile(
        r"\b(?:X{3,}|TBC|TBA|to be confirmed|insert (?:name|date|school|here|details)[^.,;]{0,30})\b", re.IGNORECASE
    ),
)
_ELLIPSIS_IN_CONTENTS = re.compile(r"\.{4,}\s*\d+\s*$")
_LABEL = re.compile(
    r"\b(?P<label>(?:adoption |approval |review )?date(?:d)?|name|approved by|ratified by|adopted by|version|author|"
    r"reviewed|policy approved by [\w ]+)\s*:\s*(?=$|\s+(?:date|signed|name)\b|\((?:chair|headteacher|head)\))",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:date for (?:the )?next (?:policy )?review|next review(?: date)?)(?: is)?\s*:?\s*$", re.IGNORECASE
)
_SIGNED = re.compile(
    r"\b(?P<who>[A-Z][\w ]{0,40}?)?\s*\b(?:signed|signature)\b(?: by)?\s*:?\s*(?P<after>.*)$", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"[\W_]|\b(?:chair|head ?teacher|principal|governors?|of|the|date|position|role)\b", re.IGNORECASE
)
_MADE = re.compile(
    r"\b(?:date(?:d)?|date approved|approved|adopted|ratified|produced|written|reviewed|version|last review\w*)\b",
    re.IGNORECASE,
)
_RECENT = timedelta(days=366)


def blanks(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield what was to be filled in and was not."""
    for block in document.blocks:
        if block.source or _ELLIPSIS_IN_CONTENTS.search(block.text) or block.kind is BlockKind.CONTENTS:
            continue
        for words in dict.fromkeys(_blanks_of(block)):
            yield Finding(Rule.BLANK_LEFT, Severity.ERROR, block.at, quoted(block.text), about={"blank": words})


def _blanks_of(block: Block) -> Iterator[str]:
    labels = [match["label"].strip() for match in _LABEL.finditer(block.text)]
    yield from labels
    ends = _NO_MORE.search(block.text)
    if ends:
        yield ends[0].strip(" :")
    for form in _BLANKS:
        for match in form.finditer(block.text):
            before = block.text[: match.start()].casefold()
            if re.search(r"(?:signed|signature)[^:]*:\s*$", before):
                continue  # a missing signature is told as such
            label = re.search(r"([\w ]{2,30}):\s*$", block.text[: match.start()])
            yield label[1].strip() if label else match[0]


def unsigned(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the places of signatures at which nobody signed."""
    for block in document.blocks:
        match = _SIGNED.search(block.text) if len(block.text) < 160 and not block.source else None
        if (
            match
            and (":" in block.text or not match["after"])
            and not _NO_NAME.sub("", match["after"].replace("_", " "))
        ):
            role = re.search(r"\(([A-Z][\w ]+)\)", match["after"])
            who = (match["who"] or "").strip() or (role[1] if role else "")
            kind, about = ("", {"who": who}) if who else ("place", {})
            yield Finding(Rule.UNSIGNED, Severity.WARNING, block.at, quoted(block.text), kind, about)


def review_dates(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the review that is overdue, or that there is no date for one."""
    if document.policy is not None:
        yield from _of_policy(document, on)
        return
    dues = [due for due in _dues(document) if due[1].day is not None]
    if dues:
        block, due = max(dues, key=lambda found: found[1].day or date.min)
        if due.day and due.day < on:
            yield _overdue(block, due.day)
        return
    interval = _interval(document)
    made = [written.day for written in _made(document) if written.day and written.day <= on]
    if interval and made:
        block, years = interval
        due_on = _later(max(made), years)
        if due_on < on:
            yield _lapsed(block.at, block.text, max(made), years)
    elif not interval:
        yield Finding(Rule.NO_REVIEW_DATE, Severity.WARNING, "", "")


def _overdue(block: Block, due: date) -> Finding:
    return Finding(Rule.OVERDUE_REVIEW, Severity.ERROR, block.at, quoted(block.text), about={"due": due.isoformat()})


def _of_policy(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    policy = document.policy.policy if document.policy else None
    if policy is None:
        return
    if document.review_due:
        if document.review_due < on:
            yield Finding(Rule.OVERDUE_REVIEW, Severity.ERROR, "", "", about={"due": document.review_due.isoformat()})
        return
    every = [(clause, step) for clause in policy.clauses for step in clause.governance if step.every]
    if not any(step.concern == "review" for _, step in every):
        yield Finding(Rule.NO_REVIEW_DATE, Severity.WARNING, "", "")
        return
    years = min(_YEARS.get(step.every or "", 1) for _, step in every if step.concern == "review")
    clause = next(clause for clause, step in every if step.concern == "review")
    if document.dated and _later(document.dated, years) < on:
        yield _lapsed(place_of(clause), clause.text, document.dated, years)


def _lapsed(at: str, text: str, made: date, years: int) -> Finding:
    """Return that a review by an interval is overdue."""
    about = {"due": _later(made, years).isoformat(), "made": made.isoformat(), "years": str(years)}
    kind = "yearly" if years == 1 else "interval"
    return Finding(Rule.OVERDUE_REVIEW, Severity.WARNING, at, quoted(text), kind, about)


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _dues(document: ReviewedDocument) -> Iterator[tuple[Block, WrittenDate]]:
    """Yield the dates of a next review: after the words for it, or below them in a table."""
    column = None
    for block in document.blocks:
        cells = [cell.strip() for cell in re.split(r"\t|\|", block.text)] if block.kind is BlockKind.ROW else []
        if column is not None and len(cells) > column:
            yield from ((block, written) for written in dates_in(cells[column]))
        named = [place for place, cell in enumerate(cells) if _REVIEW.search(cell)]
        if named:  # `Next review | May 2027`, if it is not the head of a column
            yield from ((block, written) for written in dates_in(" ".join(cells[named[0] + 1 :])))
        column = named[0] if named else column if cells else None
        match = _REVIEW.search(block.text)
        if match and not named:
            after = block.text[match.end() :]
            yield from ((block, written) for written in list(dates_in(after))[:1] if written.start < 60)


def _interval(document: ReviewedDocument) -> tuple[Block, int] | None:
    for block in document.blocks:
        match = _INTERVAL.search(block.text)
        if match:
            return block, _YEARS.get((match["count"] or "").casefold(), 2 if "bi" in match[0].casefold() else 1)
    return None


def _made(document: ReviewedDocument) -> Iterator[WrittenDate]:
    """Yield when the document was made, approved or last reviewed: dates of its title, and after such words."""
    for place, block in enumerate(document.blocks):
        if (place < 4 or _MADE.search(block.text)) and len(block.text) < 200 and not _REVIEW.search(block.text):
            yield from dates_in(block.text)


def impossible_dates(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield days that no calendar has, approvals in the future, and a review that comes before what it reviews."""
    for block in document.blocks:
        for written in dates_in(block.text):
            if written.day is None:
                about = {"day": written.words}
                yield Finding(Rule.IMPOSSIBLE_DATE, Severity.ERROR, block.at, quoted(block.text), "no-day", about)
            elif written.day > on + _RECENT and _past(block.text[: written.start]):
                about = {"day": written.words}
                yield Finding(Rule.IMPOSSIBLE_DATE, Severity.WARNING, block.at, quoted(block.text), "future", about)
    made = [written for written in _made(document) if written.day]
    for block, due in _dues(document):
        first = min((written.day for written in made if written.day), default=None)
        if due.day and first and due.day < first:
            about = {"day": due.words}
            yield Finding(Rule.IMPOSSIBLE_DATE, Severity.ERROR, block.at, quoted(block.text), "before", about)


def _past(before: str) -> bool:
    return bool(
        re.search(
            r"\b(?:approved|adopted|ratified|dated|reviewed|written|produced)\b[^.]{0,40}$", before, re.IGNORECASE
        )
    )
