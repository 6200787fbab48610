"""Entries of the log that only some may see, whoever may read the log otherwise: what is done with concerns and cases.

A room registers a kind of record, and which of them somebody may see at an establishment. All other entries about that
kind are not there for them.
"""

from collections.abc import Callable, Collection

from django.db.models import Q, QuerySet

from proviso.records.audit.models import Entry
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment

Seen = Callable[[Actor, Establishment], Collection[str]]
_BARRED: dict[str, Seen] = {}


def register(kind: str, seen: Seen) -> None:
    """Bar the entries about a kind of record (`concern`), but for those (`concern:12`) that somebody may see."""
    _BARRED[kind] = seen


def without_barred(entries: QuerySet[Entry], actor: Actor, establishment: Establishment) -> QuerySet[Entry]:
    """Return entries without those that somebody may not see."""
    for kind, seen in _BARRED.items():
        barred = Q(action__startswith=f"{kind}.") | Q(about__startswith=f"{kind}:")
        entries = entries.exclude(barred & ~Q(about__in=seen(actor, establishment)))
    return entries
