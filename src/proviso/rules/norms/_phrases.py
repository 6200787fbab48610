"""Words in both languages, for whoever shows them: the engine itself says nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same words in English and in Welsh; where there is no Welsh, `cy` is empty."""

    en: str
    cy: str = ""

    def in_language(self, language: str) -> str:
        """Return the words in a language of which only the beginning is looked at (`cy`, `en-gb`)."""
        return self.cy if self.cy and language.startswith("cy") else self.en
