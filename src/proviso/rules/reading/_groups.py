"""Whom words name: the groups of people that a statement can bind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from proviso.rules.language import pattern, read_lexicon
from proviso.rules.reading._clauses import main_clause
from proviso.rules.reading._force import LEXICONS, is_order

AUDIENCES = (
    "staff",
    "volunteers",
    "governors",
    "pupils",
    "parents",
    "leaders",
    "dsl",
    "publishers",
    "school",
    "others",
    "everyone",
)


@cache
def _groups() -> tuple[tuple[str, re.Pattern[str]], ...]:
    written = read_lexicon(LEXICONS / "audiences.yaml")
    return tuple((name, re.compile(rf"\b(?:{pattern(entry)})\b")) for name, entry in written.items())


@lru_cache(maxsize=8_192)
def groups_in(words: str) -> tuple[str, ...]:
    """Return the groups that some words name, in their order; what a longer name takes is not taken again."""
    return tuple(name for name, _end in _named(words))


def _named(words: str) -> list[tuple[str, int]]:
    """Return the groups with the place where each name ends; owners (`pupils' pages`) are none."""
    found: dict[str, tuple[int, int]] = {}
    left = words
    for name, named in _groups():
        for match in named.finditer(left):
            owner = re.match(r"['’]s?\b|['’]\s", words[match.end() :])
            name = name.removesuffix("_too")
            if not owner and name not in found:
                found[name] = (match.start(), match.end())
        left = named.sub(lambda match: " " * len(match.group()), left)
    return [(name, end) for name, (_start, end) in sorted(found.items(), key=lambda each: each[1])]


@lru_cache(maxsize=8_192)
def subject_groups(words: str) -> tuple[str, ...]:
    """Return the groups that the subject of a statement names; clauses and phrases that hang on it do not count."""
    clause = main_clause(words)
    if not clause.verb and _order_like(words):
        return ()
    subject = clause.subject if clause.verb else " ".join(words.split()[:6])
    head = re.split(r"\b(?:who|which|that|whose|where|if|when)\b(?! post| publish| run| look)", subject, maxsplit=1)[0]
    head = re.sub(
        r"(?<!member)(?<!members)(?<!head)(?<!heads)(?<!director)(?<!body)(?<!board)(?<!chair) (?:of|about|for|"
        r"from|to|with|between|against|by|in|on|at)\b.*",
        "",
        f" {head}",
    ).strip()
    return tuple(
        name
        for name, end in _named(head)
        if name != "school" or not head[end:].strip(" ,'s") or re.match(r" (?:and|or|itself)\b", head[end:])
    )


def _order_like(words: str) -> bool:
    return bool(re.match(r"(?:please|do|don't|never|always|if|when|not|just|neither|nor)\b", words)) or is_order(words)


@lru_cache(maxsize=8_192)
def asked_groups(words: str) -> tuple[str, ...]:
    """Return the groups whom the school asks something: `we ask parents to …`."""
    asked = re.match(
        r"(?:the |our |this )?(?:school|trust|council|college|nursery|we|academy)(?:'d| would| will| do| also| "
        r"therefore| normally| strongly| always){0,3} "
        r"(?:ask|asks|request|requests|advise|advises|urge|encourage|encourages|expect|expects|require|requires|"
        r"prefer|like|want|invite|remind)\b(?: that| it if| all| any| our| for| of)*((?: [\w']+){1,4})",
        words,
    )
    return groups_in(asked.group(1)) if asked else ()


@lru_cache(maxsize=8_192)
def agent_groups(words: str) -> tuple[str, ...]:
    """Return the groups by whom something is to be done: `must be approved by the headteacher`."""
    by = re.search(
        r"\b(?:must|should|shall|will|to|is|are|may) (?:\w+ ){0,3}?(?:be )?\w+(?:ed|en|pt|ld|nt|de|ne)(?: \w+){0,"
        r"4}? by ((?:the |a |an |our |their )?(?:[\w-]+ ?){1,5})",
        words,
    )
    return groups_in(by.group(1)) if by else ()


def person(words: str) -> Iterator[str]:
    """Yield whether words speak in the first or second person."""
    for name, found in (("i", r"\b(?:i|my|me)\b"), ("you", r"\b(?:you|your)\b"), ("we", r"\b(?:we|our|us)\b")):
        if re.search(found, words):
            yield name
