"""Words as people type them: cleaned, opened up, and mended where a slip is plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache

from rapidfuzz.distance import OSA

from proviso.rules.language._patterns import LEXICONS, read_lexicon

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": " ", "”": " ", '"': " ", "–": ", ", "—": ", "})
_WORD = re.compile(r"[a-z][a-z']*[a-z]|[a-z]")


def cleaned(text: str) -> str:
    """Return a text without control and direction marks, its letters in one form, its blanks made single."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Co", "Cs", "Cn"))
    return " ".join(text.split())


def opened(text: str, most: int) -> str:
    """Return cleaned text in lower case, with short forms written out and stops set apart.

    Written out it may be longer than it was: what is beyond `most` characters is left out.
    """
    text = text.lower().translate(_QUOTES)
    for short, full in _short_forms():
        text = short.sub(full, text)
    text = re.sub(r"\.{2,}|[!?;:\n]|\.(?=\s|$)", " . ", text)
    text = re.sub(r"[^a-z0-9'+@&/.,\- ]", " ", text)
    text = re.sub(r",", " , ", text)
    return " ".join(text.split())[:most]


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(short), full) for short, full in read_lexicon(LEXICONS / "short_forms.yaml").items())


class Speller:
    """Mends slips towards known words; ordinary words that merely look like one are let be."""

    def __init__(self, known: Iterable[str], ordinary: Collection[str]) -> None:
        self.known = sorted({word for word in known if len(word) >= 4})
        self._ordinary = ordinary
        self._same = set(self.known)
        self._by_length: dict[int, list[str]] = {}
        for word in self.known:
            self._by_length.setdefault(len(word), []).append(word)

    def knows(self, word: str) -> bool:
        """Whether a word is known, or an ordinary one."""
        return word in self._same or word in self._ordinary

    def mend(self, text: str) -> str:
        """Return the text with each plain slip replaced by the known word it was meant for."""
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        if len(word) < 4 or word in self._same or word in self._ordinary:
            return word
        stem = word.removesuffix("'s").removesuffix("s")
        if stem in self._same or stem in self._ordinary:
            return word
        most = 1 if len(word) < 8 else 2
        best, mended = most + 1, word
        for length in range(len(word) + most, len(word) - most - 1, -1):
            for known in self._by_length.get(length, ()):
                if known[0] != word[0] and known[:2] != word[1::-1]:
                    continue
                distance = OSA.distance(word, known, score_cutoff=most)
                if distance < best:
                    best, mended = distance, known
        return mended
