"""A text in Welsh, word by word in English, so that it is read as one in English is.

Each word is looked for as it stands and as it was before it mutated; the longest phrase of `welsh.yaml` wins. A word
that is not known is left out: a gap does less harm than a word that merely looks like another. It is no translation
and is shown to nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from proviso.rules.language._patterns import LEXICONS, read_lexicon

_LEAST_MARKS, _LEAST_SHARE = 2, 0.6
_WORD = re.compile(r"[\w-]+|[.?!,]")
_ARTICLE = re.compile(r"'r\b|\byr\b")
_BOUND = re.compile(r"'(?:n|m|ch|u|i|w|th)\b")  # short words that hang on the one before
_OWN = re.compile(r"\bfy (\w+)( \w+)? fy hun(?:an)?\b")
_ECHO = re.compile(r"\b(fy [\w-]+) i\b|\b(fy [\w-]+ [\w-]+) i(?=\s*(?:[.?!,]|$))")  # *fy mhroffil i* is *my profile*
_PASSED_OVER = {"y", "yn", "ei"}  # wherever a phrase of the lexicon has no such word
# What a letter was before it mutated (soft, nasal, aspirate); a soft g is gone altogether.
_BEFORE = (
    *(("mh", "p"), ("nh", "t"), ("ngh", "c"), ("ng", "g"), ("dd", "d"), ("ph", "p"), ("th", "t"), ("ch", "c")),
    *(("b", "p"), ("d", "t"), ("g", "c"), ("f", "b"), ("f", "m"), ("l", "ll"), ("r", "rh"), ("m", "b"), ("n", "d")),
)
_AFTER_G = tuple("aeiouwylrn")


class _Branch(dict[str, "_Branch"]):
    """What may follow some words of a phrase; `english` is the English where a phrase ends here."""

    english: str | None = None


def in_english(text: str, known: Callable[[str], bool]) -> str | None:
    """Return a cleaned text in English words if it is in Welsh, else None; `known` tells words to leave alone."""
    words = _words(text)
    if not _is_welsh(words):
        return None
    english_words: list[str] = []
    position = 0
    while position < len(words):
        length, english = _longest(words, position)
        if length == 0:
            english = words[position] if words[position] in ".?!," or known(words[position]) else ""
        if english.startswith("<"):  # an adjective, which in English comes before its noun
            english_words.insert(max(len(english_words) - 1, 0), english[1:])
        else:
            english_words += english.split()
        position += max(length, 1)
    return " ".join(english_words)


def _words(text: str) -> list[str]:
    unaccented = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("‘", "'"))
    unaccented = "".join(char for char in unaccented if unicodedata.category(char) != "Mn")
    unaccented = _OWN.sub(r"fyhun \1\2", _BOUND.sub(" ", _ARTICLE.sub(" y", unaccented)))
    return _WORD.findall(_ECHO.sub(r"\1\2", unaccented))


def _is_welsh(words: list[str]) -> bool:
    marks = _lexicon()["marks"]
    marked = {word for word in words if word in marks}
    if len(marked) >= _LEAST_MARKS or not marked:
        return bool(marked)
    known = [word for word in words if any(form in _phrases() for form in _unmutated(word))]
    return len(known) >= _LEAST_SHARE * len(words)


def _longest(words: list[str], position: int) -> tuple[int, str]:
    """Return how many words the longest phrase from a position has, and its English."""
    best = (0, "")
    waiting: list[tuple[_Branch, int, bool]] = [(_phrases(), 0, False)]
    while waiting:
        branch, length, passed_over = waiting.pop()
        if branch.english is not None and length > best[0] and not passed_over:
            best = (length, branch.english)
        if position + length < len(words):
            # The word as it stands is taken up last in, first out: it comes before what it may have been.
            forms = list(_unmutated(words[position + length]))
            waiting += [(branch[form], length + 1, False) for form in reversed(forms) if form in branch]
            if length and forms[0] in _PASSED_OVER and forms[0] not in branch:
                waiting.append((branch, length + 1, True))
    return best


def _unmutated(word: str) -> Iterator[str]:
    """Yield a word as it stands, and what it may have been before it mutated."""
    yield word
    for now, before in _BEFORE:
        if word.startswith(now):
            yield before + word[len(now) :]
    if word.startswith(_AFTER_G):
        yield f"g{word}"
    if word.startswith("h"):
        yield word[1:]


@cache
def _lexicon() -> Any:
    welsh = read_lexicon(LEXICONS / "welsh.yaml")
    return {"marks": frozenset(" ".join(welsh["marks"]).split()), "phrases": welsh["phrases"]}


@cache
def _phrases() -> _Branch:
    root = _Branch()
    for phrase, english in _lexicon()["phrases"].items():
        branch = root
        for word in _words(phrase):
            branch = branch.setdefault(word, _Branch())
        branch.english = english
    return root
