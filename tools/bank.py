"""Learns from the bank of questions; part of `make learn` (vectors) and `make encoder` (which candidate is right).

What is right is learned as it will be used: every hand's questions are looked at with the precedents of the other
hands alone, so that nothing is learned from a question that lies beside itself.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from proviso.rules.asking._asked import asked_of
from proviso.rules.asking._bank import BANK, VECTORS, Bank, Precedent, precedents
from proviso.rules.asking._candidates import Candidate, candidates
from proviso.rules.asking._learned import TREES, Heads, Trees
from proviso.rules.language.encoder import encoder
from proviso.rules.rulebook import compiled
from tools.bank_stamp import BANK_STAMP, bank_stamp

Array = NDArray[Any]


@dataclass(frozen=True)
class Rated:
    """What a question might be answered with, and whether each is right."""

    question: Precedent
    candidates: list[Candidate]

    def right(self, candidate: Candidate) -> bool:
        """Whether the outcome is the one expected, and a clause that decides is cited."""
        wanted = {*self.question.clauses, *self.question.others}
        if self.question.outcome == "undecided":
            return candidate.outcome == "undecided"
        same = candidate.outcome == self.question.outcome
        return same and (not wanted or not wanted.isdisjoint(candidate.clauses))


def questions() -> list[Precedent]:
    """Return the questions of the bank, hand by hand."""
    return [each for path in sorted(BANK.glob("*.tsv")) for each in precedents(path)]


def learn() -> None:
    """Write the bank's vectors."""
    vectors = encoder().vectors(each.question for each in questions())
    scales = np.abs(vectors).max(1, keepdims=True) / 127
    np.savez(VECTORS, vectors=np.round(vectors / scales).astype(np.int8), scales=scales.astype(np.float32))
    BANK_STAMP.write_text(f"{bank_stamp()}\n", "utf-8")
    sys.stdout.write(f"{len(vectors)} questions in the bank\n")


def halves(asked: Sequence[Precedent]) -> tuple[set[str], set[str]]:
    """Return the hands in two halves of like size."""
    first: list[str] = []
    second: list[str] = []
    counts = Counter(each.hand for each in asked)
    for hand, _count in counts.most_common():
        lesser = min(first, second, key=lambda half: sum(counts[each] for each in half))
        lesser.append(hand)
    return set(first), set(second)


def rated(bank: Bank, hands: Collection[str], known: Heads) -> Iterator[Rated]:
    """Look at the questions of some hands, each with the precedents of all other hands."""
    for hand in sorted(hands):
        of_others = bank.only(number for number, each in enumerate(bank.questions) if each.hand != hand)
        for number, each in enumerate(bank.questions):
            if each.hand == hand:
                vector = bank.vectors[number]
                asked = asked_of(compiled(each.policy), each.question, each.role or None, of_others, vector)
                yield Rated(each, candidates(asked, known))


def likeliest(learned_from: Sequence[Rated]) -> Trees:
    """Learn which candidate is right."""
    rows = [(each.features, rating.right(each)) for rating in learned_from for each in rating.candidates]
    names = tuple(sorted({name for features, _ in rows for name in features}))
    table = np.array([[features.get(name, 0.0) for name in names] for features, _ in rows])
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.08, max_leaf_nodes=15, l2_regularization=1.0, random_state=1
    ).fit(table, np.array([is_right for _, is_right in rows]))
    return _trees(model, names)


def _trees(model: Any, names: tuple[str, ...]) -> Trees:
    trees = [predictor.nodes for (predictor,) in model._predictors]
    most = max(len(nodes) for nodes in trees)
    parts = {
        part: np.zeros((len(trees), most), kind)
        for part, kind in (
            ("feature", np.int16),
            ("threshold", np.float64),
            ("left", np.int16),
            ("right", np.int16),
            ("value", np.float32),
        )
    }
    for number, nodes in enumerate(trees):
        own = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"][number, : len(nodes)] = np.where(leaf, 0, nodes["feature_idx"])
        parts["threshold"][number, : len(nodes)] = np.where(leaf, 0, nodes["num_threshold"])
        parts["left"][number, : len(nodes)] = np.where(leaf, own, nodes["left"])
        parts["right"][number, : len(nodes)] = np.where(leaf, own, nodes["right"])
        parts["value"][number, : len(nodes)] = nodes["value"]
    depth = int(max(nodes["depth"].max() for nodes in trees))
    return Trees(names, **parts, constant=float(model._baseline_prediction.ravel()[0]), depth=depth)


def write_trees(trees: Trees) -> None:
    """Write the trees where questions are answered."""
    parts: Mapping[str, Array] = {
        part: getattr(trees, part) for part in ("feature", "threshold", "left", "right", "value")
    }
    single = {"names": np.array(trees.names), "constant": np.array(trees.constant), "depth": np.array(trees.depth)}
    np.savez_compressed(TREES, **parts, **single)
    sys.stdout.write(f"{len(trees.names)} features, {len(trees.feature)} trees\n")
