"""How often somebody may send something without an account: counted by a keyed hash of their address, for an hour.

The address itself is kept nowhere, and the hash in the cache alone.
"""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
MOST = {"share": 20, "receipt": 60, "draft": 60, "message": 30}  # a whole school may have one address


def may_go_on(request: HttpRequest, what: str) -> bool:
    """Count one more of something from where a request comes, and say whether it is not one too many."""
    address = request.META.get("REMOTE_ADDR", "")
    key = "concerns:" + salted_hmac("proviso.web.concerns.limits", f"{what} {address}", algorithm="sha256").hexdigest()
    now = time.time()
    count, until = cache.get(key) or (0, now + HOUR)
    if until <= now:
        count, until = 0, now + HOUR
    cache.set(key, (count + 1, until), timeout=max(1, int(until - now)))
    return count < MOST[what]
