"""How strongly a statement binds, told from its words: each answer names the entry of the lexicon that gave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from proviso.rules.language import pattern, read_lexicon
from proviso.rules.reading._clauses import main_clause

LEXICONS = Path(__file__).parent / "lexicons"
_LONGEST = 1_500
FORCES = ("required", "prohibited", "discouraged", "caution", "permitted", "consequence", "info")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_HANGING_ON = re.compile(r"\b(?:who|which|that|whose|where|if|when)\b")
_DENIED_ITEM = re.compile(r"(?:\w+ly |also |always )?(?:(?:not|never|refrain|avoid|no|neither|nothing)\b|do nothing\b)")
_MAKE_SURE = re.compile(r"\b(?:ensure|make sure|see to it)(?: that)?$")
_JOINING = re.compile(r"^(?:(?:and|but|so|yet|however|therefore|also|then|just)\b,? )+")
_DONT_HEADING = re.compile(r"\b(?:don'?ts?|do not|must not|never|not allowed|prohibited|not acceptable|unacceptable)\b")
_PEOPLE = re.compile(
    r"\b(?:staff|employees?|workers?|teachers?|pupils?|students?|learners?|children|parents?|carers?|governors?|you|i|they|anybody|anyone|everyone|"
    r"people|members?|administrators?|volunteers?|those|families)\b"
)
_FALLS_UPON = re.compile(
    r"\b(?:may|might|could|can|will|would|shall|liable|subject|lead|leads|result|results|face|faces|treated|"
    r"constitutes?|amounts? to|grounds|considered|regarded|reserves? the right|is (?:a |gross )|entitled|"
    r"dealt|risk)\b"
)
_FOLLOWS = re.compile(
    r"\b(?:disciplin\w+ (?:action|procedures?|proceedings|investigation|matter|measures|process|sanctions|"
    r"policy)|(?:gross )?misconduct|dismiss\w*|sanctions?|suspension|exclusion|prosecut\w*|legal (?:action|"
    r"proceedings)|"
    r"criminal (?:offence|investigations?|proceedings|charges|record|law)|breach of contract|be banned|a ban|"
    r"formal action|terminat\w+|access (?:may|will|can)|be confiscated|be taken away|be withdrawn|be removed|"
    r"passed to the police|"
    r"reported to the police|(?:tell|inform|contact|involve|call) the police|be disciplined|be blocked|disciplinary)\b"
)
_DUTY_AROUND = re.compile(
    r"^(?:the |our |all |any |every )?(?:head ?teacher|principal|dsl|designated|governors?|governing|manager|"
    r"school|trust|line managers?|concerns?|incidents?|serious)\b.{0,80}\b(?:must|should|shall|is responsible|"
    r"are responsible)\b"
)


@dataclass(frozen=True, slots=True)
class Force:
    """One of the seven forces, and the name of what told it; `sure` is how often that is right, from 0 to 1."""

    force: str
    told_by: str
    sure: float = 0.9


@lru_cache(maxsize=8_192)
def force_of(text: str, stem: str = "", heading: str = "") -> Force:
    """Return the force of a statement, with its stem and the heading over it."""
    words, before = plain(text), plain(stem)
    if before:
        return _under(before, words)
    return _alone(words, plain(heading))


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    return " ".join(text[:_LONGEST].translate(_QUOTES).lower().split())


def _under(stem: str, words: str) -> Force:
    """Return the force of an item by its stem; the item may turn it."""
    said = stem_kind(stem)
    own = _statement(words)
    if said == "aims":
        return Force("info", "stem: aims")
    if said == "neutral":
        return own or _order(words) or Force("info", "stem: neutral", 0.8)
    if said == "prohibited":
        turned = re.match(r"(?:but |however,? )?(?:do |please do |you may |they may )(?!not\b)", words)
        return Force(
            "permitted" if turned and "may" in turned.group() else "required" if turned else "prohibited",
            "stem: must not",
            0.97,
        )
    if said == "required":
        return _asked(stem, words, own)
    if (
        said == "permitted"
        and own
        and own.force == "prohibited"
        and re.match(r"(?:not|never)\b|.{0,30}\bmust not\b", words)
    ):
        return own
    return Force(said, f"stem: {said}", 0.93)


def _asked(stem: str, words: str, own: Force | None) -> Force:
    """Return the force of an item under a stem that asks for something."""
    if _DENIED_ITEM.match(words):
        advised = re.search(r"\b(?:advised?|recommended?|encouraged)\b", stem)
        return Force("discouraged" if advised else "prohibited", "stem: must, item: not", 0.95)
    if _MAKE_SURE.search(stem) and re.search(r"\b(?:not|never|no|nothing|cannot)\b|n't\b", main_clause(words).core):
        return Force("prohibited", "stem: must ensure, item: not", 0.9)
    if re.match(
        r"(?:be |remain |stay )?(?:\w+ )?(?:aware (?:of (?:the )?(?:risk|danger)|that)|careful|cautious|mindful|"
        r"wary|conscious of)|(?:always )?(?:consider|think|bear in mind|remember)\b|take care\b|exercise caution",
        words,
    ):
        return Force("caution", "stem: must, item: take care")
    if own is not None and (
        own.told_by in ("not without, not until", "must not", "not acceptable", "not to be taken for granted")
        and own.force != "info"
    ):
        return (
            own
            if not re.search(r"\b(?:if|when|where|which|that|who)\b.{0,60}\b(?:not|n't|never|no)\b", words)
            else Force("required", "stem: must", 0.9)
        )
    if own is not None and own.force == "consequence" and not re.match(r"\w+ (?:that|any|all|a|the)?\b", words):
        return own
    return Force("required", "stem: must", 0.95)


def _alone(words: str, heading: str) -> Force:
    words = _JOINING.sub("", words)
    bare = not main_clause(words).verb or is_order(words)
    denied = _DONT_HEADING.search(heading) and not re.search(r"\bdo'?s\b|\bdo and\b", heading)
    if bare and denied and not re.search(r"^(?:do|but|tell|come|instead|please)\b|\binstead\b", words):
        return Force("prohibited", "heading: don't", 0.85)
    found = _statement(words) or _free_to(words)
    if found:
        return found
    if re.match(r"(?:please )?(?:do|dos)\b(?!.*\bdon'?t)", heading) and is_order(words):
        return Force("required", "heading: do")
    return _order(words) or Force("info", "nothing is asked", 0.85)


def _free_to(words: str) -> Force | None:
    """Return `permitted` where people may or can do something."""
    clause = main_clause(words)
    if not re.match(r"(?:may|can)\b(?! (?:not|never|only))", clause.verb) or re.match(
        r"be (?:\w+ly )?\w+(?:ed|en|t)\b", clause.rest
    ):
        return None
    return Force("permitted", "people may", 0.85) if _PEOPLE.search(clause.subject) else None


def _order(words: str) -> Force | None:
    """Return `required` for an order."""
    return Force("required", "an order") if is_order(words) else None


@lru_cache(maxsize=8_192)
def is_order(words: str) -> bool:
    """Whether lower-case words begin with a verb in its plain form, as an order does."""
    first = re.match(
        r"(?:please |always |also |then |instead,? |kindly |if [^,]{2,80}, |when [^,]{2,80}, |where [^,]{2,80}, |"
        r"before [^,]{2,80}, |in [^,]{2,60}, |on [^,]{2,60}, |to [^,]{2,80}, |at [^,]{2,60}, |for [^,]{2,60}, )"
        r"*([a-z]+)\b(?! (?:is|are|was|of)\b)",
        words,
    )
    return first is not None and first.group(1) in _orders()


@cache
def _orders() -> frozenset[str]:
    return frozenset((LEXICONS / "orders.txt").read_text("utf-8").split())


@cache
def _lexicon() -> Mapping[str, tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]]:
    written = read_lexicon(LEXICONS / "force.yaml")
    return {
        part: tuple((entry, re.compile(pattern(entry["words"]))) for entry in entries)
        for part, entries in written.items()
    }


@lru_cache(maxsize=8_192)
def stem_kind(stem: str) -> str:
    for entry, words in _lexicon()["stems"]:
        if words.search(stem):
            return str(entry["says"])
    return "neutral"


def _statement(words: str) -> Force | None:
    clause = main_clause(words)
    head = _HANGING_ON.split(clause.subject, maxsplit=1)[0]
    main = f"{head} {clause.core}" if clause.verb else clause.core
    if clause.opening:
        words = f"{clause.subject} {clause.verb} {clause.rest}".strip()
    for entry, found in _lexicon()["statements"]:
        where = main if "main" in entry else words
        if found.search(where) and ("needs" not in entry or _follows_a_breach(words)):
            return Force(str(entry["says"]), str(entry.get("name", entry["says"])))
    return None


def _follows_a_breach(words: str) -> bool:
    """Whether words speak of what happens to whoever breaks a rule, not of a task or a mere mention."""
    follows = _FOLLOWS.search(words)
    if follows is None or _DUTY_AROUND.match(words):
        return False
    return bool(_FALLS_UPON.search(words))
