"""What `make learn` has learned from the bank: which kind a question is, which act it is about, which candidate is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._files import HERE

LEARNED = HERE / "learned.npz"
Array = NDArray[Any]


@dataclass(frozen=True)
class Shares:
    """A multinomial regression over vectors: names, a row of weights and a constant each."""

    names: tuple[str, ...]
    weights: Array
    constants: Array

    def __call__(self, vector: Array) -> dict[str, float]:
        scores = self.weights @ vector + self.constants
        shares = np.exp(scores - scores.max())
        return dict(zip(self.names, (shares / shares.sum()).tolist(), strict=True))


@dataclass(frozen=True)
class Trees:
    """Boosted decision trees over named features.

    Every array has a row for each tree and a column for each of its nodes; at a leaf both ways lead to itself.
    """

    names: tuple[str, ...]
    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    constant: float
    depth: int

    def __call__(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the probability of each row of features; a feature that a row lacks is 0."""
        table = np.array([[row.get(name, 0.0) for name in self.names] for row in rows])
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(rows), len(self.feature)), np.int64)
        here = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = table[here, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        scores = self.value[trees, node].sum(1) + self.constant
        shares: list[float] = (1 / (1 + np.exp(-scores))).tolist()
        return shares


@dataclass(frozen=True)
class Learned:
    """Everything learned."""

    kinds: Shares
    acts: Shares
    right: Trees


@cache
def learned() -> Learned:
    """Return what was learned, read once."""
    with np.load(LEARNED) as stored:
        return Learned(_shares(stored, "kinds"), _shares(stored, "acts"), _trees(stored))


def _shares(stored: Mapping[str, Array], name: str) -> Shares:
    names = tuple(stored[f"{name} names"].tolist())
    return Shares(names, stored[f"{name} weights"].astype(np.float32), stored[f"{name} constants"].astype(np.float32))


def _trees(stored: Mapping[str, Array]) -> Trees:
    parts = {part: stored[f"right {part}"] for part in ("feature", "threshold", "left", "right", "value")}
    names = tuple(stored["right names"].tolist())
    return Trees(names, **parts, constant=float(stored["right constant"]), depth=int(stored["right depth"]))
