"""What a name may look like: its forms, its parts, nicknames, slips, and whether it is an ordinary word as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

from proviso.rules.screening._fold import composed, fold

LEXICONS = Path(__file__).parent / "lexicons"
PARTICLES = frozenset("al ap ab da de del den der di du el la le van von bin ibn abu ul ur".split())
SHORTEST_PART = 3  # of a double-barrelled name that stands for the whole
SHORTEST_SLIP = 5  # letters of a name in which one wrong letter is still taken for it


def is_slip(word: str, names: Iterable[str]) -> bool:
    """Whether a word is one of some names with one letter wrong, missing, doubled or swapped."""
    return any(
        _is_alike(word, name) and name != word and OSA.distance(word, name, score_cutoff=1) <= 1 for name in names
    )


def _is_alike(word: str, name: str) -> bool:
    """Whether two words are of a length and begin alike: a name of which the first letter differs is another name."""
    if abs(len(name) - len(word)) > 1 or len(name) < SHORTEST_SLIP - 1:
        return False
    if len(name) < SHORTEST_SLIP or len(word) < SHORTEST_SLIP:  # of four letters only two that are swapped
        return word[0] == name[0] and sorted(word) == sorted(name)
    return word[0] == name[0] or (word[:2] == name[1::-1] and len(name) > SHORTEST_SLIP)


def forms(name: str) -> set[str]:
    """Return a name as it may stand in a folded text: with what joins its parts as a space, and without."""
    spaced = " ".join(fold(composed(name)).split())
    return {spaced, spaced.replace(" ", "")} - {""} if _is_joined(name) else {spaced} - {""}


def _is_joined(name: str) -> bool:
    return any(mark in name for mark in "-'’")


def parts(family: str) -> set[str]:
    """Return the parts of a double-barrelled last name by which somebody may go."""
    words = fold(composed(family)).split()
    joined = "-" in family or len(words) > 1
    return {word for word in words if joined and len(word) >= SHORTEST_PART and word not in PARTICLES}


@cache
def is_word(word: str) -> bool:
    """Whether a folded name is an ordinary word as well."""
    return word in _ordinary()


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word for line in _lines("names_that_are_words.txt") for word in line.split())


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return what people of a first name are called, and the other way round: Bill is called William, too."""
    called: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        name, *nicks = line.split()
        called[name].update(nicks)
        for nick in nicks:
            called[nick].add(name)
    return {name: frozenset(others) for name, others in called.items()}


def _lines(name: str) -> Iterator[str]:
    lines = (LEXICONS / name).read_text("utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))
