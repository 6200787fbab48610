"""What was learned from the bank: what a question is about, which clauses speak to it, and which candidate is right.

The first three are heads of the encoder, learned together with it (`tools/encoder.py`); the last is boosted trees
(`make learn`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._files import HERE

HEADS, TREES = HERE / "heads.npz", HERE / "trees.npz"
Array = NDArray[Any]


@dataclass(frozen=True)
class Head:
    """A multinomial regression over vectors: a name, a row of weights and a constant each."""

    names: tuple[str, ...]
    weights: Array
    constants: Array

    def shares(self, vector: Array, among: Collection[str] | None = None) -> dict[str, float]:
        """Return the probability of each name, of those `among` only where given."""
        kept = [row for row, name in enumerate(self.names) if among is None or name in among]
        if not kept:
            return {}
        scores = self.weights[kept] @ vector + self.constants[kept]
        shares = np.exp(scores - scores.max())
        return dict(zip([self.names[row] for row in kept], (shares / shares.sum()).tolist(), strict=True))


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

    def shares(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
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
class Heads:
    """What the encoder's heads tell of a question.

    `kinds` are acts, or what is asked instead of one (`information`, `duty`, `not_covered`, `outside`); `clauses` are
    ids of the models' clauses, and for each model what lies beside them all, as `king-david outside`.
    """

    kinds: Head
    clauses: Head


@cache
def heads() -> Heads:
    """Return the heads, read once."""
    with np.load(HEADS) as stored:
        return Heads(_head(stored, "kinds"), _head(stored, "clauses"))


@cache
def trees() -> Trees:
    """Return what tells the right candidate, read once."""
    with np.load(TREES) as stored:
        parts = {part: stored[part] for part in ("feature", "threshold", "left", "right", "value")}
        names = tuple(stored["names"].tolist())
        return Trees(names, **parts, constant=float(stored["constant"]), depth=int(stored["depth"]))


def _head(stored: Mapping[str, Array], name: str) -> Head:
    names = tuple(stored[f"{name} names"].tolist())
    return Head(names, stored[f"{name} weights"].astype(np.float32), stored[f"{name} constants"].astype(np.float32))
