"""Law, guidance, bodies and platforms that a document names, against dated data of what has become of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from rapidfuzz import fuzz, process

from proviso.rules.review._document import ReviewedDocument, Statement
from proviso.rules.review._findings import Finding, Rule, Severity, quoted, unless_unsure
from proviso.rules.rulebook import Act, Platform, Title, reference, review_reference

_ACT = re.compile(
    r"(?P<title>(?:[A-Z][\w’']*|\([A-Z][\w’' ]{2,40}\))"
    r"(?:,? (?:[A-Z][\w’']*|and|of|from|in|to|at|etc\.|for|the|\([\w’' ]{3,40}\))){0,10} Acts?|GDPR)"
    r"(?P<years>(?:,? ?(?:and |& |\()?(?:18|19|20)\d\d\)?){0,5})"
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_ALIKE = 90
_OLD = 8
_OLD_DOCUMENT = re.compile(
    r"(?P<title>(?:[A-Z][\w/&-]*|of|and|for|the|/|-)(?:[ /-]{1,3}(?:[A-Z][\w/&-]*|of|and|for|the|/|-)){0,12}? ?"
    r"(?:Policy|Strategy|Guidance|Guidelines|Procedures?|Framework|Standards))\b[^.;]{0,60}?\b(?P<year>(?:19|20)\d\d)\b"
)


def laws(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield Acts that are repealed, misnamed, or have a year in which there was none of that name."""
    seen: set[tuple[str, str]] = set()
    for statement in _named_in(document):
        for match in _ACT.finditer(statement.text):
            title = _title(match["title"])
            years = [int(year) for year in _YEAR.findall(match["years"] or "")]
            for finding in _on_act(title, years, statement, on):
                key = finding.rule.value, str(sorted(finding.about.items()))
                if key not in seen:
                    seen.add(key)
                    yield finding


def _named_in(document: ReviewedDocument) -> Iterator[Statement]:
    """Yield what may name law: sentences, and headings and rows as they are."""
    yield from document.statements
    for block in document.blocks:
        if block.kind.value in ("heading", "row"):
            yield Statement(block.text, block.at, block.text, block.source)


def _title(words: str) -> str:
    """Return an Act's title without what stood before it in the sentence (*The*, *Under the*)."""
    title = re.sub(r"^(?:.*?\b(?:The|the|Under|See|And|In|By)\s+)+(?=[A-Z(])", "", words)
    return re.sub(r"\bActs$", "Act", title).replace("’", "'")


def _on_act(title: str, years: list[int], statement: Statement, on: date) -> Iterator[Finding]:
    known = [act for act in review_reference().acts if _same(act.title, title)]
    if not known:
        yield from _misnamed(title, years, statement)
        return
    for year in years:
        of_year = [act for act in known if year in act.years]
        right = sorted({number for act in known for number in act.years if not act.until or act.until >= on})
        ended = next((act for act in of_year if act.until and act.until < on), None)
        if ended:
            yield _repealed(ended, title, year, statement)
        elif not of_year:
            best = max(known, key=lambda act: act.sure == "A")
            about = {"title": title, "year": str(year), "years": ", ".join(map(str, right or best.years))}
            yield _finding(Rule.WRONG_YEAR, Severity.ERROR, statement, best, "", about)
    if not years and all(act.until and act.until < on for act in known):
        yield _repealed(known[0], title, None, statement)


def _same(one: str, other: str) -> bool:
    plain = [re.sub(r"\W+", " ", re.sub(r"\betc\.?", "", title.casefold())).strip() for title in (one, other)]
    return plain[0] == plain[1] or plain[1].endswith(f" {plain[0]}") and plain[1].split()[0] in ("s", "this", "our")


def _repealed(act: Act, title: str, year: int | None, statement: Statement) -> Finding:
    about = {"title": f"{title} {year}" if year else title, "until": act.until.isoformat() if act.until else ""}
    return _finding(Rule.REPEALED_LAW, Severity.ERROR, statement, act, "", {**about, "instead": act.instead})


def _misnamed(title: str, years: list[int], statement: Statement) -> Iterator[Finding]:
    """Yield an Act whose name is nearly that of one that there is, in the same year where it has one."""
    acts = {act.title: act for act in review_reference().acts if not years or set(years) & set(act.years)}
    near = process.extractOne(title, list(acts), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if near and not _same(near[0], title) and len(title.split()) > 2:
        act = acts[near[0]]
        about = {"title": title, "right": f"{act.title} {years[0]}" if years else act.title}
        yield _finding(Rule.MISNAMED_LAW, Severity.WARNING, statement, act, "", about)


def _finding(
    rule: Rule,
    severity: Severity,
    statement: Statement,
    basis: Act | Title | Platform,
    kind: str,
    about: dict[str, str],
) -> Finding:
    graded = unless_unsure(severity, basis.sure)
    quote = quoted(statement.text)
    return Finding(rule, graded, statement.at, quote, kind, about, source=basis.source, sure=basis.sure)


def guidance(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield guidance and bodies that are superseded, hold in another nation, or are given to the wrong author."""
    for title in review_reference().titles:
        if title.is_link:
            continue
        named = [
            statement for statement in _named_in(document) if any(each.search(statement.text) for each in title.named)
        ]
        if not named:
            continue
        if document.home not in title.nations:
            about = {"title": title.title, "nations": ", ".join(title.nations), "home": document.home}
            yield _finding(Rule.WRONG_NATION, Severity.WARNING, named[0], title, "", about)
        yield from _authors(title, named)
        yield from _superseded(title, named, on)
    yield from _old_documents(document, on)


def _authors(title: Title, named: list[Statement]) -> Iterator[Finding]:
    for statement in named:
        wrong = next((match for each in title.not_by for match in [each.search(statement.text)] if match), None)
        if wrong:
            about = {"title": title.title, "wrong": wrong[0], "author": title.author}
            yield _finding(Rule.WRONG_AUTHOR, Severity.WARNING, statement, title, "", about)


def _superseded(title: Title, named: list[Statement], on: date) -> Iterator[Finding]:
    if title.until and title.until < on:
        about = {"title": title.title, "until": title.until.isoformat(), "now": title.now}
        yield _finding(Rule.SUPERSEDED_GUIDANCE, Severity.WARNING, named[0], title, "", about)
        return
    if title.since is None or title.since > on:
        return
    for statement in named:
        for each in title.named:
            for match in each.finditer(statement.text):
                year = _YEAR.search(statement.text[match.end() : match.end() + 60])
                if year and int(year[0]) in title.editions:
                    about = {"title": title.title, "edition": year[0], "now": title.now}
                    yield _finding(Rule.SUPERSEDED_GUIDANCE, Severity.WARNING, statement, title, "edition", about)
                    return


def _old_documents(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield policies and guidance of others that a document names with a year long past."""
    known = review_reference().titles
    seen: set[str] = set()
    for statement in document.statements:
        for match in _OLD_DOCUMENT.finditer(statement.text):
            title, year = match["title"].strip(" -–"), int(match["year"])
            is_known = any(each.search(match[0]) and one.editions for one in known for each in one.named)
            plain = re.sub(r"\W+", "", title.casefold())
            told = any(plain.startswith(other) or other.startswith(plain) for other in seen)
            if on.year - year < _OLD or is_known or told or len(title.split()) < 2:
                continue
            seen.add(plain)
            about = {"title": title, "edition": str(year)}
            yield Finding(
                Rule.SUPERSEDED_GUIDANCE, Severity.WARNING, statement.at, quoted(statement.text), "old", about
            )


def platforms(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the platforms that closed, or go by another name, each once."""
    for platform in reference().platforms.values():
        rule = _fate(platform, on)
        if rule is None:
            continue
        for statement in _named_in(document):
            match = _called(platform).search(statement.text)
            if match and not _known_as_renamed(platform, statement.text):
                about = {"name": match[0], "platform": platform.name, "state": platform.state}
                yield _finding(rule, Severity.WARNING, statement, platform, "", about)
                break


def _fate(platform: Platform, on: date) -> Rule | None:
    if platform.state.startswith("closed") and (platform.until is None or platform.until < on):
        return Rule.CLOSED_PLATFORM
    if platform.state.startswith(("renamed", "relaunched")) and (platform.since is None or platform.since <= on):
        return Rule.RENAMED_PLATFORM
    return None


@cache
def _called(platform: Platform) -> re.Pattern[str]:
    """Return what finds a platform by the names that it had."""
    old = [name for name in (platform.name, *platform.also) if len(name) > 2 and "(" not in name]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, old))})(?!\w)", re.IGNORECASE)


def _known_as_renamed(platform: Platform, text: str) -> bool:
    """Whether a text says itself that a platform was renamed: *X (formerly Twitter)*."""
    new = re.escape(platform.name)
    return bool(
        re.search(rf"\b{new}\b.{{0,30}}(?:former|previous|was |also|twitter)|twitter\W+(?:now |\()?{new}\b", text, re.I)
    )
