"""Words in both languages, for whoever shows them: the engine itself says nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same words in English and in Welsh; where there is no Welsh, `cy` is empty."""

    en: str
    cy: str = ""
