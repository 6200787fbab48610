"""The lexicon: from words to tags (people, ways, times) and to flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from proviso.rules.language._normalise import Speller
from proviso.rules.language._patterns import LEXICONS, pattern, read_lexicon, read_words
from proviso.rules.rulebook import Platform, reference

_TAG_OF_KIND = {"social": "PLAT", "messaging": "PLAT", "game": "GAME", "closed": "CLOSED", "encyclopaedia": "WIKI"}


@dataclass(frozen=True)
class Lexicon:
    """Patterns: platforms and tags in their order, flags with yes and no (compiled when first looked for)."""

    tags: tuple[tuple[str, re.Pattern[str]], ...]
    flags: Mapping[str, Mapping[str, str]]
    speller: Speller

    def tag(self, text: str) -> str:
        """Return the text with what is known replaced by tags, in the lexicon's order."""
        for tag, words in self.tags:
            text = words.sub(tag, text)
        return " ".join(text.split())

    def knows(self, word: str) -> bool:
        """Whether a word is a platform's or one that questions are read by."""
        return self.speller.knows(word) or any(words.search(word) for _tag, words in self.tags)

    def flags_in(self, text: str, tagged: str, names: Iterable[str]) -> dict[str, bool]:
        """Return which of the flags `names` the words say to be so or not to be so."""
        both = f"{text} | {tagged}"
        flags: dict[str, bool] = {}
        for name in names:
            for word, value in (("no", False), ("yes", True)):
                words = self.flags.get(name, {}).get(word)
                if name not in flags and words is not None and _compiled(words).search(both):
                    flags[name] = value
        return flags


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


def lexicon_in_use() -> Lexicon:
    """Return the lexicon with the platforms of the reference data."""
    return _lexicon(tuple(reference().platforms.values()))


@cache
def _lexicon(platforms: tuple[Platform, ...]) -> Lexicon:
    tags: list[tuple[str, re.Pattern[str]]] = []
    known: set[str] = set()
    for kind_tag, general in read_lexicon(LEXICONS / "platforms.yaml").items():
        names = [
            re.escape(name.lower()).replace(r"\ ", r"[ -]?")
            for platform in platforms
            if _TAG_OF_KIND[platform.kind] == kind_tag
            for name in (platform.name, *platform.also)
        ]
        names.sort(key=len, reverse=True)
        ending = r"(?:'s|s|ing|ed|ped)?" if kind_tag == "PLAT" else r"(?:'s|s)?"
        words = "|".join([*names, *map(pattern, general)])
        tags.append((kind_tag, re.compile(rf"(?<![\w'])(?:{words}){ending}(?![\w'])")))
        known |= {word for platform in platforms for word in re.findall(r"[a-z]{4,}", platform.name.lower())}
    for entry in read_lexicon(LEXICONS / "lexicon.yaml"):
        words = pattern(entry["words"]).replace("_", " ")
        tags.append((entry["tag"], re.compile(rf"(?<![\w'])(?:{words})'?(?![\w'])")))
        known |= _plain(words)
    flags: dict[str, dict[str, str]] = {}
    for name, by_word in read_lexicon(LEXICONS / "flags.yaml").items():
        flags[name] = {word: pattern(entry) for word, entry in by_word.items()}
        known |= _plain(" ".join(flags[name].values()))
    known |= read_words(LEXICONS / "words.txt")
    ordinary = read_words(LEXICONS / "ordinary.txt")
    return Lexicon(tuple(tags), flags, Speller(known, ordinary))


def _plain(patterns: str) -> set[str]:
    """Return the whole words that stand in some patterns, as far as they can be told."""
    return set(re.findall(r"(?<![a-z\\(\[?])[a-z]{4,}(?![a-z?*+\\(\[{])", patterns))
