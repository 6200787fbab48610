"""Pages inside an establishment: who asks, where, what they may do there, and where on the site they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from proviso.records.people.actors import CONFIRMED_FOR, Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed, require, require_fresh
from proviso.records.people.selectors import establishment_for
from proviso.web.kit import navigation
from proviso.web.kit.requests import signed_in

Text = str | Promise  # words on a page: a text, or one that is translated when it is shown
P = ParamSpec("P")


@dataclass(frozen=True)
class Link:
    """A way on from a page."""

    label: Text
    url: Text


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in; on a page of an establishment it knows which, and what they may do."""

    actor: Actor
    establishment: Establishment
    may: frozenset[str]


EstablishmentView = Callable[Concatenate[ActorRequest, Establishment, P], HttpResponseBase]


def establishment_page(*actions: str) -> Callable[[EstablishmentView[P]], Callable[..., HttpResponseBase]]:
    """Turn the short name in an address into the establishment, for those who may do these actions there.

    The view gets `(request, establishment, …)`. Others get a 404 where the establishment does not exist for
    them, and a refusal where it does. An action that asks for a fresh second step is asked for it on the way in.
    """

    def decorate(view: EstablishmentView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def page(request: ActorRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = signed_in(request)
            establishment = establishment_for(actor, slug)
            for action in actions:
                require(actor, action, establishment)
                require_confirmation(request, action)
            request.establishment, request.may = establishment, allowed(actor, establishment)
            return view(request, establishment, *args, **kwargs)

        return page

    return decorate


def require_confirmation(request: HttpRequest, action: str) -> None:
    """Pass if the reader gave their second step just now, or an action asks for none.

    It is asked for on the way in; on the way out there is time enough to have read, so that nothing typed is lost.

    Raises:
        FreshSecondFactorNeeded: which the site answers by asking for the second step, and comes back.
    """
    within = CONFIRMED_FOR if request.method == "POST" else CONFIRMED_FOR / 3
    require_fresh(signed_in(request), action, now=timezone.now(), within=within)


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page for somebody who is signed in.

    It knows today, what its reader may do in its establishment (that of the request, or `establishment` in the
    context) and the breadcrumbs; the bar is `base.html`'s own.
    """
    params: dict[str, Any] = {"today": timezone.localdate(), **(context or {})}
    establishment = params.setdefault("establishment", getattr(request, "establishment", None))
    if establishment is not None and "may" not in params:  # a page that is open to everybody says what they may
        params["may"] = allowed(signed_in(request), establishment)
    params["breadcrumbs"] = navigation.SITE.breadcrumbs(request, params)
    return render(request, template, params, status=status)
