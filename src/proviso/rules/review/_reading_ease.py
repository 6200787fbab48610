"""Terms that nobody explains, and how old one has to be to read a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from proviso.rules.review._document import BlockKind, ReviewedDocument
from proviso.rules.review._findings import Finding, Rule, Severity, quoted

_ACRONYM = re.compile(r"(?<![\w./@#-])(?P<letters>[A-Z]{3,6})s?(?![\w/@-])(?! [A-Z])")
# Known to anybody who reads a school's policy, or no acronym at all.
_KNOWN = frozenset(
    "ICT URL PDF DVD USB SMS BBC GCSE HTML FAQ CCTV NHS OFSTED PSHE SEN SEND TV PIN GPS APP CEO CEOP NSPCC GDPR DBS "
    "PPA PTA PTFA ASBO DATE NOT AND THE ALL FOR ARE MUST MSN KIK VSCO BEBO VPN WIFI ASAP "
    "NAME POLICY SCHOOL STAFF SOCIAL MEDIA USE YES NO".split()
)
_VOWELS = re.compile(r"[aeiouy]+")
_OLDEST = 16
_FEWEST_WORDS = 150
_LONG_SENTENCE = 45
_MOST = 40  # of so many, nobody reads more


def terms(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield abbreviations that are used and never written out."""
    shouting = {block.text for block in document.blocks if block.text.isupper()}
    initials = _initials(document.text)
    seen: set[str] = set()
    for block in document.blocks:
        if block.text in shouting or block.kind is BlockKind.CONTENTS:
            continue
        for match in _ACRONYM.finditer(block.text):
            letters = match["letters"]
            if (
                len(seen) >= _MOST
                or letters in _KNOWN
                or letters in seen
                or letters in initials
                or _explained(letters, document.text)
            ):
                continue
            seen.add(letters)
            about = {"term": letters}
            yield Finding(Rule.UNDEFINED_TERM, Severity.NOTE, block.at, quoted(block.text), about=about)


def _initials(text: str) -> set[str]:
    """Return the initials of every run of capitalised words, small words between them left out."""
    found: set[str] = set()
    for run in re.findall(r"\b[A-Z][\w’'-]*(?:\s+(?:(?:of|and|the|for|in)\s+)?[A-Z][\w’'-]*){1,8}", text):
        letters = "".join(word[0] for word in run.split() if word[0].isupper())
        found |= {letters[start:end] for start in range(len(letters)) for end in range(start + 3, len(letters) + 1)}
    return found


def _explained(letters: str, text: str) -> bool:
    """Whether words with these initials stand just before `(LETTERS)`, or the other way round."""
    words = r"[\s-]+(?:(?:of|and|the|for|in|to)\s+)?".join(rf"{letter}[\w’']*" for letter in letters)
    around = rf"{words}\s*[,(–-]+\s*[‘'\"“]?{letters}\b|\b{letters}s?[’'\"”]?\s*[,(–:=-]+\s*(?:the\s+)?{words}"
    return bool(re.search(around, text, re.IGNORECASE)) or bool(
        re.search(rf"\b{letters}\b\s+(?:means|stands for|is defined)", text)
    )


def reading_age(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield that a document is hard to read, with its longest sentence."""
    sentences = [each.text for each in document.statements if len(each.text.split()) > 3]
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z’']+", sentence)]
    if document.policy is not None or len(words) < _FEWEST_WORDS:
        return
    age = round(0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59 + 5)
    longest = max(document.statements, key=lambda each: len(each.text.split()))
    length = len(longest.text.split())
    if age > _OLDEST or length > _LONG_SENTENCE:
        about = {"age": str(age), "words": str(length)}
        yield Finding(Rule.READING_AGE, Severity.NOTE, longest.at, quoted(longest.text), about=about)


def _syllables(word: str) -> int:
    word = word.casefold()
    count = len(_VOWELS.findall(word))
    return max(1, count - (word.endswith("e") and not word.endswith("le") and count > 1))
