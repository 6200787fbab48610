"""Pages inside an establishment: who asks, where, and what they may do there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.actors import CONFIRMED_FOR, Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed, require, require_fresh
from proviso.records.people.selectors import establishment_for
from proviso.web.kit.requests import signed_in


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in."""

    actor: Actor


def place(action: str = "establishment.view") -> Callable[..., Callable[..., HttpResponse]]:
    """Turn the short name in an address into the establishment, for those who may do an action there.

    The view gets `(request, establishment, …)`. Others get a 404 where the place does not exist for
    them, and a refusal where it does.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: ActorRequest, slug: str, *args: Any, **named: Any) -> HttpResponse:
            actor = signed_in(request)
            establishment = establishment_for(actor, slug)
            require(actor, action, establishment)
            confirmed(request, action)
            return view(request, establishment, *args, **named)

        return wrapped

    return wrap


def confirmed(request: HttpRequest, action: str) -> None:
    """Pass if an action may be begun or ended now, as far as the second step goes.

    Proved on the way in; on the way out there is time enough to have read, so that nothing typed is lost.

    Raises:
        FreshSecondFactorNeeded: which the site answers by asking for the second step, and comes back.
    """
    within = CONFIRMED_FOR if request.method == "POST" else CONFIRMED_FOR / 3
    require_fresh(signed_in(request), action, now=timezone.now(), within=within)


def page(
    request: ActorRequest,
    establishment: Establishment,
    template: str,
    shown: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of an establishment, which knows what its reader may do."""
    told = {
        "school": establishment,
        "may": allowed(request.actor, establishment),
        "today": timezone.localdate(),
        **(shown or {}),
    }
    return render(request, template, told, status=status)


def done(form: forms.BaseForm, change: Callable[[], Any]) -> bool:
    """Make a change that a valid form asks for; what a service refuses becomes an error of the form."""
    try:
        change()
    except ValidationError as error:
        told(form, error)
        return False
    return True


def told(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's refusal where the form shows it: beside its field, or above all of them."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, texts in by_field.items():
        form.add_error(name if name in form.fields else None, ValidationError(texts))
