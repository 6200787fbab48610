"""What was learned from labelled policies: linear heads over named features, and how sure each answer is.

`tools/reading.py` learns them. A head's weights are bytes with a scale for each answer, so that its file stays small.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEADS = Path(__file__).parent / "heads.npz"
NAMES = ("force", "who", "topic", "topic meaning")
Array = NDArray[Any]


@dataclass(frozen=True)
class Scores:
    """How much speaks for each answer, the most telling first."""

    ranked: tuple[tuple[str, float], ...]
    sure: float

    @property
    def best(self) -> str:
        return self.ranked[0][0]

    @property
    def margin(self) -> float:
        return self.ranked[0][1] - self.ranked[1][1]


@dataclass(frozen=True)
class Head:
    """A linear model: a row of weights for each feature, a column for each answer; `rows` finds a feature's row.

    `meaning` weighs the sentence's vector, where the head looks at it.
    """

    answers: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Array
    scales: Array
    constants: Array
    meaning: Array | None
    slope: float
    offset: float

    def scores(self, features: Mapping[str, float], vector: Array | None = None) -> Scores:
        """Return the scores of some features."""
        known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        total = self.constants.copy()
        if known:
            rows, values = zip(*known, strict=True)
            total += np.asarray(values, np.float32) @ self.weights[list(rows)].astype(np.float32) * self.scales
        if self.meaning is not None and vector is not None:
            total += vector @ self.meaning
        order = np.argsort(-total, kind="stable")
        ranked = tuple((self.answers[place], float(total[place])) for place in order)
        return Scores(ranked, self._sure(ranked[0][1] - ranked[1][1]))

    def _sure(self, margin: float) -> float:
        return round(1 / (1 + math.exp(-(self.slope * margin + self.offset))), 2)


@cache
def heads() -> Mapping[str, Head]:
    """Return the heads, read once."""
    with np.load(HEADS) as stored:
        return {name: head_of(stored, name) for name in NAMES}


def head_of(stored: Mapping[str, Array], name: str) -> Head:
    """Return a head as it is stored."""
    features = stored[f"{name} features"].tobytes().decode("utf-8").split("\n")
    meaning = stored[f"{name} meaning"].astype(np.float32)
    slope, offset = stored[f"{name} sure"].tolist()
    return Head(
        tuple(stored[f"{name} answers"].tolist()),
        {feature: row for row, feature in enumerate(features)},
        stored[f"{name} weights"],
        stored[f"{name} scales"].astype(np.float32),
        stored[f"{name} constants"].astype(np.float32),
        meaning if meaning.size else None,
        slope,
        offset,
    )


def stored_of(name: str, head: Head) -> dict[str, Array]:
    """Return what is stored of a head."""
    features: Sequence[str] = list(head.rows)
    return {
        f"{name} features": np.frombuffer("\n".join(features).encode("utf-8"), np.uint8),
        f"{name} answers": np.array(head.answers),
        f"{name} weights": head.weights,
        f"{name} scales": head.scales.astype(np.float32),
        f"{name} constants": head.constants.astype(np.float32),
        f"{name} meaning": np.zeros(0, np.float16) if head.meaning is None else head.meaning.astype(np.float16),
        f"{name} sure": np.array([head.slope, head.offset]),
    }
