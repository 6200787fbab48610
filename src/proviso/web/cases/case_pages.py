"""Pages of one case: who asks, which case, and the forms that belong to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise

from proviso.records.cases.models import Case
from proviso.records.cases.selectors.cases import case_named
from proviso.records.people.models import Establishment
from proviso.web.kit.forms import FormPage, done, form_page, saved
from proviso.web.kit.pages import ActorRequest, establishment_page

P = ParamSpec("P")
CaseView = Callable[Concatenate[ActorRequest, Case, P], HttpResponseBase]


def case_page(view: CaseView[P]) -> Callable[..., HttpResponseBase]:
    """Turn a reference in an address into the case, for those who handle it; to others it does not exist."""

    @wraps(view)
    def page(request: ActorRequest, establishment: Establishment, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reference = kwargs.pop("reference")
        return view(request, case_named(request.actor, establishment, reference), *args, **kwargs)

    return establishment_page()(page)


def case_form(
    request: ActorRequest,
    case: Case,
    form: forms.BaseForm,
    page: FormPage,
    change: Callable[[], object],
    message: str | Promise,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Show a form of a case; once it is taken, go back to the case and say so."""
    if saved(form, change):
        return done(request, message, "cases:case", case.establishment.slug, case.reference)
    return form_page(request, form, page, {"case": case, **(context or {})})


def now() -> Any:
    """Return the moment at which something is done."""
    return timezone.now()
