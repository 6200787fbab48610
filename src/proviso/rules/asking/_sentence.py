"""What kind of sentence a question is, and the features by which its act is told."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from proviso.rules.asking._files import LEXICONS
from proviso.rules.language import pattern, read_lexicon

_TELLING = (
    *("platform", "own_page", "official", "agreed", "staff_group", "school_contact", "own_contact", "school_kit"),
    *("picture", "publish", "befriend", "contact", "password", "applicant", "material", "encyclopaedia", "abuse"),
    *("policy", "detail", "job", "register", "web", "delete", "information", "pretend", "worry", "gain"),
)
_ENDINGS = ("ing", "ies", "ed", "es", "s", "e", "y")


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern(entry)) for name, entry in read_lexicon(LEXICONS / "sentences.yaml").items()}


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    words = read_lexicon(LEXICONS / "classes.yaml")
    return {name: re.compile(rf"(?<![\w'])(?:{pattern(entry)})(?![\w'])") for name, entry in words.items()}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question opened up and tagged; `third` says that somebody else than the asker acts."""

    text: str
    tagged: str
    third: bool

    @property
    def asks(self) -> bool:
        return bool(_kinds()["asks"].search(self.text))

    @property
    def asks_self(self) -> bool:
        """Whether the asker wants to know what they may do themselves."""
        return bool(_kinds()["asks_self"].search(self.text))

    @property
    def what_now(self) -> bool:
        """Whether the asker wants to know what must be done now."""
        return bool(_kinds()["what_now"].search(self.text))

    @property
    def tells(self) -> bool:
        """Whether it tells what has happened rather than asks to do something."""
        if self.what_now:
            return True
        own = self.asks_self or _kinds()["accepts"].search(self.tagged) or _kinds()["own_doing"].search(self.tagged)
        return not (own or (self.asks and self.third))

    @property
    def done_to_asker(self) -> bool:
        """Whether it tells that somebody else did something to the asker."""
        return self.tells and bool(_kinds()["done_to_asker"].search(self.tagged))

    @property
    def harmful(self) -> bool:
        return self.speaks_of("abuse")

    @property
    def about_policy(self) -> bool:
        """Whether it is put as a question about the policy rather than about doing something."""
        return bool(_kinds()["about_policy"].search(self.text))

    def speaks_of(self, *names: str) -> bool:
        """Whether one of its words is of one of these classes."""
        return any(_classes()[name].search(self.tagged) for name in names)

    @property
    def to_the_point(self) -> bool:
        """Whether any of its words is of a class that such questions are about."""
        return self.speaks_of(*_TELLING)

    def before_harm(self) -> str:
        """Return the tagged words before the first that speak of harm."""
        match = _kinds()["harm"].search(self.tagged)
        return self.tagged[: match.start()] if match else self.tagged


def features(sentence: Sentence) -> dict[str, float]:
    """Return what examples are counted by: classes of words, their order, kinds of sentence, words and pairs."""
    starts = {name: match.start() for name, words in _classes().items() if (match := words.search(sentence.tagged))}
    ordered = sorted(starts, key=lambda name: starts[name])
    values: dict[str, float] = {f"class {name}": 1.0 for name in ordered}
    values[f"first {ordered[0] if ordered else '-'}"] = 1.0
    for first, second in itertools.combinations(ordered, 2):
        values[f"{first} before {second}"] = 0.5
    kinds = [name for name in ("asks", "asks_self", "what_now", "tells", "third") if getattr(sentence, name)]
    for kind in kinds:
        for name in ordered:
            values[f"{name} while {kind}"] = 0.5
    words = [_stem(word) for word in sentence.tagged.split() if word not in (",", ".")]
    for word in words:
        values[f"word {word}"] = 0.7
    for first, second in itertools.pairwise(["^", *words]):
        values[f"words {first} {second}"] = 0.5
    return values


def _stem(word: str) -> str:
    if word.isupper():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
