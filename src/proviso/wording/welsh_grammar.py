"""What Welsh does to a phrase that follows another word: mutations, and the forms of *and*, *or*, *with* and *to*.

A translator writes `%(with_ag)s` or `%(deed_soft)s` where English has `%(with)s` or `%(deed)s`, and never has to
know what stands there.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
_LETTERS = ("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")  # each is one letter of the alphabet
_VOWELS = tuple("aeiouwyâêîôûŵŷàèìòùáéíóúäëïöü")
# Verbs with an ending, prepositions and the like: they stay as they are.
_FIXED = {
    *("mae", "mae'n", "mae'r", "mae’n", "mae’r", "maent", "mewn", "nid", "nad", "ni", "does", "dim", "gan", "gyda"),
    *("drwy", "dros", "dan", "tu", "byth", "chi", "hyn"),
}
_BEFORE_AC = {"mae", "mae'n", "mae'r", "mae’n", "mae’r", "nid", "nad", "ni", "na", "felly", "fel", "mor", "sydd"}


def is_welsh() -> bool:
    """Whether the page is read in Welsh."""
    return (get_language() or "").startswith("cy")


def soft(phrase: str) -> str:
    """Soften a phrase: `disgybl` becomes `ddisgybl`."""
    return _mutated(phrase, SOFT)


def aspirate(phrase: str) -> str:
    """Aspirate a phrase: `cydweithiwr` becomes `chydweithiwr`."""
    return _mutated(phrase, ASPIRATE)


def together(phrase: str) -> str:
    """Say *with*: `â disgybl`, `ag athro`, `â'r ysgol`."""
    return _joined(phrase, "â", "ag")


def and_(phrase: str) -> str:
    """Say *and*: `a disgybl`, `ac athro`, `a'r ysgol`."""
    if _first(phrase) in _BEFORE_AC:
        return f"ac {phrase}"
    return _joined(phrase, "a", "ac")


def or_(phrase: str) -> str:
    """Say *or*: `neu ddisgybl`, `neu'r ysgol`."""
    return _article(phrase, "neu") or f"neu {soft(phrase)}"


def to(phrase: str) -> str:
    """Say *to*: `i ddisgybl`, `i'r ysgol`."""
    return _article(phrase, "i") or f"i {soft(phrase)}"


def being(phrase: str) -> str:
    """Say *being*, which softens all but `ll` and `rh`: `yn ddisgybl`, `yn rhiant`."""
    return f"yn {phrase if phrase.startswith(('ll', 'rh')) else soft(phrase)}"


def below(clause: str) -> str:
    """Say a clause that hangs on another: `nid yw` becomes `nad yw`."""
    return f"nad{clause[3:]}" if clause.startswith("nid ") else clause


FORMS: Mapping[str, Callable[[str], str]] = {
    "soft": soft,
    "aspirate": aspirate,
    "ag": together,
    "ac": and_,
    "neu": or_,
    "i": to,
    "yn": being,
    "sub": below,
}


def _mutated(phrase: str, table: Mapping[str, str]) -> str:
    if _first(phrase) in _FIXED:
        return phrase
    letter = phrase[:2] if phrase[:2].lower() in _LETTERS else phrase[:1]
    if letter.lower() not in table or not letter:
        return phrase
    put_there = table[letter.lower()]
    return (put_there.capitalize() if letter[0].isupper() else put_there) + phrase[len(letter) :]


def _joined(phrase: str, word: str, before_vowel: str) -> str:
    if joined := _article(phrase, word):
        return joined
    if phrase.lower().startswith(_VOWELS):
        return f"{before_vowel} {phrase}"
    return f"{word} {aspirate(phrase)}"


def _article(phrase: str, word: str) -> str:
    """Return a word drawn together with the article that follows it, or nothing where none does."""
    for article in ("y ", "yr "):
        if phrase.startswith(article):
            return f"{word}’r {phrase.removeprefix(article)}"
    return ""


def _first(phrase: str) -> str:
    return phrase.split(" ", 1)[0].lower().rstrip(",;:")
