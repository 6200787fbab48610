"""Sentences of prose, and the parts of a sentence that ask for different things."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 1_500
_SHORT = (
    "e.g i.e etc mr mrs ms dr prof st no nos vs cf inc ltd co approx ref fig para paras sec dept min max tel "
    "ext p pp s ss "
    "jan feb mar apr jun jul aug sep sept oct nov dec vol ed al incl"
).split()
_STOP = re.compile(r"([.?!]+)([\"'”’)\]]*)\s+(?=[\"'“‘(\[*]*[A-Z0-9])")
_MODAL = (
    r"(?:must|should|shall|will|may|might|can|cannot|could|would|ought to|need to|needs to|need not|are "
    r"expected to|is expected to|"
    r"are to|is to|are not|is not|are encouraged|are advised|are required|are free|are responsible|is "
    r"responsible|has to|have to|do not|does not|don[’']t)"
)
_FULL = (
    r"(?:must|should|shall|will|may|might|can|cannot|could|would|ought to|needs? to|need not|is|are|has|have|"
    r"do not|does not|remains?|takes?|applies|keeps?|asks?)"
)
_NOT_SUBJECT = (
    r"(?!(?:who|which|that|if|when|where|unless|because|whose|whether|how|what|as|not|to|must|should|"
    r"shall|will|may|can|or|and|but)\b)"
)
_WORDS = rf"(?:{_NOT_SUBJECT}[\w’'/()-]+\s+)"
_FIRST = rf"(?:{_NOT_SUBJECT}[\w’'/()-]+\s+)"
_LATER = r"(?:(?!(?:must|should|shall|will|may|can|cannot|if|when|unless|who|which|that|where)\b)[\w’'/()-]+\s+)"
_LINK = (
    r"(?:and(?! then only)|but|or|nor|so(?! that)|yet)(?:\s+(?:also|then|therefore|instead|that|always|"
    r"equally|in addition,?|in that case,?|(?:if|when|where) [^,.;]{3,90}?,?))?"
)
_AND = re.compile(
    rf"(?:,\s+{_LINK}\s+(?=(?:{_FIRST}{_LATER}{{0,11}}?)?{_FULL}\b)|\s+{_LINK}\s+(?={_WORDS}{{0,4}}?{_MODAL}\b)"
    rf"|;\s+(?:{_LINK}\s+|however,?\s+|therefore,?\s+|instead,?\s+|otherwise,?\s+)?"
    rf"|\s[–—]\s+(?:{_LINK}\s+)?(?={_WORDS}{{0,8}}?{_MODAL}\b)|,\s+(?={_FIRST}{_WORDS}{{0,4}}?{_MODAL}\b)|,"
    rf"?\s+(?:and|but)\s+(?=not\s+(?:to|on|by|for|in|through)\b))",
    re.I,
)
_WHO = re.compile(
    r"(,\s+)(?=(?:who|for whom \w+(?: \w+){0,3}?|which) (?:must|will|shall|should)\b"
    r"|(?:though|although) (?:\w+ ){1,4}?(?:may|must|should|can|are|is)\b)",
    re.I,
)
_CONDITION_THEN_ORDER = re.compile(
    r"(,?\s+(?:and|but)\s+|;\s+)(?=(?:if|when|where)\s[^,.;]{3,70},\s(?:please )?(?:tell|report|ask|do not|"
    r"don[’']t|speak|let|inform|keep|use|block|show))",
    re.I,
)
_ORDER = re.compile(
    r"(,?\s+(?:and|but)\s+|;\s+(?:and\s+|but\s+)?|,\s+)(?=(?:do not|don[’']t|never|avoid|refrain)\s+\w)", re.I
)
_TAKE_CARE = re.compile(
    r"(,?\s+and\s+|,\s+|;\s+)(?=(?:be (?:very |extremely |especially )?(?:careful|cautious|aware|mindful|wary|"
    r"vigilant)|take care|think (?:carefully|before|twice)|bear in mind)\b)",
    re.I,
)
_TELL = re.compile(
    r"(,?\s+(?:and|but)\s+|;\s+)(?=(?:report|tell|speak|inform|keep|save|contact|show|ask|use|log out|hand|"
    r"block|seek|take|pass|let|raise|leave|decline|record)\s+\w)",
    re.I,
)
_SPLICED = rf"(?:(?:the|a|an|this|these|those|their|our|your|no|any|all|they|it|he|she|we|you|i)\b|\w+\s+{_MODAL}).*"
_OPENING_ORDER = re.compile(
    r"(?:please )?(?:never|do not|don[’']t|always|keep|tell|report|use|think|ask|make|avoid|remember|check)\b", re.I
)
_FINITE_OR_ORDER = re.compile(
    rf"(?=.*?\b{_FULL}\b)|(?:failure|do not|don[’']t|never|keep|tell|report|use|ask|instead|please|leave|"
    rf"contact|speak|it|they|this|these)\b",
    re.I,
)
_STRONG = re.compile(rf"\b{_MODAL}\b", re.I)
_SUBORDINATE = re.compile(
    r"\b(?:if|when|where|whenever|wherever|who|which|that|whose|unless|because|until|whether|while|whilst|how|"
    r"what|although|as|before|after|since|so that|in case|in order)\b",
    re.I,
)
_LOOSE = frozenset(("before", "after", "since", "as", "how", "what"))
_CLAUSE = re.compile(rf"\b{_FULL}\b|\b(?:you|we|they|i|it|staff|pupils)\s+\w+", re.I)
_NEGATED = re.compile(
    r"^(?:do not|don[’']t|never|avoid|refrain)\b|\b(?:must|should|will|may|can|shall) (?:not|never)\b|cannot\b", re.I
)
_INLINE = re.compile(
    r"(?:(?<=[:;,.])|(?<=\sand)|(?<=\sor))\s*((?<!\w)\((?:[a-h]|i{1,3}|iv|v|vi{0,3}|\d)\)|(?<=[:;,]\s)"
    r"(?:[a-h]|i{1,3}|iv|v)\))\s+(?=\S)"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    found: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.group(1) == "." and _is_short_form(text, match.start(), text[match.end() :]):
            continue
        if _open_bracket(text[start : match.end(2)]):
            continue
        found.append(text[start : match.end(2)].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [each for each in found if each]


def _is_short_form(text: str, stop: int, rest: str) -> bool:
    """Whether a stop belongs to a short form, an initial or a number, not to the end of a sentence."""
    word = re.search(r"([\w.'’]+)$", text[:stop])
    if word is None:
        return False
    last = word.group(1).lower()
    if last == "etc":
        return not rest[:1].isupper()
    return last in _SHORT or bool(
        re.fullmatch(r"[A-Za-z](?:\.[A-Za-z])*", word.group(1)) and word.group(1) not in ("I", "a")
    )


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")") and len(text) < 400 and not text.lstrip("*").startswith("(")


def listed(text: str) -> tuple[str, list[str]]:
    """Return the stem and the items of a list that is printed within a paragraph, no items where there is none."""
    marks = list(_INLINE.finditer(text)) if len(text) < 4 * _LONGEST else []
    if len(marks) < 2 or marks[0].group(1).strip("()") not in ("a", "i", "1"):
        return text, []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [text[mark.end() : end].strip(" ;,") for mark, end in zip(marks, ends, strict=True)]
    items = [re.sub(r"[;,]?\s*(?:and|or)$", "", item).strip() for item in items]
    return re.sub(r"[\s:–-]+$", "", text[: marks[0].start()]), [item for item in items if item]


def duties(sentence: str) -> list[str]:
    """Return the parts of a sentence that each ask for something of their own; mostly the sentence alone."""
    if not 30 <= len(sentence) <= _LONGEST:
        return [sentence]
    cuts = sorted(set(_cuts(sentence)))
    parts: list[str] = []
    start = 0
    for end, after in cuts:
        if end > start:
            parts.append(sentence[start:end].strip(" ,;"))
            start = after
    parts.append(sentence[start:].strip())
    return [part for part in parts if part]


def _cuts(sentence: str) -> Iterator[tuple[int, int]]:
    for match in (*_AND.finditer(sentence), *_CONDITION_THEN_ORDER.finditer(sentence)):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if not _inside(sentence, match.start()) and _both_whole(match.group().strip().lower(), before, after):
            yield match.start(), match.end()
    for match in _WHO.finditer(sentence):
        before = sentence[: match.start()]
        if _STRONG.search(before) and not _led_by_condition(before) and not _inside(sentence, match.start()):
            yield match.start(), match.end()
    yield from _order_cuts(sentence)


def _both_whole(link: str, before: str, after: str) -> bool:
    """Whether both sides of a link have a verb of their own that is no part of a clause which goes on."""
    if link.startswith(";"):
        return bool(_FINITE_OR_ORDER.search(before) and _FINITE_OR_ORDER.match(after)) and len(after.split()) > 2
    if re.match(r"not\b", after):
        return bool(_STRONG.search(before)) and not _NEGATED.search(before)
    if link == ",":
        return _is_spliced(before, after)
    own_subject = not re.match(rf"(?:also |then |therefore |so |always |equally )?{_MODAL}\b", after, re.I)
    comma = link.startswith(",")
    if not (_STRONG.search(before) or _OPENING_ORDER.match(before)):
        return comma and own_subject and bool(_CLAUSE.search(before)) and not _led_by_condition(before)
    return _stands_alone(before, own_subject=own_subject, comma=comma)


def _is_spliced(before: str, after: str) -> bool:
    """Whether a bare comma stands between two whole clauses."""
    if re.match(r"i (?:will|shall|won[’']t|must|agree)\b", after, re.I):
        return bool(re.search(r"\bi (?:will|shall|won[’']t|must|agree)\b", before, re.I))
    if not _STRONG.search(before) or _led_by_condition(before) or not re.match(_SPLICED, after, re.I):
        return False
    return "," not in before or bool(re.search(r"\b(?:must|should|may|shall)\b", before, re.I))


def _order_cuts(sentence: str) -> Iterator[tuple[int, int]]:
    for match in _ORDER.finditer(sentence):
        before = sentence[: match.start()]
        comma_only = match.group(1).strip() == ","
        turns = not _NEGATED.search(before) and not (comma_only and _led_by_condition(before))
        if turns and len(before.split()) > 1 and not _open_condition(before) and not _inside(sentence, match.start()):
            yield match.start(), match.end()
    for match in _TAKE_CARE.finditer(sentence):
        before = sentence[: match.start()]
        if (
            len(before.split()) > 2
            and not re.search(r"\b(?:be|aware|careful|mindful|cautious)\b", before, re.I)
            and not _led_by_condition(before)
        ):
            yield match.start(), match.end()
    for match in _TELL.finditer(sentence):
        before = sentence[: match.start()]
        if (
            re.match(r"(?:please )?(?:do not|don[’']t|never|avoid)\b", before, re.I)
            and "but" in match.group(1) + before[-4:]
        ):
            yield match.start(), match.end()
        elif re.match(r"(?:if .{0,80}, )?(?:please )?(?:do not|don[’']t|never)\b", before, re.I) and "," in match.group(
            1
        ):
            yield match.start(), match.end()


def _stands_alone(before: str, *, own_subject: bool, comma: bool) -> bool:
    """Whether what stands before a link is whole: the clause that the link closes is not one that hangs on another."""
    first = _STRONG.search(before)
    if first is None or (own_subject and comma):
        return True
    last = re.split(r"[,;]", before)[-1]
    loose = frozenset() if own_subject else _LOOSE
    opened = [match for match in _SUBORDINATE.finditer(last) if match.group().lower() not in loose]
    if not opened:
        return True
    leads = _SUBORDINATE.match(last.strip()) is not None
    if own_subject:
        return leads and _STRONG.search(last) is not None
    if _STRONG.search(last[: opened[0].start()]):
        return comma or not _STRONG.search(last[opened[-1].end() :])
    return not leads and len(_STRONG.findall(last)) == 1


def _led_by_condition(before: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:should|if|when|where|whenever|unless|before|after|while|once|as|in|for|on|at|to|by|outside|"
            r"during|even)\b[^,]*$",
            before,
            re.I,
        )
    )


def _open_condition(before: str) -> bool:
    return bool(_SUBORDINATE.match(before.strip()) and "," not in before)


def _inside(sentence: str, place: int) -> bool:
    """Whether a place lies within brackets or quotation marks."""
    before = sentence[:place]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    return quoted or before.count("(") > before.count(")")
