"""Which of many texts are nearest to a question: by words that they share (BM25) and by meaning (vectors), each
correcting the other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[a-z0-9']+")
_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "e", "y")
_SHORTEST_STEM = 3
_EMPTY = frozenset(
    "a an the and or to of in on at is are was were be been it its i me my we our you your he she they him his her "
    "their this that these those do does did can could should would will may might for with about from by as if so "
    "but not no what who when where how which there then than just".split()
)
# How soon a word that comes again counts no more, and how much a long text is held against its words.
_K1, _B = 1.2, 0.75
# How steeply a text counts less the later it comes in each of the two orders.
_STEEPNESS = 20

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near each text is: cosines, shares of the best BM25 score, and both orders fused (reciprocal ranks)."""

    cosines: Array
    words: Array
    fused: Array


class Retrieval:
    """Texts with their vectors, a row each, ready to be searched."""

    def __init__(self, texts: Sequence[str], vectors: Array) -> None:
        self._vectors = vectors
        self._words = _WordIndex([stems(text) for text in texts])

    def nearness(self, text: str, vector: Array) -> Nearness:
        """Return how near every text is to another text, whose vector is given."""
        cosines = self._vectors @ vector
        scores = self._words.scores(stems(text))
        scores /= max(float(scores.max(initial=0)), 1e-9)
        return Nearness(cosines, scores, _reciprocal(cosines) + _reciprocal(scores))


class _WordIndex:
    """Which texts have which stems, and how often: BM25 as Lucene has it."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._texts_with: dict[str, list[tuple[int, int]]] = {}
        for number, words in enumerate(texts):
            for word, count in Counter(words).items():
                self._texts_with.setdefault(word, []).append((number, count))
        lengths = np.array([len(words) for words in texts])
        self._weights = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1e-9)) if len(texts) else lengths

    def scores(self, words: Iterable[str]) -> Array:
        """Return the score of each text for some stems."""
        scores = np.zeros(len(self._weights), np.float32)
        for word in words:
            held = np.array(self._texts_with.get(word, ()), np.int64).reshape(-1, 2)
            rows, counts = held[:, 0], held[:, 1]
            rarity = math.log(1 + (len(scores) - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[rows] += rarity * counts / (self._weights[rows] + counts)
        return scores


def stems(text: str) -> list[str]:
    """Return the words of a text that carry meaning, without their endings."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _reciprocal(scores: Array) -> Array:
    """Return 1 / (steepness + rank); texts with no score at all share the last rank."""
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=np.float32)
    ranks[scores <= 0] = len(scores)
    fused: Array = (1 / (_STEEPNESS + ranks)).astype(np.float32)
    return fused
