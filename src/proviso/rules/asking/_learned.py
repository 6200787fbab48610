"""What was learned from the bank: what a question is about, what it says, which clauses speak to it, and which
candidate is right.

The first are heads of the encoder, the last is boosted trees; `tools/encoder.py` learns all of them together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._files import HERE
from proviso.rules.norms import FactValue

HEADS, TREES = HERE / "heads.npz", HERE / "trees.npz"
Array = NDArray[Any]


@dataclass(frozen=True)
class Head:
    """A regression over vectors: a name, a row of weights and a constant each."""

    names: tuple[str, ...]
    weights: Array
    constants: Array

    def shares(self, vector: Array, among: Collection[str] | None = None) -> dict[str, float]:
        """Return the probability of each name, where just one holds: of those `among` only where given."""
        kept = [row for row, name in enumerate(self.names) if among is None or name in among]
        if not kept:
            return {}
        scores = self.weights[kept] @ vector + self.constants[kept]
        shares = np.exp(scores - scores.max())
        return dict(zip([self.names[row] for row in kept], (shares / shares.sum()).tolist(), strict=True))

    def each(self, vector: Array) -> dict[str, float]:
        """Return the probability of each name, where any number may hold."""
        scores = self.weights @ vector + self.constants
        return dict(zip(self.names, (1 / (1 + np.exp(-scores))).tolist(), strict=True))


def said(facts: Mapping[str, FactValue]) -> Iterator[str]:
    """Yield facts as the head for them names them: flags that hold, values as `with pupil`; never acts or actors."""
    for name, value in facts.items():
        if value is True:
            yield name
        elif isinstance(value, str | list | tuple) and name not in ("who", "act", "harm"):
            yield from (f"{name} {each}" for each in ([value] if isinstance(value, str) else value))


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

    `kinds` are acts, or what is asked instead of one (`information`, `duty`, `not_covered`, `outside`); `facts` are
    what else is said (`said`); `clauses` are ids of the models' clauses, and for each model what lies beside them all,
    as `king-david outside`.
    """

    kinds: Head
    facts: Head
    clauses: Head


@cache
def heads() -> Heads:
    """Return the heads, read once."""
    with np.load(HEADS) as stored:
        return heads_of(stored)


def heads_of(stored: Mapping[str, Array]) -> Heads:
    """Return the heads as they are stored."""
    return Heads(*(_head(stored, part) for part in ("kinds", "facts", "clauses")))


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
