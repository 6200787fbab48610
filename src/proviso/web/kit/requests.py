"""Who asks, of any request."""

from django.http import HttpRequest

from proviso.records.people.actors import Actor
from proviso.records.people.permissions import Hidden


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who asks with the roles of today, or None: a visitor. Every selector and service takes it."""
    return getattr(request, "actor", None)


def signed_in(request: HttpRequest) -> Actor:
    """Return who asks, on a page that only people who signed in can reach.

    Raises:
        Hidden: nobody signed in.
    """
    actor = actor_of(request)
    if actor is None:
        raise Hidden("nobody is asking")
    return actor
