"""Words as people type them: cleaned, opened up, and mended where a slip is plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from rapidfuzz.distance import OSA

LONGEST = 1000
_MOST_TYPED = 4 * LONGEST  # with blanks and marks that are taken out

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": " ", "”": " ", '"': " ", "–": ", ", "—": ", "})
_SHORT = {
    r"\b(?:i'?m|im)\b": "i am",
    r"\bi'?ve\b": "i have",
    r"\bi'd\b": "i would",
    r"\bi'll\b": "i will",
    r"\b(can)'?t\b|\bcannot\b": "can not",
    r"\bwon'?t\b": "will not",
    r"\bshan't\b": "shall not",
    r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)n'?t\b": r"\1 not",
    r"\b(what|who|where|when|how|that|there|here|it)'s\b": r"\1 is",
    r"\bwhats\b": "what is",
    r"\bwhos\b": "who is",
    r"\b(he|she)'?s\b": r"\1 is",
    r"\b(they|we|you)'?(?:re)\b(?<!were)": r"\1 are",
    r"\b(they|we|you)'?ve\b": r"\1 have",
    r"\b(?:thats)\b": "that is",
    r"\bu\b": "you",
    r"\bteh\b": "the",
    r"\bur\b": "your",
    r"\bpls\b|\bplz\b": "please",
    r"\bgonna\b": "going to",
    r"\bwanna\b": "want to",
    r"\bgotta\b": "got to",
    r"\bmsgs?\b": "message",
    r"\bmsg(?:ed|d)\b": "messaged",
    r"\bmsging\b": "messaging",
    r"\btxt(s|ed|ing)?\b": r"text\1",
    r"\bdm'?e?d\b": "messaged",
    r"\bdming\b": "messaging",
    r"\bpics?\b": "picture",
    r"\bvids?\b": "video",
    r"\bb4\b": "before",
    r"\bsm\b": "social media",
    r"\bgovs\b": "governors",
    r"\bgov\b": "governor",
    r"\bacct?s?\b": "account",
    r"\bppl\b": "people",
    r"\bsum1\b": "someone",
    r"\bcos\b|\bcuz\b|\bcoz\b": "because",
    r"&": " and ",
}
_SHORT_PATTERNS = [(re.compile(pattern), said) for pattern, said in _SHORT.items()]
_WORD = re.compile(r"[a-z][a-z']*[a-z]|[a-z]")


class QuestionError(ValueError):
    """A question that cannot be taken; the message says what to do."""


def clean(question: str) -> str:
    """Return a question without control and direction marks, its blanks made single.

    Raises:
        QuestionError: nothing is left of it, or it is longer than `LONGEST` characters.
    """
    if len(question) > _MOST_TYPED:
        raise _too_long(len(question))
    text = unicodedata.normalize("NFKC", question)
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Co", "Cs", "Cn"))
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise _too_long(len(text))
    if not any(char.isalnum() for char in text):
        raise QuestionError('the question is empty: write it in your own words, for example "may I add a pupil?"')
    return text


def _too_long(length: int) -> QuestionError:
    return QuestionError(
        f"the question has {length:,} characters and at most {LONGEST:,} are read: ask it more shortly"
    )


def opened(text: str) -> str:
    """Return cleaned text in lower case, with short forms written out and stops set apart.

    Written out it may be longer than it was: no more than `LONGEST` characters of it are read.
    """
    text = text.lower().translate(_QUOTES)
    for pattern, said in _SHORT_PATTERNS:
        text = pattern.sub(said, text)
    text = re.sub(r"\.{2,}|[!?;:\n]|\.(?=\s|$)", " . ", text)
    text = re.sub(r"[^a-z0-9'+@&/.,\- ]", " ", text)
    text = re.sub(r",", " , ", text)
    return " ".join(text.split())[:LONGEST]


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
        best, found = most + 1, word
        for length in range(len(word) + most, len(word) - most - 1, -1):
            for known in self._by_length.get(length, ()):
                if known[0] != word[0] and known[:2] != word[1::-1]:
                    continue
                distance = OSA.distance(word, known, score_cutoff=most)
                if distance < best:
                    best, found = distance, known
        return found
