"""The file of a case: its head, what is to be done, what happened, who is in it, and who read it."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case, PartyRole
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.selectors.cases import CaseFile, StepShown
from proviso.records.cases.services import notes as services
from proviso.records.people.models import Establishment
from proviso.rules import rulebook
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import TextForm
from proviso.web.cases.shown import policy_behind, step_words
from proviso.web.kit.forms import FormPage, posted
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.web.kit.task_list import Stage, TaskList
from proviso.web.kit.task_list import Step as Line
from proviso.wording.clauses import case_name, letter_name
from proviso.wording.localised import capped, written

LATEST = 12  # entries of the chronology that a page shows first


@establishment_page()
def case(request: ActorRequest, establishment: Establishment, reference: str) -> HttpResponseBase:
    file = selectors.read_case(request.actor, establishment, reference, now=now())
    kind = rulebook.case_kinds().kinds[file.case.kind]
    context = {
        "case": file.case,
        "file": file,
        "kind_name": case_name(file.case.kind),
        "kind": kind,
        "tasks": _task_list(file),
        "parties": [(label, file.of_role(role)) for role, label in PartyRole.choices if file.of_role(role)],
        "letters": [(shown, letter_name(shown.letter.kind)) for shown in file.letters],
        "earlier": selectors.titled(request.actor, selectors.earlier_matters(request.actor, file.case)),
        "evidence_url": reverse("evidence:listed", args=[file.case.establishment.slug, "case", file.case.pk]),
        "latest": file.chronology[-LATEST:],
        "older": file.chronology[:-LATEST],
    }
    return render_page(request, "cases/case.html", context)


def _task_list(file: CaseFile) -> TaskList:
    return TaskList([Stage(_("What is to be done"), [_line(each, file.case) for each in file.steps])])


def _line(shown: StepShown, case: Case) -> Line:
    step = shown.step
    policy = policy_behind(step, case)
    whose = _("national guidance") if step.is_baseline else _("your policy")
    hint = [written(step.who, policy), written(step.by, policy) if step.by else ""]
    source = whose if step.is_baseline else f"{whose}, {step.clause_label}"
    status = step.get_state_display()
    if step.is_open and step.due_on:
        status = _("Late") if shown.is_late else _("By %(day)s") % {"day": date_format(step.due_on, "j F")}
    return Line(
        text=step_words(step, case),
        status=status,
        is_done=not step.is_open,
        url=reverse("cases:step", args=[case.establishment.slug, case.reference, step.pk]),
        hint=capped(" · ".join(part for part in (*hint, source) if part)),
    )


@case_page
def readings(request: ActorRequest, case: Case) -> HttpResponseBase:
    context = {"case": case, "entries": selectors.readings_of(request.actor, case)}
    return render_page(request, "cases/readings.html", context)


@case_page
def note(request: ActorRequest, case: Case) -> HttpResponseBase:
    label = _("What happened?")
    form = TextForm("text", label, posted(request), hint=_("Facts, and where each comes from."), rows=8)
    page = FormPage(
        _("Write in the chronology"),
        _("Add it"),
        caption=case.reference,
        lead=_("It stands under your name and cannot be changed. You can correct it by a later entry."),
    )
    save = lambda: services.write_note(request.actor, case, form.cleaned_data["text"], now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("The entry was added."))


@case_page
def correct(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    shown = selectors.entry_of(request.actor, case, pk)
    form = TextForm("text", _("What is right?"), posted(request), rows=4)
    page = FormPage(_("Correct an entry"), _("Add the correction"), caption=case.reference, lead=f"“{shown.text}”")
    save = lambda: services.correct_entry(request.actor, shown.entry, form.cleaned_data["text"], now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("The correction was added."))
