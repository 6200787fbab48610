"""One step of a case: done, not needed, or handed over."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import steps as services
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import PersonForm, StepForm
from proviso.web.cases.shown import clause_of, step_words
from proviso.web.kit.forms import FormPage, posted
from proviso.web.kit.pages import ActorRequest, Link, render_page


@case_page
def step(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    row = selectors.step_of(request.actor, case, pk)
    context = {"case": case, "step": row, "words": step_words(row, case), "clause": clause_of(row, case)}
    if not row.is_open or not case.is_open:
        return render_page(request, "cases/step.html", {**context, "reason": selectors.reason_of(request.actor, row)})
    form = StepForm(posted(request))

    def save() -> None:
        settle = services.do_step if form.cleaned_data["state"] == "done" else services.skip_step
        settle(request.actor, row, form.cleaned_data["reason"], now=now())

    slug = case.establishment.slug
    links = [Link(_("Hand it over to somebody"), reverse("cases:hand_over", args=[slug, case.reference, pk]))]
    if row.letter:
        address = reverse("cases:letter_add", args=[slug, case.reference])
        links.insert(0, Link(_("Write the letter"), f"{address}?kind={row.letter}&step={pk}"))
    page = FormPage(
        step_words(row, case), _("Save"), caption=case.reference, above="cases/parts/step.html", links=links
    )
    return case_form(request, case, form, page, save, _("The step is settled."), context)


@case_page
def hand_over(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    row = selectors.step_of(request.actor, case, pk)
    form = PersonForm(selectors.staff_of(request.actor, case.establishment), posted(request), label=_("To whom?"))
    page = FormPage(
        _("Hand over a step"),
        _("Hand it over"),
        caption=step_words(row, case),
        warning=_("They can read the whole case from then on."),
    )
    return case_form(
        request,
        case,
        form,
        page,
        lambda: services.hand_over_step(request.actor, row, form.cleaned_data["person"], now=now()),
        _("The step was handed over."),
    )
