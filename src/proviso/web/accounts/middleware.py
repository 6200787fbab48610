"""Between a request and its page: sessions that end, who asks, in which language, and the second step first."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Person
from proviso.records.people.permissions import needs_second_factor
from proviso.records.people.selectors import language_of
from proviso.rules import rulebook
from proviso.web.accounts.factors import has_second_factor, second_factor_at
from proviso.web.kit.requests import actor_of

Respond = Callable[[HttpRequest], HttpResponse]
BEGAN, TOUCHED, ENDED = "began_at", "touched_at", "session_ended"
# All that somebody may do whose role needs a second step and who has none yet.
BEFORE_SECOND_FACTOR = frozenset(
    (
        "second_factor_first",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "set_language",
    )
)


class SessionEnds:
    """A session ends after a while without a touch, and after a working day in any case."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            now = timezone.now().timestamp()
            began = request.session.setdefault(BEGAN, now)
            touched = request.session.setdefault(TOUCHED, now)
            if now - touched > settings.SESSION_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
                request.session[ENDED] = True
            elif now - touched > 60:  # once a minute is enough, and a page read writes nothing
                request.session[TOUCHED] = now
        return self.get_response(request)


class Acting:
    """Sets `request.actor`: who asks, with the roles of today, or None."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        actor = None
        if isinstance(person, Person) or person.is_authenticated:  # the second, because `user` is a lazy stand-in
            actor = Actor.of(person, timezone.localdate(), second_factor_at(request, person))
        request.actor = actor  # type: ignore[attr-defined]  # read by requests.actor_of alone
        return self.get_response(request)


class KeptByNobody:
    """What somebody sees who signed in is kept neither by their browser nor by a proxy: others may sit there next."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "immutable" in response.get("Cache-Control", ""):  # a school's crest and colours, which anybody sees
            return response
        if actor_of(request) is not None or request.user.is_authenticated:  # the second: who has just signed in
            add_never_cache_headers(response)
        return response


class SecondFactorFirst:
    """Leads people whose role needs a second step to set one up before anything else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        actor = actor_of(request)
        if actor is None or actor.second_factor_at is not None or not needs_second_factor(actor):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in BEFORE_SECOND_FACTOR or has_second_factor(actor):
            return None
        there = reverse("second_factor_first")
        if request.method == "GET" and request.path != reverse("public:home"):
            there += f"?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}"
        return redirect(there)


class PreferredLanguage:
    """The language that was switched to, or else the person's own, or else the school's, or else the browser's."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Mapping[str, Any]
    ) -> None:
        if len(settings.LANGUAGES) < 2 or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            return
        wanted = self._wanted(actor_of(request), kwargs)
        if wanted in dict(settings.LANGUAGES):
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted

    def _wanted(self, actor: Actor | None, kwargs: Mapping[str, Any]) -> str:
        if actor is not None and actor.person.language:
            return actor.person.language
        slug = kwargs.get("slug") or kwargs.get("policy")
        languages = {place.slug: place.language for place in actor.establishments} if actor is not None else {}
        if slug in languages:
            return languages[slug]
        if slug and slug not in rulebook.policy_ids():
            here = language_of(Public(timezone.localdate()), slug)
            if here:
                return here
        return actor.roles[0].establishment.language if actor is not None and actor.roles else ""
