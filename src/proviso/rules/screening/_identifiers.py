"""Numbers and addresses that identify somebody, by their form and, where there is one, by their check digit.

Sources: the Department for Education's guide to unique pupil numbers; the NHS data dictionary (modulus 11);
HMRC's manual on National Insurance numbers; Ofcom's numbering plan; the DVLA's leaflet INF104; Royal Mail's postcodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from proviso.rules.screening._findings import Finding, Kind, Severity

# Public helplines and emergency numbers are no private data.
HELPLINES = ("0800", "0808", "0300", "0303", "0333", "0344", "0345", "0843", "0845", "0870")
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
OLDEST, YOUNGEST = 20, 2  # years: whoever is on a roll was born that long ago

_NO_DIGIT = bytes(code for code in range(256) if chr(code) not in "0123456789")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19[3-9]\d|20[0-3]\d)"
_DATE = (
    rf"(?:{_DAY}\s?[./-]\s?(?:0?[1-9]|1[0-2])\s?[./-]\s?(?:{_YEAR}|\d\d)|{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    rf"|{_DAY}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTHS}\.?,?(?:\s{_YEAR})?|{_MONTHS}\s{_DAY}(?:st|nd|rd|th)?,?(?:\s{_YEAR})?)"
)
_STREETS = (
    r"Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Crescent|Cres|Way|Court|Place|Gardens|Terrace|Grove|Rise|Hill|Square|Mews|Row|Walk|"
    r"View|Green|Parade|Croft|Meadow|Meadows|Fold|Vale|Park|Mount|Bank|Wharf|Villas|Cottages|Estate|Approach|Circus|Fields|Mead|End"
)
_WELSH_STREETS = r"Heol|Ffordd|Stryd|Lôn|Maes|Clos|Rhodfa|Cilgant|Bryn|Parc|Teras|Gerddi|Cae|Llys|Rhes"
_BORN = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bborn\b(?:\s+on)?|\bbirthday\b(?:\s+(?:is|on|was|falls)){0,2}"
    r"|\bturns?\s\d{1,2}\s+on|\bdyddiad geni\b|\bganwyd\b(?:\s+ar)?)"
)
_NAME = r"[A-Z]['’]?[a-zà-ÿŵŷ][\w'’-]*"
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    Kind.EMAIL: re.compile(
        r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[\[(]at[\])]\s?)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
    ),
    Kind.PHONE: re.compile(
        r"(?<![\w.+/-])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)[1-9](?:[\s().-]{0,2}\d){8,9}(?![\d-]|\.\d|\w)"
    ),
    Kind.POSTCODE: re.compile(
        r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY])"
        r" ?\d[A-Z]{2})\b",
        re.IGNORECASE,
    ),
    Kind.POSTAL_ADDRESS: re.compile(
        rf"\b(?:(?:[Ff]lat|[Uu]nit|[Aa]partment|Apt)\s\d{{1,4}}[A-Za-z]?,?\s)?\d{{1,4}}[A-Za-z]?,?\s"
        rf"(?:(?:{_NAME}\s){{1,4}}(?:{_STREETS})\b|(?:{_WELSH_STREETS})(?:\s(?:y|yr|{_NAME})){{1,4}})"
        # Without the number of a house it is an address beside a town.
        rf"|\b(?:(?:{_NAME}\s){{1,3}}(?:{_STREETS})|(?:{_WELSH_STREETS})(?:\s(?:y|yr|{_NAME})){{1,3}}),\s{_NAME}(?:\s{_NAME})?"
    ),
    Kind.UPN: re.compile(r"\b[A-HJ-NP-RT-Z](?: ?\d){11} ?[\dA-HJ-NP-RT-Z]\b", re.IGNORECASE),
    Kind.NHS_NUMBER: re.compile(r"(?<![\w+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
    Kind.NI_NUMBER: re.compile(
        r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)(?:[ -]?\d\d){3}[ -]?[A-D]\b",
        re.IGNORECASE,
    ),
    Kind.CAR_PLATE: re.compile(r"\b[A-HJ-PR-Y][A-HJ-PR-Y] ?(?:0[1-9]|[1-7]\d) ?[A-HJ-PR-Z]{3}\b", re.IGNORECASE),
    Kind.DATE_OF_BIRTH: re.compile(
        rf"{_BORN}(?:\W{{0,4}}|\s(?:as|is|of)\s)(?P<date>{_DATE}|\d{{6}}|\d{{8}})"
        rf"|(?P<before>{_DATE})\W{{1,3}}(?:is\s)?(?:\w+['’]s\s)?(?:birthday|dob\b|date of birth)",
        re.IGNORECASE,
    ),
}
_OLD_PLATE = re.compile(r"\b(?:[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y])\b")
_CAR_WORDS = re.compile(
    r"\b(?:cars?|vans?|vehicles?|reg(?:istration)?|plates?|parked|parking|drivers?|minibus|owner|hatchback"
    r"|audi|bmw|citroen|dacia|fiat|ford|fiesta|focus|corsa|micra|polo|golf|clio|honda|hyundai|jaguar|jeep|kia|mazda"
    r"|mercedes|mini|nissan|peugeot|renault|seat|skoda|suzuki|tesla|toyota|vauxhall|volkswagen|vw|volvo"
    r"|transit|astra|yaris|qashqai|juke|insignia|zafira|passat|people carrier)\b",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(rf"(?<![\d/.-]){_DAY}[./-](?:0?[1-9]|1[0-2])[./-](?P<year>{_YEAR}|\d\d)(?![\d/.-]?\d)")
_UPN_WORD = re.compile(r"\bUPNs?\b|\bpupil numbers?\b", re.IGNORECASE)
_NHS_WORD = re.compile(r"\b(?:NHS|GIG)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


def identifiers_in(text: str, names: tuple[Span, ...], on: date) -> list[Finding]:
    """Return the identifying numbers and addresses in a text; `names` are the places of names already found."""
    kinds = _kinds_possible(text)
    found = [finding for kind in kinds for finding in _of(kind, _PATTERNS[kind], text, on)]
    if Kind.PHONE not in kinds:
        return _apart(found)
    found += _old_plates(text)
    found += _dates_beside_names(text, names, on)
    return _apart(found)


def _kinds_possible(text: str) -> tuple[Kind, ...]:
    """Return what a text can hold by the signs in it: most have no digit, and patterns take long over a text."""
    if text.encode("utf-8", "ignore").translate(None, _NO_DIGIT):
        return tuple(_PATTERNS)
    mail = (Kind.EMAIL,) if "@" in text or "[at]" in text or "(at)" in text else ()
    return (*mail, Kind.POSTAL_ADDRESS) if "," in text else mail


def _of(kind: Kind, words: re.Pattern[str], text: str, on: date) -> Iterator[Finding]:
    holds = _CHECKS.get(kind)
    for match in words.finditer(text):
        group = next((name for name in ("date", "before") if match.groupdict().get(name)), 0)
        start, end = match.span(group)
        if holds is None or holds(text[start:end], text, start, on):
            yield Finding(kind, text[start:end], start, end, _severity(kind, text[start:end]))


def _severity(kind: Kind, words: str) -> Severity:
    if kind in (Kind.POSTCODE, Kind.CAR_PLATE):
        return Severity.ASK
    if kind in (Kind.PHONE, Kind.EMAIL):  # the school's own office has both
        return Severity.HINT if _digits(words).startswith(HELPLINES) else Severity.ASK
    return Severity.STOP


def _is_upn(words: str, text: str, start: int, _on: date) -> bool:
    """Whether the letter at the front checks the digits; a temporary number ends in a letter."""
    letters = words.upper().replace(" ", "")
    last = UPN_LETTERS.find(letters[-1]) if letters[-1].isalpha() else int(letters[-1])
    digits = [*map(int, letters[1:-1]), last]
    total = sum(digit * weight for weight, digit in enumerate(digits, start=2))
    is_valid = letters[0] == UPN_LETTERS[total % len(UPN_LETTERS)]
    return is_valid or bool(_UPN_WORD.search(text, max(0, start - 80), start))


def _is_nhs_number(words: str, text: str, start: int, _on: date) -> bool:
    digits = _digits(words)
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    is_valid = (11 - total % 11) % 11 == int(digits[9]) and digits[0] not in "012"
    is_named = bool(_NHS_WORD.search(text[max(0, start - 40) : start]))
    return is_named or (is_valid and words != digits)


def _is_plate(words: str, text: str, start: int, on: date) -> bool:
    """Whether the age of a plate can be: 02 to this year in spring, and 51 to this year and fifty in autumn."""
    if not (words[:2].isupper() and words[-3:].isupper()):
        return bool(_CAR_WORDS.search(text[max(0, start - 60) : start]))
    age = int(_digits(words))
    return 2 <= age <= on.year % 100 or 51 <= age <= on.year % 100 + 50


def _is_phone(words: str, _text: str, _start: int, _on: date) -> bool:
    digits = _digits(words)
    national = "0" + digits.removeprefix("0044").removeprefix("44").removeprefix("0") if words[0] in "+0" else digits
    national = digits if digits.startswith("0") and not digits.startswith("0044") else national
    return len(national) in (10, 11) and national[1] in "1235789" and len(set(national)) > 2


def _is_postcode(words: str, text: str, start: int, _on: date) -> bool:
    """A postcode in small letters is one with its space only: otherwise it is a word and a number."""
    return words.isupper() or " " in words


def _is_birth(words: str, _text: str, _start: int, on: date) -> bool:
    year = re.search(_YEAR, words)
    return year is None or int(year.group()) <= on.year


_CHECKS: dict[Kind, Callable[[str, str, int, date], bool]] = {
    Kind.UPN: _is_upn,
    Kind.NHS_NUMBER: _is_nhs_number,
    Kind.CAR_PLATE: _is_plate,
    Kind.PHONE: _is_phone,
    Kind.POSTCODE: _is_postcode,
    Kind.DATE_OF_BIRTH: _is_birth,
}


def _old_plates(text: str) -> Iterator[Finding]:
    """Yield plates of before 2001, whose form many room and order numbers have: only beside words of cars."""
    for match in _OLD_PLATE.finditer(text):
        if _CAR_WORDS.search(text[max(0, match.start() - 60) : match.start()]):
            yield Finding(Kind.CAR_PLATE, match.group(), *match.span(), Severity.ASK)


def _dates_beside_names(text: str, names: tuple[Span, ...], on: date) -> Iterator[Finding]:
    """Yield full dates beside a name on which whoever is on a roll may have been born."""
    for match in _FULL_DATE.finditer(text):
        written = int(match["year"])
        year = written if written > 99 else 2000 + written
        beside = any(
            0 <= match.start() - name.end <= 25 and "\n" not in text[name.end : match.start()] for name in names
        )
        if beside and on.year - OLDEST <= year <= on.year - YOUNGEST:
            yield Finding(Kind.DATE_OF_BIRTH, match.group(), *match.span(), Severity.STOP)


def _apart(findings: list[Finding]) -> list[Finding]:
    """Return findings of which none lies over another: the longer one stays."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start - each.end, each.start)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda each: each.start)


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)
