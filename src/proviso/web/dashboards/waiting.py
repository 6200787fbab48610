"""How many things wait for somebody, as the bar of every page says it.

To count them asks every room. So the count is kept in the session: until the person does something, or for a few
minutes, after which others may have done something.
"""

from collections.abc import Callable
from time import time

from django.http import HttpRequest, HttpResponse

from proviso.records.people.models import Establishment
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.web.kit.requests import actor_of, signed_in

KEPT = "tasks_waiting"
KEPT_SECONDS = 300


def tasks_waiting(request: HttpRequest, _establishment: Establishment) -> int:
    """Return how many things wait for whoever is signed in, wherever they have roles."""
    actor = signed_in(request)
    count, counted_at = request.session.get(KEPT, (0, 0))
    if not 0 <= time() - counted_at < KEPT_SECONDS:
        count = len(needs_of(scope_of(actor)))
        keep(request, count)
    return int(count)


def keep(request: HttpRequest, count: int) -> None:
    """Keep a count that a page has just found."""
    request.session[KEPT] = (count, int(time()))


class CountAnew:
    """Middleware: whoever did something may have fewer tasks, or others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and actor_of(request) is not None:
            request.session.pop(KEPT, None)
        return response
