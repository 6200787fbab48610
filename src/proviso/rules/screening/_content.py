"""What a post says that its author should look at again: tone, confidence, claims, links, how hard it reads.

Each is a word or turn of phrase that the lexicon names: a question to the author, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from proviso.rules.language import pattern, read_lexicon
from proviso.rules.screening._findings import Finding, Kind, Severity

LEXICONS = Path(__file__).parent / "lexicons"
HARD_WORDS, HARD_SENTENCE = 14, 28  # a reading age in years, and words in a sentence, from which a post is hard to read
SHORTEST_READ = 30  # words from which a reading age says anything
SHORTENERS = frozenset("bit.ly tinyurl.com t.co goo.gl ow.ly buff.ly is.gd rb.gy cutt.ly shorturl.at lnkd.in".split())

_LINK = re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'()]{1,2000}", re.IGNORECASE)
_MARKED = re.compile(r"\[(?P<words>[^\]\n]{1,200})\]\((?P<address>https?://[^\s)]{1,2000})\)")
_HOST = re.compile(
    r"\b(?:[\w-]{1,63}\.){1,5}(?:co\.uk|org\.uk|sch\.uk|gov\.uk|ac\.uk|com|org|net|uk|wales|cymru)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?\n]{1,1000}(?:[.!?]+|\n|$)")
_WORDS = re.compile(r"[A-Za-zÀ-ÿ'’]+")
_VOWELS = re.compile(r"[aeiouyàâäèéêëìíîïòóôöùúûüŵŷ]+")


@cache
def _lexicon(name: str) -> dict[str, re.Pattern[str]]:
    entries = read_lexicon(LEXICONS / f"{name}.yaml")
    return {
        entry: re.compile(rf"(?<![\w'-])(?:{pattern(words)})(?![\w'-])", re.IGNORECASE)
        for entry, words in entries.items()
    }


def _kinds() -> Iterator[tuple[Kind, re.Pattern[str]]]:
    return ((Kind(entry), words) for entry, words in _lexicon("content").items())


def content_in(text: str) -> list[Finding]:
    """Return what the author of a text should look at again."""
    plain = text.replace("’", "'")
    found = [
        Finding(
            kind, text[match.start() : match.end()], *match.span(), Severity.ASK if kind in _ASKED else Severity.HINT
        )
        for kind, words in _kinds()
        for match in words.finditer(plain)
    ]
    return [*found, *_links(text), *whereabouts_in(text), *_hard_reading(text)]


_ASKED = frozenset((Kind.TONE, Kind.GRIEVANCE, Kind.CONFIDENTIAL, Kind.DISREPUTE, Kind.COPYRIGHT))


def whereabouts_in(text: str) -> Iterator[Finding]:
    """Yield sentences that tell where children will be: a group, a time and a place, and not of something past."""
    words_of = _lexicon("whereabouts")
    sentences = list(_SENTENCE.finditer(text.replace("’", "'")))
    for number, sentence in enumerate(sentences):
        words = sentence.group()
        if not words_of["place"].search(words) or words_of["past"].search(words):
            continue
        before = sentences[number - 1].group() if number else ""
        after = sentences[number + 1].group() if number + 1 < len(sentences) else ""
        if words_of["group"].search(f"{before} {words}") and words_of["time"].search(f"{words} {after}"):
            start = sentence.start() + len(words) - len(words.lstrip())
            end = sentence.start() + len(words.rstrip())
            yield Finding(Kind.WHEREABOUTS, text[start:end], start, end, Severity.ASK)


def _links(text: str) -> Iterator[Finding]:
    """Yield links with where they lead: whose words name another site, short ones that hide theirs, and others."""
    marked = list(_MARKED.finditer(text))
    for match in marked:
        named, host = _HOST.search(match["words"]), _host(match["address"])
        if named and not host.endswith(named.group().lower().removeprefix("www.")):
            yield Finding(Kind.LINK, match.group(), *match.span(), Severity.STOP, why=host)
    for match in _LINK.finditer(text):
        host = _host(match.group())
        if host in SHORTENERS:
            yield Finding(Kind.LINK, match.group(), *match.span(), Severity.ASK, why=host)
        elif not any(each.start() <= match.start() < each.end() for each in marked):
            yield Finding(Kind.LINK, match.group(), *match.span(), Severity.HINT, why=host)


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"//{address}").hostname or "").removeprefix("www.")
    except ValueError:  # no address, such as one with half a bracket
        return ""


def _hard_reading(text: str) -> Iterator[Finding]:
    """Yield the longest sentence of a text that is hard to read, by the formula of Flesch and Kincaid, as an age."""
    sentences = [sentence for sentence in _SENTENCE.finditer(text) if _WORDS.search(sentence.group())]
    words = _WORDS.findall(text)
    if len(words) < SHORTEST_READ or not sentences:
        return
    syllables = sum(max(1, len(_VOWELS.findall(word.lower()))) for word in words)
    age = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5
    longest = max(sentences, key=lambda sentence: len(_WORDS.findall(sentence.group())))
    if age >= HARD_WORDS or len(_WORDS.findall(longest.group())) >= HARD_SENTENCE:
        yield Finding(Kind.READING_AGE, longest.group().strip(), *longest.span(), Severity.HINT, why=str(round(age)))
