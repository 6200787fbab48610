"""Which act a question is about, learned from examples: a linear model over the features of a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from proviso.rules.asking._files import HERE


@cache
def _weights() -> tuple[tuple[str, ...], dict[str, str]]:
    """Read `weights.tsv`: the acts, then a feature a line; its weights stay text until they are wanted."""
    head, *lines = (HERE / "weights.tsv").read_text("utf-8").splitlines()
    return tuple(head.split("\t")), dict(line.split("\t", 1) for line in lines)


@lru_cache(maxsize=20_000)
def _weights_of(feature: str) -> tuple[tuple[int, float], ...]:
    """Return the acts that a feature speaks for or against, by number, with its weights (in the file in hundredths)."""
    pairs = (pair.split(":") for pair in _weights()[1].get(feature, "").split("\t") if pair)
    return tuple((int(act), int(weight) / 100) for act, weight in pairs)


def likely(values: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the acts (also `information` and `none`) with their probabilities, the likeliest first."""
    acts = _weights()[0]
    scores = [0.0] * len(acts)
    for feature, value in {"bias": 1.0, **values}.items():
        for act, weight in _weights_of(feature):
            scores[act] += weight * value
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    total = sum(shares)
    return sorted(((act, share / total) for act, share in zip(acts, shares, strict=True)), key=lambda pair: -pair[1])
