"""What cannot be shown, as pages that say why and lead on."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.actors import Public
from proviso.records.people.addresses import taken_words
from proviso.records.people.permissions import FreshSecondFactorNeeded
from proviso.records.policies.selectors.versions import establishments_found, public_establishments, public_version
from proviso.rules.norms import FactError
from proviso.rules.rulebook import RulebookError, UnknownPolicyError
from proviso.web.accounts.factors import confirmation
from proviso.web.public import published_policies
from proviso.web.public.question_url import AddressError

Respond = Callable[[HttpRequest], HttpResponse]


class UnknownClauseError(ValueError):
    """A policy has no clause of that id; the message names the nearest."""


OFFERED = 8  # schools on a page that says that there is nothing


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing at an address, and offer the schools of this installation that may be meant."""
    shown: dict[str, Any] = {}
    first = request.path_info.strip("/").partition("/")[0]
    # What signs in has addresses of its own, and files are asked for by programs: these are looked for nowhere.
    if re.fullmatch(r"[a-z0-9_-]{1,50}", first, re.IGNORECASE) and first not in taken_words():
        shown = _schools_near(first)
    return render(request, "404.html", shown, status=404)


def _schools_near(word: str) -> dict[str, Any]:
    asking = Public(timezone.localdate())
    typed = word.replace("-", " ").replace("_", " ")
    exact = public_version(asking, word)
    if exact is not None:
        return {"school": exact.establishment}
    near = establishments_found(asking, typed)[:OFFERED]
    # Where they are few, all are offered; else whoever looks for theirs types its name.
    few = [] if near else list(public_establishments(asking)[: OFFERED + 1])
    return {"near": near or (few if len(few) <= OFFERED else []), "alike": bool(near), "find": bool(near or few)}


class ErrorPages:
    """Middleware: an error that has a page of its own gets that page instead of *something went wrong*."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Respond, args: Any, kwargs: Any) -> None:
        # No page and no search of records knows such a character, and PostgreSQL refuses to be asked with one.
        if "\0" in request.path_info:
            raise Http404("a null character")
        is_public = request.resolver_match is not None and request.resolver_match.namespace == "public"
        if not is_public and "%00" in request.META.get("QUERY_STRING", ""):  # a question only loses it
            raise BadRequest("a null character")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, FreshSecondFactorNeeded):
            return confirmation(request)
        match = request.resolver_match
        name = match.kwargs.get("policy", "") if match else ""
        if isinstance(error, RulebookError):
            return self._unreadable(request, name, error)
        if isinstance(error, UnknownPolicyError):
            return not_found(request)
        if isinstance(error, published_policies.NothingInForce):
            return render(request, "nothing_in_force.html", {"establishment": error.args[0]}, status=404)
        if isinstance(error, UnknownClauseError):
            return render(request, "unknown_clause.html", {"name": name, "error": error}, status=404)
        if isinstance(error, AddressError | FactError):
            return render(request, "wrong_address.html", {"name": name, "error": error}, status=400)
        return None

    def _unreadable(self, request: HttpRequest, name: str, error: RulebookError) -> HttpResponse:
        try:
            others = [entry for entry in published_policies.shelved(timezone.localdate()) if entry.policy]
        except RulebookError:
            others = []
        shown = {"name": name, "faults": published_policies.fault_lines(error.faults), "others": others}
        return render(request, "unreadable.html", shown, status=503)
