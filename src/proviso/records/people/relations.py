"""How a record stands to people: its establishment, whose it is, who handles it, who reported it, whom it is about.

Each room registers its records in its `actions.py`; the permission table and `change` ask here.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from proviso.records.people.models import Establishment, Person


def _nobody(_record: Any) -> tuple[()]:
    return ()


def _nobody_that_day(_record: Any, _on: date) -> tuple[()]:
    return ()


def _no_person(_record: Any) -> None:
    return None


@dataclass(frozen=True)
class Relations:
    """The people of a kind of record, as functions of one; people are given by their ids.

    `subjects` are those whom the record is about: nothing gives them any action on it. `receipts` are
    the hashes of the receipts given out for it. `stand_ins` handle it on a day for whoever is away.
    `state` names the attribute that holds its state, and `fetch` what is fetched along when it is locked.
    """

    establishment: Callable[[Any], Establishment | None]
    person: Callable[[Any], int | None] = _no_person
    handlers: Callable[[Any], Collection[int]] = _nobody
    stand_ins: Callable[[Any, date], Collection[int]] = _nobody_that_day
    reporters: Callable[[Any], Collection[int]] = _nobody
    receipts: Callable[[Any], Collection[str]] = _nobody
    subjects: Callable[[Any], Collection[int]] = _nobody
    state: str = "state"
    fetch: tuple[str, ...] = ()


_RELATIONS: dict[type, Relations] = {}


def register(kind: type, relations: Relations) -> None:
    """Say how records of a kind stand to people.

    Raises:
        ValueError: a kind that is registered already, differently.
    """
    if _RELATIONS.setdefault(kind, relations) != relations:
        raise ValueError(f"the relations of {kind.__name__} are registered twice")


def relations_of(record: Any) -> Relations:
    """Return how a record stands to people.

    Raises:
        LookupError: a kind that nobody registered: a mistake in the program.
    """
    try:
        return _RELATIONS[record.__class__]
    except KeyError:
        raise LookupError(f"nobody registered the relations of {record.__class__.__name__}") from None


def registered() -> Collection[type]:
    return _RELATIONS.keys()


register(Establishment, Relations(lambda establishment: establishment, fetch=("parent",)))
# A person belongs to many establishments: whoever acts on one says at which.
register(Person, Relations(lambda person: None, person=lambda person: person.pk))
