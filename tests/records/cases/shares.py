"""Concerns in short, for the tests of this room."""

from typing import Any

from proviso.records.cases.models import Concern
from proviso.records.cases.receipts import new_token
from proviso.records.cases.services.sharing import Shared, Sharing, share_concern
from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Person
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting

TEXT = "He keeps asking my daughter to message him."


def told(**other: Any) -> Sharing:
    """Return what is shared: something about a pupil, unless it says otherwise."""
    words: dict[str, Any] = {
        "kind": "pupil",
        "matter": "pupil",
        "text": TEXT,
        "sharer_kind": "parent",
        "declaration": "It is true as far as I know.",
    }
    return Sharing(**{**words, **other})


def about_adult(**other: Any) -> Sharing:
    return told(**{"kind": "adult", "matter": "adult", **other})


def shared(cast: Cast, sharing: Sharing, by: Person | None = None) -> Shared:
    """Share something anonymously, or as somebody."""
    actor: Actor | Public = acting(by) if by else Public(TODAY)
    return share_concern(actor, cast.school, sharing, token=new_token(), now=NOW)


def handlers(concern: Concern) -> set[str]:
    """Return the first names of those who handle a concern now."""
    parties = concern.parties.filter(role="handler", ended_at=None)
    return {party.person.given_name for party in parties.select_related("person") if party.person}


def subjects(concern: Concern) -> set[str]:
    parties = concern.parties.filter(role="subject", ended_at=None, person__isnull=False)
    return {party.person.given_name for party in parties.select_related("person") if party.person}
