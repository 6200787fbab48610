"""Learns from the bank of questions; part of `make learn`.

What is right is learned as it will be used: every hand's questions are looked at with the precedents of the other
hands alone, so that nothing
is learned from a question that lies beside itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from proviso.rules.asking._asked import asked_of
from proviso.rules.asking._bank import BANK, VECTORS, Bank, Precedent, precedents
from proviso.rules.asking._candidates import Candidate, candidates
from proviso.rules.asking._learned import TREES, Heads, Trees, heads
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


def whole_bank() -> Bank:
    """Return the bank with vectors made anew."""
    questions = [each for path in sorted(BANK.glob("*.tsv")) for each in precedents(path)]
    return Bank(tuple(questions), encoder().vectors(each.question for each in questions))


def learn() -> None:
    """Write vectors, and the trees that tell the right candidate."""
    bank = whole_bank()
    scales = np.abs(bank.vectors).max(1, keepdims=True) / 127
    np.savez(VECTORS, vectors=np.round(bank.vectors / scales).astype(np.int8), scales=scales.astype(np.float32))
    trees = likeliest(list(rated(bank, heads())))
    np.savez_compressed(TREES, **_stored(trees))
    BANK_STAMP.write_text(f"{bank_stamp()}\n", "utf-8")
    sys.stdout.write(f"{len(bank.questions)} questions, {len(trees.names)} features, {len(trees.feature)} trees\n")


def rated(bank: Bank, known: Heads) -> Iterator[Rated]:
    """Look at each hand's questions with the precedents of the others."""
    for hand in sorted({each.hand for each in bank.questions}):
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


def _stored(trees: Trees) -> dict[str, Array]:
    parts: Mapping[str, Array] = {
        part: getattr(trees, part) for part in ("feature", "threshold", "left", "right", "value")
    }
    return {
        **parts,
        "names": np.array(trees.names),
        "constant": np.array(trees.constant),
        "depth": np.array(trees.depth),
    }


if __name__ == "__main__":
    learn()
