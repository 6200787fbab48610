"""Browsers in which somebody has signed in before: wrong passwords typed elsewhere do not lock them out there.

Such a browser keeps a signed cookie that names nobody. Wrong passwords are counted for each of them by itself, and
for all other browsers together: whoever types somebody's address and six wrong passwords locks out strangers alone.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from proviso.records.people.models import Person

KEPT_FOR = timedelta(days=365)
MOST = 5  # people who share a browser, the last ones
_SALT = "proviso.known-browser"


class KnownBrowser:
    """Middleware: leaves the cookie where somebody has just proved who they are (see `remember`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        mark = getattr(request, "known_browser_mark", None)
        if mark is not None:
            others = [other for other in _marks(request) if other[0] != mark]
            marks = [[mark, secrets.token_urlsafe(12)], *others][:MOST]
            response.set_cookie(
                settings.KNOWN_BROWSER_COOKIE_NAME,
                signing.dumps(marks, salt=_SALT),
                max_age=KEPT_FOR,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response


def remember(request: HttpRequest, person: Person) -> None:
    """Let this browser count as one that the person uses, from the answer to this request on."""
    request.known_browser_mark = _mark(person.email or "")  # type: ignore[attr-defined]  # read by the middleware alone


def nonce_of(request: HttpRequest, email: str) -> str:
    """Return what tells this browser from others of the same person; empty for one in which they never signed in."""
    mark = _mark(email)
    return next((nonce for known, nonce in _marks(request) if known == mark), "")


def _mark(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def _marks(request: HttpRequest) -> list[list[str]]:
    try:
        marks: list[list[str]] = signing.loads(
            request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, ""), salt=_SALT, max_age=KEPT_FOR
        )
    except signing.BadSignature:
        return []
    return marks
