"""Signs that a child may be, or become, harmed, in whatever somebody writes. Tuned to miss none rather than to
raise no false alarm.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.language._patterns import LEXICONS, pattern, read_lexicon
from proviso.rules.language.encoder import HARM_HEAD, encoder

_ANY = "any"
# From this share on a text is taken to speak of harm; docs/questions.md has what is found and what is falsely alarmed
# at it.
_ALARM = 0.04
_LIKELY = 0.5  # from this share on a sign is named


def signs_of_harm(text: str, vector: NDArray[np.float32] | None = None, *, by_adult: bool = False) -> tuple[str, ...]:
    """Return the signs of harm (values of the fact `harm`) in a text, the surest first; empty where there is none.

    `vector` is the text's vector where that is known already. Words that leave no doubt count by themselves; all else
    goes by meaning, as the encoder learned it from texts with and without harm. `by_adult` says that an adult wrote it:
    what was done to them alone is no sign of harm to a child.
    """
    if not text:
        return ()
    by_words = [sign for sign, words in _words().items() if words.search(text.lower())]
    shares = _shares(encoder().vector(text) if vector is None else vector)
    is_alarmed = shares.pop(_ANY) >= _ALARM
    if not by_words and not is_alarmed:
        return ()
    likely = sorted(shares, key=lambda sign: -shares[sign])
    by_meaning = [sign for sign in likely if shares[sign] >= _LIKELY] or ([] if by_words else likely[:1])
    signs = tuple(dict.fromkeys([*by_words, *by_meaning]))
    return () if by_adult and len(signs) == 1 and _is_of_oneself(signs[0], text) else signs


def _is_of_oneself(sign: str, text: str) -> bool:
    words = _of_oneself().get(sign)
    return (
        words is not None and bool(words["oneself"].search(text.lower())) and not words["others"].search(text.lower())
    )


def _shares(vector: NDArray[np.float32]) -> dict[str, float]:
    head = _head()
    scores = head["harm weights"] @ vector + head["harm constants"]
    return dict(zip(head["harm names"].tolist(), (1 / (1 + np.exp(-scores))).tolist(), strict=True))


@cache
def _head() -> dict[str, NDArray[Any]]:
    with np.load(HARM_HEAD) as stored:
        return {name: stored[name] for name in stored.files}


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {sign: re.compile(pattern(entry)) for sign, entry in read_lexicon(LEXICONS / "harm.yaml").items()}


@cache
def _of_oneself() -> dict[str, dict[str, re.Pattern[str]]]:
    entries = read_lexicon(LEXICONS / "of_oneself.yaml")
    return {
        sign: {word: re.compile(rf"\b(?:{pattern(entry)})\b") for word, entry in words.items()}
        for sign, words in entries.items()
    }
