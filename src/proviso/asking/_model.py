"""Which act a question is about, learned from examples: a linear model over the features of a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from proviso.asking._files import HERE

Weights = dict[str, list[tuple[int, float]]]


@cache
def _weights() -> tuple[tuple[str, ...], Weights]:
    """Read `weights.tsv`: the acts, then a feature a line with its weights in hundredths."""
    head, *lines = (HERE / "weights.tsv").read_text("utf-8").splitlines()
    weights: Weights = {}
    for line in lines:
        feature, *pairs = line.split("\t")
        weights[feature] = [(int(act), int(weight) / 100) for act, weight in (pair.split(":") for pair in pairs)]
    return tuple(head.split("\t")), weights


def likely(values: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the acts (also `information` and `none`) with their probabilities, the likeliest first."""
    acts, weights = _weights()
    scores = [0.0] * len(acts)
    for act, weight in weights["bias"]:
        scores[act] += weight
    for feature, value in values.items():
        for act, weight in weights.get(feature, ()):
            scores[act] += weight * value
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares)
    return sorted(((act, share / total) for act, share in zip(acts, shares, strict=True)), key=lambda one: -one[1])
