"""Names of people on a roll, in a text: full names, with nicknames, initials, titles, accents and slips; first names.

An automaton finds every word that is somebody's name on the roll, in one pass; what stands beside such a word decides
whether it is a name. A name that is an ordinary word as well (Rose, Will, May) needs its capital letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from proviso.rules.screening._fold import composed, fold, folded_bytes
from proviso.rules.screening._name_forms import PARTICLES, SHORTEST_SLIP, forms, is_slip, is_word, nicknames, parts
from proviso.rules.screening._roll import RolledPerson

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam mister coach mme madame mlle frau herr senor senora rev revd father "
    "sister".split()
)
SURE_TITLES = frozenset("mr mrs ms mx mme".split())  # those that are no other word
MONTHS = frozenset("april may june august".split())
# After which a month follows, and not somebody of its name.
_OF_MONTHS = frozenset(
    "in by of on until till from during early late mid since every last next this st nd rd th".split()
)
# What somebody does whose name begins a sentence and is an ordinary word as well.
_DOES = frozenset(
    "is was has had said says asked asks will would won wins scored did does got made makes brought put ran came went "
    "wrote read sang played practises loves loved likes liked thinks thought gave found took told and with".split()
)
MOST_WORDS = 3  # between which a first and a last name are looked for: one middle name, or two

_BETWEEN = re.compile(r"[ \t\n\r\u00a0'’\-–.]{1,3}")
_REGISTER = re.compile(r",? ")
_APART = re.compile(r"[.!?:;]\s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text. `people` are all whom it may mean; `is_full` is false for a first name alone."""

    start: int
    end: int
    people: tuple[RolledPerson, ...]
    is_full: bool
    is_slip: bool = False


@dataclass(slots=True)
class _Word:
    """A word that is a name on the roll: whose first name (or nickname), and whose last name."""

    is_word: bool
    is_title: bool = False
    given: set[int] = field(default_factory=set)
    first: set[int] = field(default_factory=set)  # also those whose nickname it is, which the roll does not hold
    family: set[int] = field(default_factory=set)


class _Hit(NamedTuple):
    """A known word in the text."""

    start: int
    end: int
    word: _Word


class NameFinder:
    """Finds the names of a roll's people. Building one takes about a second for each 50,000 people."""

    def __init__(self, people: Iterable[RolledPerson]) -> None:
        self._people = tuple(people)
        self._words: dict[str, _Word] = {}
        self._families: list[frozenset[str]] = []
        self._firsts: list[frozenset[str]] = []
        for number, person in enumerate(self._people):
            self._add(number, person)
        self._staff: dict[str, set[int]] = defaultdict(set)
        for number, person in enumerate(self._people):
            for name in forms(person.family) if person.is_staff else ():
                self._staff[name].add(number)
        for title in TITLES if self._staff else ():
            self._word(title).is_title = True
        keys = [f" {word} " for word in self._words]
        self._wide = AhoCorasick(keys) if keys else None
        self._wide_words = list(self._words.values())
        narrow = {key.encode(): word for key, word in zip(keys, self._wide_words, strict=True) if key.isascii()}
        self._narrow = BytesAhoCorasick(list(narrow)) if narrow else None
        self._narrow_words = list(narrow.values())

    def find(self, text: str) -> list[NameMatch]:
        """Return the names in a text, in their order; places are in characters of the text, composed (NFC)."""
        if text.isascii():
            raw = self._narrow.find_matches_as_indexes(folded_bytes(text), overlapping=True) if self._narrow else []
            words = self._narrow_words
        else:
            text = composed(text)
            raw = self._wide.find_matches_as_indexes(f" {fold(text)} ", overlapping=True) if self._wide else []
            words = self._wide_words
        # An ordinary word in small letters is no name, unless the word beside it says so.
        hits = [
            _Hit(start, end - 2, words[key])
            for key, start, end in raw
            if not words[key].is_word or text[start].isupper()
        ]
        return _Reader(self, text, fold(text), hits).matches() if hits else []

    def person(self, number: int) -> RolledPerson:
        return self._people[number]

    def firsts(self, number: int) -> frozenset[str]:
        """Return what somebody may be called, folded."""
        return self._firsts[number]

    def staff_called(self, word: str) -> set[int]:
        """Return the staff whose last name a word is."""
        return self._staff.get(word, set())

    def staff_like(self, word: str) -> set[int]:
        """Return the staff whose last name a word is, with one slip in it."""
        return {number for name, people in self._staff.items() if is_slip(word, (name,)) for number in people}

    def families(self, number: int) -> frozenset[str]:
        """Return somebody's last name and its parts, folded."""
        return self._families[number]

    def _add(self, number: int, person: RolledPerson) -> None:
        given = forms(person.given) | forms(person.known_as)
        called = {nick for name in given for nick in nicknames().get(name, ())} - given
        families = forms(person.family) | parts(person.family)
        for name in given | called:
            self._word(name).first.add(number)
        for name in given:
            self._word(name).given.add(number)
        for name in families:
            self._word(name).family.add(number)
        self._firsts.append(frozenset(given | called))
        self._families.append(frozenset(families))

    def _word(self, name: str) -> _Word:
        return self._words.setdefault(name, _Word(is_word(name)))


class _Reader:
    """Reads one text: which of the known words in it are names."""

    def __init__(self, finder: NameFinder, text: str, folded: str, hits: list[_Hit]) -> None:
        self._finder, self._text, self._folded = finder, text, folded
        self._hits = sorted(hits, key=lambda hit: (hit.start, -hit.end))
        self._is_small = text.islower()  # whoever writes without capitals writes names so, too

    def matches(self) -> list[NameMatch]:
        full: list[NameMatch] = []
        for hit in self._hits:
            if hit.word.family:
                full += self._around_family(hit)
            if hit.word.first:
                full += self._after_given(hit)
            if hit.word.is_title:
                full += self._after_title(hit)
        full = _longest(full)
        taken = [(match.start, match.end) for match in full]
        alone = [match for hit in self._hits for match in self._alone(hit) if not _within(match, taken)]
        return sorted([*full, *_longest(alone)], key=lambda match: match.start)

    def _around_family(self, hit: _Hit) -> Iterator[NameMatch]:
        """Yield what a last name makes of the words before it: first name, nickname, initials, title; or after it."""
        called = ""
        for count, (start, end) in enumerate(self._words_before(hit.start)):
            word = self._folded[start:end]
            called = f"{word} {called}".strip()
            match = self._first_and_family(hit, start, end, called, adjacent=True) if count else None
            match = match or self._first_and_family(hit, start, end, word, adjacent=count == 0)
            if match:
                yield match
                return
            if count == 0 and word in TITLES:
                yield from self._titled(hit, start)
                return
        yield from self._register(hit)

    def _first_and_family(self, hit: _Hit, start: int, end: int, word: str, *, adjacent: bool) -> NameMatch | None:
        families = hit.word.family
        people = {number for number in families if word in self._finder.firsts(number)}
        if not people and len(word) == 1 and self._is_capital(start):
            people = {number for number in families if self._has_initial(number, word)}
            if not self._is_capital(hit.start):
                return None
        nearly = False
        if not people and adjacent and not is_word(word):
            people = {number for number in families if is_slip(word, self._finder.firsts(number))}
            nearly = bool(people)
        if not people or not self._are_names(start, end, hit.start, hit.end):
            return None
        if not adjacent and not self._capitals_between(start, hit.end):
            return None
        return self._match(start, hit.end, people, nearly=nearly)

    def _titled(self, hit: _Hit, start: int) -> Iterator[NameMatch]:
        """Yield a member of staff by title and last name; a pupil is not called so, and a parent is not on the roll."""
        staff = {number for number in hit.word.family if self._finder.person(number).is_staff}
        if staff and (self._is_capital(hit.start) or not is_word(self._folded[hit.start : hit.end])):
            yield self._match(start, hit.end, staff)

    def _register(self, hit: _Hit) -> Iterator[NameMatch]:
        """Yield a name in the order of a register: last name, then first name."""
        gap = _REGISTER.match(self._text, hit.end)
        word = _WORD.match(self._folded, gap.end()) if gap else None
        if not gap or not word:
            return
        letters = word.group()
        people = {number for number in hit.word.family if letters in self._finder.firsts(number)}
        if not people and len(letters) == 1 and "," in gap.group() and self._text[word.end() : word.end() + 1] == ".":
            people = {number for number in hit.word.family if self._has_initial(number, letters)}
        if people and self._is_capital(hit.start) and self._is_capital(word.start()):
            yield self._match(hit.start, word.end(), people)

    def _after_given(self, hit: _Hit) -> Iterator[NameMatch]:
        """Yield a first name with a last name that has a slip in it, or of which only the first letter stands there."""
        gap = _BETWEEN.match(self._text, hit.end)
        word = _WORD.match(self._folded, gap.end()) if gap and not _APART.search(gap.group()) else None
        if not word or (self._is_capital(hit.start) and not self._is_capital(word.start())):
            if word and is_word(word.group()):
                yield from self._exactly(hit, word)
            return
        letters = word.group()
        if len(letters) == 1:
            people = self._by_initial(hit, word.start(), word.end(), letters)
        elif len(letters) >= SHORTEST_SLIP - 1 and not is_word(letters):
            people = {number for number in hit.word.first if is_slip(letters, self._finder.families(number))}
        else:
            yield from self._exactly(hit, word)
            return
        if people and self._are_names(hit.start, hit.end, word.start(), word.end()):
            yield self._match(hit.start, word.end(), people, nearly=len(letters) > 1)

    def _after_title(self, hit: _Hit) -> Iterator[NameMatch]:
        """Yield a member of staff by title and a last name that is an ordinary word, or has a slip in it."""
        gap = _BETWEEN.match(self._text, hit.end)
        word = _WORD.match(self._folded, gap.end()) if gap else None
        if not word:
            return
        if is_word(word.group()):  # in small letters only a title says that it is a name
            people = self._finder.staff_called(word.group())
            if people and self._folded[hit.start : hit.end] in SURE_TITLES and not self._is_capital(word.start()):
                yield self._match(hit.start, word.end(), people)
        elif len(word.group()) >= SHORTEST_SLIP and self._is_capital(word.start()):
            if people := self._finder.staff_like(word.group()):
                yield self._match(hit.start, word.end(), people, nearly=True)

    def _exactly(self, hit: _Hit, word: re.Match[str]) -> Iterator[NameMatch]:
        """Yield a first name with a last name in small letters that is an ordinary word as well."""
        people = {number for number in hit.word.first if word.group() in self._finder.families(number)}
        if people and not hit.word.is_word and not self._is_capital(hit.start):
            yield self._match(hit.start, word.end(), people)

    def _by_initial(self, hit: _Hit, start: int, end: int, letter: str) -> set[int]:
        """Return whom a first name and the first letter of a last name mean."""
        if not self._is_capital(start) or letter == "i" or self._text[end : end + 1] in ("'", "’"):
            return set()
        if not self._reads_as_name(hit.start, hit.end) and (letter == "a" or not self._is_capital(hit.start)):
            return set()
        return {n for n in hit.word.first if any(name[0] == letter for name in self._finder.families(n))}

    def _alone(self, hit: _Hit) -> Iterator[NameMatch]:
        if hit.word.given and self._reads_as_name(hit.start, hit.end) and not self._is_of_longer_name(hit.end):
            people = tuple(self._finder.person(number) for number in sorted(hit.word.given))
            yield NameMatch(hit.start, hit.end, people, is_full=False)

    def _words_before(self, start: int) -> Iterator[tuple[int, int]]:
        """Yield the words before a place, nearest first, as far as they may belong to one name."""
        for _count in range(MOST_WORDS):
            end = start
            while end > 0 and self._folded[end - 1] == " ":
                end -= 1
            gap = self._text[end:start]
            begin = end
            while begin > 0 and self._folded[begin - 1] != " ":
                begin -= 1
            if (
                begin == end
                or not _BETWEEN.fullmatch(gap)
                or ("." in gap and end - begin > 1 and not self._title(begin, end))
            ):
                return
            yield begin, end
            start = begin

    def _title(self, start: int, end: int) -> bool:
        return self._folded[start:end] in TITLES

    def _are_names(self, start: int, end: int, family_start: int, family_end: int) -> bool:
        """Whether two words are a name: where both are ordinary words, only with their capital letters."""
        words = self._folded[start:end], self._folded[family_start:family_end]
        if all(len(word) == 1 or is_word(word) for word in words):
            return self._is_capital(start) and self._is_capital(family_start)
        return True

    def _capitals_between(self, start: int, end: int) -> bool:
        return all(
            self._is_capital(word.start()) or word.group() in PARTICLES
            for word in _WORD.finditer(self._folded, start, end)
        )

    def _reads_as_name(self, start: int, end: int) -> bool:
        """Whether a name that stands alone is meant as one: an ordinary word that begins a sentence mostly is not."""
        word = self._folded[start:end]
        if not is_word(word):
            return self._is_capital(start) or self._is_small
        if not self._is_capital(start) or self._is_shouted(start, end) or self._is_month(word, start, end):
            return False
        return not self._starts_sentence(start) or (word not in MONTHS and self._next_word(end) in _DOES)

    def _is_of_longer_name(self, end: int) -> bool:
        """Whether another word in capitals follows: somebody else who has this first name."""
        return (
            self._text[end : end + 1] == " " and self._is_capital(end + 1) and self._text[end + 2 : end + 3].islower()
        )

    def _is_month(self, word: str, start: int, end: int) -> bool:
        before = self._folded[:start].split()[-1:] or [""]
        beside = (before[0], self._next_word(end))
        return word in MONTHS and (
            before[0] in _OF_MONTHS or any(each.isdigit() or each[:-2].isdigit() for each in beside)
        )

    def _next_word(self, end: int) -> str:
        word = _WORD.match(self._folded, end + 1)
        return word.group() if word else ""

    def _starts_sentence(self, start: int) -> bool:
        before = self._text[:start].rstrip("\"'“‘(*# \t")
        return not before or before[-1] in ".!?:;\n•–—-|>" or not before[-1].isprintable()

    def _is_shouted(self, start: int, end: int) -> bool:
        return end - start > 1 and self._text[start:end].isupper()

    def _is_capital(self, place: int) -> bool:
        return self._text[place : place + 1].isupper()

    def _has_initial(self, number: int, letter: str) -> bool:
        return any(name.startswith(letter) for name in forms(self._finder.person(number).given))

    def _match(self, start: int, end: int, people: set[int], *, nearly: bool = False) -> NameMatch:
        return NameMatch(start, end, tuple(self._finder.person(number) for number in sorted(people)), True, nearly)


def _longest(matches: list[NameMatch]) -> list[NameMatch]:
    """Return matches of which none lies in another: the longest, and of two the same a name without a slip."""
    kept: list[NameMatch] = []
    for match in sorted(matches, key=lambda each: (each.start - each.end, each.is_slip, each.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return kept


def _within(match: NameMatch, taken: list[tuple[int, int]]) -> bool:
    return any(match.start < end and match.end > start for start, end in taken)
