"""How many open concerns somebody handles, as the bar says it; kept in the session like the count of tasks."""

from time import time

from django.http import HttpRequest

from proviso.records.cases.selectors.concerns import concerns_open
from proviso.records.people.models import Establishment
from proviso.web.kit.requests import signed_in

KEPT = "concerns_open"
KEPT_SECONDS = 300


def concerns_waiting(request: HttpRequest, establishment: Establishment) -> int:
    """Return how many concerns are open for whoever is signed in, in one establishment."""
    kept = request.session.get(KEPT, {})
    count, counted_at = kept.get(str(establishment.pk), (0, 0))
    if 0 <= time() - counted_at < KEPT_SECONDS:
        return int(count)
    count = concerns_open(signed_in(request), establishment)
    request.session[KEPT] = {**kept, str(establishment.pk): (count, int(time()))}
    return count


def count_anew(request: HttpRequest) -> None:
    """Forget the counts, because something was done that changes them."""
    request.session.pop(KEPT, None)
