"""Which of many texts are nearest to a question: by words that they share (BM25) and by meaning (vectors), each
correcting the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import bm25s
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
        self._index = bm25s.BM25(k1=1.2, b=0.75)
        self._index.index([stems(text) or [""] for text in texts], show_progress=False)

    def nearness(self, text: str, vector: Array) -> Nearness:
        """Return how near every text is to another text, whose vector is given."""
        cosines = self._vectors @ vector
        scores = np.zeros(len(cosines), np.float32)
        known = [stem for stem in stems(text) if stem in self._index.vocab_dict]
        if known:
            scores = np.asarray(self._index.get_scores(known), np.float32)
            scores /= max(float(scores.max()), 1e-9)
        return Nearness(cosines, scores, _reciprocal(cosines) + _reciprocal(scores))


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
