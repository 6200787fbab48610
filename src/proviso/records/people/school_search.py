"""Which establishments somebody may mean who types a name, a town or a postcode: tolerant of slips, the same with
every database. Pure: it knows no record."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

# Words that many schools have in their names: alone they find, but together with others they decide nothing.
_COMMON = frozenset(
    "a academy and c ce church community college county e england for high infant infants junior nursery of primary "
    "rc school schools secondary st the trust voluntary ysgol y yr gynradd uwchradd gymunedol".split()
)
_SHORT = {"saint": "st", "rd": "road", "ln": "lane", "ave": "avenue", "pri": "primary", "sch": "school"}
_SIMILAR = 0.72  # of a word's letters: one slip in four letters, two in eight
_FROM = 4  # letters: a shorter word is not guessed at
_LIKE_FIGURES = str.maketrans("OIL", "011")
_MOST_WORDS = 8


@dataclass(frozen=True)
class Findable:
    """An establishment as somebody may look for it; `under` is its trust or authority."""

    key: int
    name: str
    town: str = ""
    postcode: str = ""
    under: str = ""


def search(places: Iterable[Findable], typed: str) -> list[int]:
    """Return the keys of the places that somebody may mean, the likeliest first, then by name."""
    words = _words(typed)
    code = _code(typed)
    if not words:
        return []
    scored = ((max(_by_words(place, words), _by_postcode(place, code)), place) for place in places)
    found = [(score, place) for score, place in scored if score]
    return [place.key for _score, place in sorted(found, key=lambda pair: (-pair[0], pair[1].name))]


def normal_postcode(text: str) -> str:
    """Return a postcode in capitals with its one space: `pr12ab` is `PR1 2AB`; what is none is left as it is."""
    letters = "".join(text.split()).upper()
    return f"{letters[:-3]} {letters[-3:]}" if is_postcode(letters) else text.strip()


def is_postcode(text: str) -> bool:
    """Say whether a text has the form of a whole British postcode."""
    return re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", "".join(text.split()).upper()) is not None


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "").replace("'", "")
    return [_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", letters)[:_MOST_WORDS]]


def _by_words(place: Findable, typed: Sequence[str]) -> float:
    own, around = _words(place.name), [*_words(place.town), *_words(place.under)]
    telling = [word for word in typed if word not in _COMMON] or list(typed)
    likeness = [max(_likeness(word, own), 0.9 * _likeness(word, around)) for word in telling]
    if min(likeness) > 0:
        return sum(likeness) / len(likeness)
    return 0.9 * _run_together(telling, own)


def _likeness(word: str, among: Sequence[str]) -> float:
    """Return how like a typed word is to the likeliest of some words: 1 the same, 0 not at all."""
    return max((_one(word, each) for each in among), default=0.0)


def _one(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if len(word) > 1 and other.startswith(word):
        return 0.95
    if len(word) < _FROM:
        return 0.0
    alike = OSA.normalized_similarity(word, other, score_cutoff=_SIMILAR)
    # What is still being typed may have a slip, too.
    begun = OSA.normalized_similarity(word, other[: len(word)], score_cutoff=0.8) if len(word) < len(other) else 0.0
    return 0.9 * max(alike, begun * 0.9)


def _run_together(typed: Sequence[str], own: Sequence[str]) -> float:
    """Return how like words are when spaces are set otherwise: `lark rise` is `Larkrise`."""
    whole, name = "".join(typed), "".join(word for word in own if word not in _COMMON)
    if len(whole) < _FROM:
        return 0.0
    return OSA.normalized_similarity(whole, name, score_cutoff=0.8)


def _code(typed: str) -> str:
    """Return what may be the beginning of a postcode, with letters that are taken for figures as figures."""
    letters = "".join(typed.split()).upper()
    likely = re.fullmatch(r"[A-Z0]{1,2}[0-9OIL][A-Z0-9]{0,5}", letters)
    return letters.translate(_LIKE_FIGURES) if likely else ""


def _by_postcode(place: Findable, code: str) -> float:
    own = "".join(place.postcode.split()).upper().translate(_LIKE_FIGURES)
    if not own or not code:
        return 0.0
    if own.startswith(code):
        return 1.0
    return 0.6 if len(code) > 4 and own[:-3] == code[:-3] else 0.0  # the same district
