"""Search by words: what is rare tells more, what is short and said twice tells more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from proviso.rules.language import Retrieval

TEXTS = ["photos of pupils", "photos of a pupil at the pool, and more photos", "passwords", "the of and"]
VECTORS = np.zeros((4, 2), np.float32)


def words_of(question: str) -> list[float]:
    return [float(score) for score in Retrieval(TEXTS, VECTORS).nearness(question, VECTORS[0]).words]


def test_scores_are_those_of_bm25() -> None:
    # Stems: photo, pupil | photo, pupil, pool, more, photo | password | none: two to a text on average.
    photo = math.log(1 + 2.5 / 2.5)
    pool = math.log(1 + 3.5 / 1.5)
    long = 1.2 * (0.25 + 0.75 * 5 / 2)
    first, second = photo / 2.2, photo * 2 / (long + 2) + pool / (long + 1)
    assert words_of("Photos at the pool?") == pytest.approx([first / second, 1, 0, 0], rel=1e-5)


def test_what_no_text_has_finds_nothing() -> None:
    assert words_of("trampoline") == [0, 0, 0, 0]
    assert words_of("") == [0, 0, 0, 0]


def test_nothing_to_search_is_searched_without_an_error() -> None:
    assert len(Retrieval([], np.zeros((0, 2), np.float32)).nearness("photos", VECTORS[0]).fused) == 0
