"""The language of a page: what somebody chose with the switch, else the one that their account names."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class OwnLanguage:
    """Middleware: somebody signed in who has not used the switch reads the language of their account.

    It stands after the one that knows who is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = getattr(getattr(request, "user", None), "language", "")
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if own in dict(settings.LANGUAGES) and not chosen:
            translation.activate(own)
            request.LANGUAGE_CODE = own
        return self.get_response(request)
