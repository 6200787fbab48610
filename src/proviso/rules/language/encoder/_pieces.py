"""Words into word pieces, as the encoder learned them (WordPiece, lower case, no accents)."""

from __future__ import annotations

import re
import unicodedata

MOST_PIECES = 126
_LONGEST_WORD = 60
# Signs stand by themselves; currency and the like belong to the word beside them, as in the encoder's own training.
_SIGN = r"!-/:-@\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e"
_WORD = re.compile(rf"[{_SIGN}]|[^\s{_SIGN}]+")


class Pieces:
    """The word pieces of the encoder, numbered in the order of their file."""

    def __init__(self, pieces: list[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(pieces)}
        self._first, self._last = self._number["[CLS]"], self._number["[SEP]"]
        self._unknown = self._number["[UNK]"]

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between those of its beginning and its end, at most 128 in all."""
        spread = unicodedata.normalize("NFD", text.lower())
        bare = "".join(letter for letter in spread if unicodedata.category(letter) != "Mn")
        pieces = [number for word in _WORD.findall(bare) for number in self._of_word(word)]
        return [self._first, *pieces[:MOST_PIECES], self._last]

    def _of_word(self, word: str) -> list[int]:
        """Cut a word into the longest known pieces, from its beginning."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        numbers: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self._number.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            numbers.append(number)
            start = end
        return numbers
