"""The page that asks before something is done that cannot be undone."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from proviso.web.kit.forms import FormPage, form_page, posted, saved


class ConfirmForm(forms.Form):
    """Nothing but the wish: it has no fields."""


def confirm_page(
    request: HttpRequest,
    page: FormPage,
    change: Callable[[], object],
    then: Callable[[], HttpResponseBase],
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Ask; when it is confirmed, make the change and go on; what a service refuses is said on the page."""
    form = ConfirmForm(posted(request))
    if saved(form, change):
        return then()
    return form_page(request, form, page, context)


def refusal_page(
    request: HttpRequest, page: FormPage, why: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Say why something cannot be done, under the title of the page that would have asked."""
    return form_page(request, ConfirmForm(), page, {**(context or {}), "refusal": why}, status)
