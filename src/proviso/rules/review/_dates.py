"""Dates as people write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_TERMS = {"autumn": 12, "spring": 4, "summer": 7, "winter": 12}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d(?!\d|[:.]\d))"
_FORMS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<monthno>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<monthno>\d{1,2})[/.-](?P<year>(?:19|20)\d\d|\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(r"\b(?P<term>autumn|spring|summer|winter)(?: term)?,?\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text; `day` is None where there is no such day. A month alone is its last day."""

    words: str
    start: int
    day: date | None


def dates_in(text: str) -> Iterator[WrittenDate]:
    """Yield the dates of a text in their order; a stretch of it is one date."""
    taken: list[tuple[int, int]] = []
    found: list[WrittenDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found.append(WrittenDate(match[0], match.start(), _day(match.groupdict())))
    yield from sorted(found, key=lambda written: written.start)


def _day(parts: dict[str, str | None]) -> date | None:
    year = int((parts["year"] or "0").lstrip("'’"))
    year += 2000 if year < 100 else 0
    term = (parts.get("term") or "").casefold()
    month = _TERMS.get(term) or _MONTHS.get((parts.get("month") or "").casefold()) or int(parts.get("monthno") or 0)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(parts.get("day") or last)
    return date(year, month, day) if 1 <= day <= last else None
