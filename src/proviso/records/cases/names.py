"""Whom a name that somebody typed may mean, among people of the school: better one too many kept out than one too few.

Pure but for the names that it is given.
"""

import re
import unicodedata
from collections.abc import Iterable

from proviso.records.people.models import Person


def meant(people: Iterable[Person], typed: str) -> set[int]:
    """Return the people whose whole last name stands in a text, whatever its accents and capitals.

    Where first names of some of them stand beside it, only these are meant.
    """
    words = _words(typed)
    if not words:
        return set()
    by_last = [person for person in people if _stands_in(_words(person.family_name), words)]
    both = [person for person in by_last if _stands_in(_words(person.given_name), words)]
    alone = [person for person in by_last if not _is_named_among(person, both)]
    return {person.pk for person in (*both, *alone)}


def _is_named_among(person: Person, both: list[Person]) -> bool:
    """Say whether somebody of the same last name is named with the first name, too."""
    return any(_words(other.family_name) == _words(person.family_name) for other in both)


def _stands_in(name: list[str], words: list[str]) -> bool:
    return bool(name) and any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’s", "").replace("'s", "")
    return re.findall(r"[^\W_]+", letters.replace("’", "").replace("'", ""))
