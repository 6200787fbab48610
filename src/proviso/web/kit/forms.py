"""The one page with a form: what it says around the form, what a wrong form does, and what a service refuses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect

from proviso.web.kit.pages import Link, Text, render_page

INVALID = 400  # the status of a page whose form was sent and could not be taken


@dataclass(frozen=True)
class FormPage:
    """What stands around a form.

    `lead`, `points` and `above`, a template that reads the page's context, stand before the form, `note` before its
    button, `links` and the template `below` after it; the template `aside` is a rail beside all of it. `question` is
    the field whose label is the page's title, `hints` explain its choices. A `danger` is what cannot be undone: its
    button is red.
    """

    title: Text
    button: Text
    caption: Text = ""
    lead: Text = ""
    points: Sequence[Text] = ()
    warning: Text = ""
    cancel: Text = ""
    danger: bool = False
    question: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    above: str = ""
    below: str = ""
    aside: str = ""
    note: Text = ""
    links: Sequence[Link] = ()


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None where the page is only looked at: what a form takes as its data."""
    return request.POST if request.method == "POST" else None


def saved(form: forms.BaseForm, change: Callable[[], object]) -> bool:
    """Say whether a form was sent, is valid, and the change that it asks for was made.

    What a service refuses becomes an error of the form, beside its field.
    """
    if not form.is_valid():
        return False
    try:
        change()
    except ValidationError as error:
        add_refusal(form, error)
        return False
    return True


def add_refusal(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's refusal where the form shows it: beside its field, or above all of them."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, texts in by_field.items():
        form.add_error(name if name in form.fields else None, ValidationError(texts))


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    page: FormPage,
    context: Mapping[str, Any] | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render a page with a form; a form that was sent and could not be taken keeps what was typed and says why."""
    failed = INVALID if form.errors else 200
    return render_page(
        request, "kit/form.html", {**(context or {}), "form": form, "page": page}, failed if status is None else status
    )


def done(request: HttpRequest, message: Text, to: str, *args: object) -> HttpResponseRedirect:
    """Say that something was done, on the page that it leads to: a URL name with its arguments, or an address."""
    messages.success(request, str(message))
    return redirect(to, *args)
