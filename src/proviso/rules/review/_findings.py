"""Findings: what is wrong with a document, where, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from proviso.rules.review._document import ReviewedDocument

_LONGEST_QUOTE = 240


class Severity(StrEnum):
    """How grave a finding is; the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """The rules of a review, as `docs/review-rules.md` explains them."""

    OVERDUE_REVIEW = "overdue-review"
    NO_REVIEW_DATE = "no-review-date"
    BLANK_LEFT = "blank-left"
    UNSIGNED = "unsigned"
    MISSING_APPENDIX = "missing-appendix"
    MISSING_SECTION = "missing-section"
    REPEALED_LAW = "repealed-law"
    MISNAMED_LAW = "misnamed-law"
    WRONG_YEAR = "wrong-year"
    SUPERSEDED_GUIDANCE = "superseded-guidance"
    WRONG_NATION = "wrong-nation"
    WRONG_AUTHOR = "wrong-author"
    CLOSED_PLATFORM = "closed-platform"
    RENAMED_PLATFORM = "renamed-platform"
    UNDEFINED_TERM = "undefined-term"
    GROUP_NOT_IN_SCOPE = "group-not-in-scope"
    CONTRADICTION = "contradiction"
    OVERRIDDEN = "overridden"
    MISSING_TOPIC = "missing-topic"
    NO_OWNER = "no-owner"
    NO_TIME = "no-time"
    UNENFORCEABLE = "unenforceable"
    READING_AGE = "reading-age"
    MIXED_FORCE = "mixed-force"
    BAD_LINK = "bad-link"
    IMPOSSIBLE_DATE = "impossible-date"
    WRONG_CRIME = "wrong-crime"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `kind` tells apart what one rule may say; `about` is what its sentence speaks of. `text` and `do` are sentences that
    the reference data hold themselves, empty where wording makes them. `source` is what it rests on, where it rests on
    more than the document.
    """

    rule: Rule
    severity: Severity
    at: str
    quote: str
    kind: str = ""
    about: Mapping[str, str] = field(default_factory=dict, hash=False)
    text: str = ""
    do: str = ""
    source: str = ""
    sure: str = ""


Check: TypeAlias = Callable[[ReviewedDocument, date], Iterable[Finding]]


def unless_unsure(severity: Severity, sure: str) -> Severity:
    """Return a severity, or a note where it rests on something that nobody has verified."""
    return Severity.NOTE if sure == "C" else severity


def quoted(text: str) -> str:
    """Return a quotation short enough to be read."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1].rsplit(' ', 1)[0]}…"
