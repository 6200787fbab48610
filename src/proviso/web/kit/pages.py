"""Pages inside an establishment: who asks, where, what they may do there, and where on the site they are."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from proviso.people.actors import Actor
from proviso.people.models import Establishment
from proviso.people.permissions import allowed, require
from proviso.people.selectors import establishment_for
from proviso.web.kit import navigation
from proviso.web.signing_in.requests import signed_in

Text = str | Promise  # words on a page: a text, or one that is translated when it is shown
P = ParamSpec("P")


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in; on a page of an establishment it knows which."""

    actor: Actor
    establishment: Establishment


EstablishmentView = Callable[Concatenate[ActorRequest, Establishment, P], HttpResponseBase]


def establishment_page(action: str = "establishment.view") -> Callable[[EstablishmentView[P]], Callable[..., Any]]:
    """Turn the short name in an address into the establishment, for those who may do an action there.

    The view gets `(request, establishment, …)`. Others get a 404 where the establishment does not exist for
    them, and a refusal where it does.
    """

    def decorate(view: EstablishmentView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def page(request: ActorRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = signed_in(request)
            establishment = establishment_for(actor, slug)
            require(actor, action, establishment)
            request.establishment = establishment
            return view(request, establishment, *args, **kwargs)

        return page

    return decorate


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page for somebody who is signed in.

    It knows today, what its reader may do in its establishment (that of the request, or `establishment` in the
    context), the entries of the navigation and the breadcrumbs.
    """
    params: dict[str, Any] = {"today": timezone.localdate(), **(context or {})}
    establishment = params.setdefault("establishment", getattr(request, "establishment", None))
    actor = signed_in(request)
    if establishment is not None:
        may = params.setdefault("may", allowed(actor, establishment))
        params["places"] = navigation.SITE.places(request, establishment, may)
    params["breadcrumbs"] = navigation.SITE.breadcrumbs(request, params)
    return render(request, template, params, status=status)
