"""What a document points to within itself: appendices, sections, contents; and links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from proviso.rules.review._document import BlockKind, ReviewedDocument
from proviso.rules.review._findings import Finding, Rule, Severity, quoted, unless_unsure
from proviso.rules.rulebook import review_reference

_APPENDIX = re.compile(r"\b(?P<what>appendix|annexe?|schedule)\s+(?P<id>[A-Z]\b|\d{1,2}\b|[IVX]{1,4}\b)", re.IGNORECASE)
_SECTION = re.compile(
    r"\b(?:sections?|paragraphs?|paras?\.?|clauses?|points?)\s+(?P<id>\d{1,2}(?:\.\d{1,2})*)(?P<after>.{0,60})",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^\W*(?:\([a-z0-9]\)\W*)*(?:of|in|under)\s+(?:the\s+|that\s+|our\s+)?(?!this\b)\w+", re.IGNORECASE
)
_LAW = re.compile(r"\b(?:Act|Regulations|KCSIE|Keeping Children|Order|guidance)\b")
_LINK = re.compile(
    r"\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)\)|(?P<bare>\b(?:https?|http|www)(?::|;|//|,|\.)[^\s<>\])]+)"
)
_HOST = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$", re.IGNORECASE)


def appendices(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the appendices that a document names and does not have."""
    there = {
        (match["id"].upper())
        for block in document.blocks
        for match in [_APPENDIX.match(block.text.strip("*#_ "))]
        if match and (block.kind in (BlockKind.HEADING, BlockKind.ROW) or len(block.text) < 80)
        if block.kind is not BlockKind.CONTENTS and not block.source
    }
    seen: set[str] = set()
    for statement in document.statements:
        for match in _APPENDIX.finditer(statement.text):
            name = match["id"].upper()
            of_other = _ELSEWHERE.match(statement.text[match.end() :]) and _LAW.search(statement.text[match.end() :])
            is_name = match["id"].isdigit() or match["id"].isupper()
            if name not in there and name not in seen and is_name and not of_other:
                seen.add(name)
                about = {"name": f"{match['what'].capitalize()} {name}"}
                yield Finding(Rule.MISSING_APPENDIX, Severity.ERROR, statement.at, quoted(statement.text), about=about)


def sections(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the sections that a document names and does not have, and where its contents and its headings differ."""
    if document.policy is not None:
        return
    numbers = {block.number for block in document.blocks if block.number and block.kind is not BlockKind.CONTENTS}
    tops = {number for number in numbers if number[0].isdigit()}
    seen: set[str] = set()
    for statement in document.statements if tops else ():
        for match in _SECTION.finditer(statement.text):
            elsewhere = _ELSEWHERE.match(match["after"]) or _LAW.search(statement.text)
            if match["id"] not in numbers and match["id"] not in seen and not elsewhere:
                seen.add(match["id"])
                about = {"name": match["id"]}
                yield Finding(Rule.MISSING_SECTION, Severity.WARNING, statement.at, quoted(statement.text), about=about)
    yield from _contents(document)


def _contents(document: ReviewedDocument) -> Iterator[Finding]:
    listed = {block.number: block for block in document.blocks if block.kind is BlockKind.CONTENTS and block.number}
    headings = {block.number: block for block in document.blocks if block.kind is BlockKind.HEADING and block.number}
    if not listed:
        return
    depth = max(number.count(".") for number in listed)
    for number, entry in listed.items():
        heading = headings.get(number)
        if heading is None:
            about = {"name": entry.text}
            yield Finding(Rule.MISSING_SECTION, Severity.WARNING, entry.at, quoted(entry.text), "contents", about)
        elif _words(heading.text) != _words(entry.text):
            about = {"name": entry.text, "heading": heading.text}
            yield Finding(Rule.MISSING_SECTION, Severity.NOTE, entry.at, quoted(entry.text), "other-title", about)
    for number, heading in headings.items():
        if number not in listed and number.count(".") <= depth:
            about = {"name": heading.text}
            yield Finding(Rule.MISSING_SECTION, Severity.WARNING, heading.at, quoted(heading.text), "not-listed", about)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def links(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield links that cannot lead anywhere, and those to hosts that are known to answer no more."""
    dead = [title for title in review_reference().titles if title.is_link]
    seen: set[str] = set()
    for block in document.blocks:
        for match in _LINK.finditer(block.text):
            target = (match["target"] if match["bare"] is None else match["bare"]).rstrip(".,;")
            if target in seen:
                continue
            seen.add(target)
            about = {"link": target or "()"}
            gone = next((title for title in dead if any(named.search(target) for named in title.named)), None)
            if not _valid(target):
                yield Finding(Rule.BAD_LINK, Severity.WARNING, block.at, quoted(block.text), "broken", about)
            elif gone:
                severity = unless_unsure(Severity.WARNING, gone.sure)
                yield Finding(
                    Rule.BAD_LINK,
                    severity,
                    block.at,
                    quoted(block.text),
                    "gone",
                    about,
                    source=gone.source,
                    sure=gone.sure,
                )


def _valid(target: str) -> bool:
    if target.startswith(("mailto:", "tel:")):
        return True
    if target.startswith("#"):
        return len(target) > 1
    if target.casefold().startswith("www."):
        target = f"http://{target}"
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return False
    if not parts.scheme:  # a file beside the document
        return bool(target) and not target.casefold().startswith(("http", "www"))
    return bool(parts.hostname and _HOST.match(parts.hostname)) and (port is None or port > 0)
