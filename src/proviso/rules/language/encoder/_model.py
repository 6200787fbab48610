"""The encoder itself: six layers of attention, by NumPy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from proviso.rules.language.encoder._files import FOLDER
from proviso.rules.language.encoder._pieces import Pieces

DIMENSIONS = 384
_HEADS, _LAYERS = 12, 6
_WORDS = "embeddings.word_embeddings.weight"

Array: TypeAlias = NDArray[np.float32]


class Encoder:
    """Turns sentences into vectors of length one.

    The word table stays in eight bits and is spread out row by row as words come; the layers are spread out once.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], pieces: Pieces) -> None:
        self._pieces = pieces
        self._words = weights[_WORDS]
        self._word_scales = weights[f"{_WORDS}.scale"]
        self._weights: dict[str, Array] = {}
        for name in weights:
            if name.startswith(_WORDS) or name.endswith(".scale"):
                continue
            written, scale = weights[name], weights.get(f"{name}.scale")
            if written.ndim == 2 and name.startswith("encoder"):  # turned while it is small
                written, scale = np.ascontiguousarray(written.T), scale if scale is None else scale.T
            full = written.astype(np.float32)
            self._weights[name] = full if scale is None else full * scale

    def vectors(self, texts: Iterable[str]) -> Array:
        """Return a row of 384 numbers for each text."""
        rows = [self.vector(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def vector(self, text: str) -> Array:
        """Return a text's 384 numbers; what goes beyond 126 word pieces (some 90 words) is not read."""
        numbers = self._pieces.numbers(text)
        state = self._words[numbers] * self._word_scales[numbers]
        state = state + self._weights["embeddings.position_embeddings.weight"][: len(numbers)]
        state = state + self._weights["embeddings.token_type_embeddings.weight"][0]
        state = self._levelled(state, "embeddings")
        for layer in range(_LAYERS):
            state = self._layer(state, f"encoder.layer.{layer}.")
        mean = state.mean(0)
        unit: Array = mean / np.linalg.norm(mean)
        return unit

    def _layer(self, state: Array, at: str) -> Array:
        length = len(state)
        query, key, value = (
            self._linear(state, f"{at}attention.self.{name}").reshape(length, _HEADS, -1).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(DIMENSIONS // _HEADS)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        seen = (shares @ value).transpose(1, 0, 2).reshape(length, DIMENSIONS)
        state = self._levelled(state + self._linear(seen, f"{at}attention.output.dense"), f"{at}attention.output")
        wide = _gelu(self._linear(state, f"{at}intermediate.dense"))
        return self._levelled(state + self._linear(wide, f"{at}output.dense"), f"{at}output")

    def _linear(self, state: Array, name: str) -> Array:
        return state @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _levelled(self, state: Array, name: str) -> Array:
        centred = state - state.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
        levelled: Array = (
            centred / spread * self._weights[f"{name}.LayerNorm.weight"] + self._weights[f"{name}.LayerNorm.bias"]
        )
        return levelled


def _gelu(state: Array) -> Array:
    """Return x times the normal distribution up to x; `erf` after Abramowitz and Stegun 7.1.26, right to 1.5e-7."""
    scaled = np.abs(state) * np.float32(1 / math.sqrt(2))
    part = 1 / (1 + np.float32(0.3275911) * scaled)
    series = (
        (((1.061405429 * part - 1.453152027) * part + 1.421413741) * part - 0.284496736) * part + 0.254829592
    ) * part
    tail = series * np.exp(-scaled * scaled)
    gelu: Array = (np.where(state < 0, tail, 2 - tail) * state * 0.5).astype(np.float32)
    return gelu


@cache
def encoder() -> Encoder:
    """Return the encoder, read once.

    A question is too short for several threads to help: they would only take the processors from each other.
    """
    threadpool_limits(limits=1, user_api="blas")
    pieces = (FOLDER / "pieces.txt").read_text("utf-8").splitlines()
    with np.load(FOLDER / "weights.npz") as stored:
        return Encoder({name: stored[name] for name in stored.files}, Pieces(pieces))


@lru_cache(maxsize=2_000)
def vector_of(text: str) -> Array:
    """Return a text's vector; texts that come again are not worked out again."""
    return encoder().vector(text)


def vectors_of(texts: Iterable[str]) -> Array:
    """Return a row for each text; for many texts that will not come again."""
    return encoder().vectors(texts)
