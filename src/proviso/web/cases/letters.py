"""Letters of a case: chosen, written, looked at, approved by somebody else, sent; and a school's own texts."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from proviso.records.cases.letter_texts import beginning, template_of
from proviso.records.cases.models import Case, Letter, Step
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import letters as services
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.rules import rulebook
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import (
    ApprovalForm,
    LetterChoiceForm,
    LetterForm,
    PersonForm,
    TemplateForm,
    TextForm,
)
from proviso.web.fields import set_choices
from proviso.web.kit.confirm import ConfirmForm
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.wording.clauses import letter_name
from proviso.wording.letters import LetterText, careful_words, gaps, kinds
from proviso.wording.localised import capped

LANGUAGES = ("en-gb", "cy")


@case_page
def choose(request: ActorRequest, case: Case) -> HttpResponseBase:
    asked = request.GET.get("kind", "")
    step = request.GET.get("step", "")
    form = LetterChoiceForm(posted(request), initial={"kind": asked, "language": case.establishment.language})
    set_choices(form, "kind", [("", ""), *((kind, letter_name(kind)) for kind in kinds())])
    if form.is_valid():
        data = form.cleaned_data
        args = [case.establishment.slug, case.reference, data["kind"], data["language"]]
        address = reverse("cases:letter_write", args=args)
        return redirect(f"{address}?step={step}" if step.isdigit() else address)
    return form_page(
        request, form, FormPage(_("Write a letter"), _("Continue"), caption=case.reference), {"case": case}
    )


@case_page
def write(request: ActorRequest, case: Case, kind: str, language: str) -> HttpResponseBase:
    if kind not in kinds() or language not in LANGUAGES:
        raise Hidden(kind)
    step = _step(request, case)
    begun = beginning(case, kind, language, step, request.actor.on)
    form = LetterForm(posted(request), initial={"subject": begun.subject, "body": begun.body})
    made: list[Letter] = []

    def save() -> None:
        made.append(services.write_letter(request.actor, case, _given(form, kind, language, step), now=now()))

    if saved(form, save):
        args = (case.establishment.slug, case.reference, made[0].pk)
        return done(request, _("The draft was saved."), "cases:letter", *args)
    return form_page(request, form, _writing_page(kind), {"case": case})


def _step(request: ActorRequest, case: Case) -> Step | None:
    asked = request.GET.get("step", "")
    return selectors.step_of(request.actor, case, int(asked)) if asked.isdigit() and len(asked) < 12 else None


def _given(form: LetterForm, kind: str, language: str, step: Step | None) -> LetterGiven:
    data = form.cleaned_data
    return LetterGiven(kind, language, data["recipient"], data["subject"], data["body"], step)


def _writing_page(kind: str) -> FormPage:
    return FormPage(
        _("Write a letter"),
        _("Save the draft"),
        caption=capped(letter_name(kind)),
        lead=_("Somebody else approves it before it goes out. Do not threaten anything, and accuse nobody."),
    )


@case_page
def letter(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    shown = selectors.letter_of(request.actor, selectors.reading_case(request.actor, case, now=now()), pk)
    context = {
        "case": case,
        "letter": shown,
        "name": letter_name(shown.letter.kind),
        "careful": careful_words(shown.body),
        "gaps": gaps(shown.body) + gaps(shown.subject),
    }
    return render_page(request, "cases/letter.html", context)


@case_page
def change(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    shown = selectors.letter_of(request.actor, case, pk)
    row = shown.letter
    before = {"recipient": shown.recipient, "subject": shown.subject, "body": shown.body}
    form = LetterForm(posted(request), initial=before)

    def save() -> None:
        given = _given(form, row.kind, row.language, row.step)
        services.change_letter(request.actor, row, given, now=now())

    if saved(form, save):
        args = (case.establishment.slug, case.reference, pk)
        return done(request, _("The draft was saved."), "cases:letter", *args)
    return form_page(request, form, _writing_page(row.kind), {"case": case})


@case_page
def ask(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    row = selectors.letter_of(request.actor, case, pk).letter
    people = services.approvers(case, row, request.actor.on)
    able = selectors.people_among(request.actor, people)
    form = PersonForm(able, posted(request), label=_("Who approves it?"), name="approver")
    page = FormPage(
        _("Ask for approval"),
        _("Ask"),
        caption=capped(letter_name(row.kind)),
        lead=_("They see the letter and nothing else of the case."),
    )
    save = lambda: services.ask_approval(request.actor, row, form.cleaned_data["approver"], now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("They were asked to approve it."))


@case_page
def send(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    row = selectors.letter_of(request.actor, case, pk).letter
    form = TextForm("how", _("How was it sent, and to which address?"), posted(request), rows=2)
    page = FormPage(
        _("Record that it was sent"),
        _("Record it"),
        caption=capped(letter_name(row.kind)),
        lead=_("From then on nobody can change the letter."),
    )
    save = lambda: services.send_letter(request.actor, row, form.cleaned_data["how"], now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("The letter stands in the chronology."))


@case_page
def discard(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    row = selectors.letter_of(request.actor, case, pk).letter
    page = FormPage(_("Discard this letter?"), _("Discard it"), caption=capped(letter_name(row.kind)), danger=True)
    save = lambda: services.discard_letter(request.actor, row, now=now())  # noqa: E731
    return case_form(request, case, ConfirmForm(posted(request)), page, save, _("The letter was discarded."))


@establishment_page()
def approve(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    shown = selectors.letter_to_approve(request.actor, establishment, pk)
    form = ApprovalForm(posted(request))

    def save() -> None:
        if form.cleaned_data["choice"] == "approve":
            services.approve_letter(request.actor, shown.letter, now=now())
        else:
            services.return_letter(request.actor, shown.letter, form.cleaned_data["why"], now=now())

    if saved(form, save):
        return done(request, _("Your answer was recorded."), "dashboards:my")
    page = FormPage(
        _("Approve a letter"),
        _("Save"),
        caption=capped(letter_name(shown.letter.kind)),
        above="cases/parts/letter.html",
        lead=_("Written by %(name)s.") % {"name": shown.letter.author.name},
    )
    return form_page(request, form, page, {"letter": shown, "careful": careful_words(shown.body)})


@establishment_page("letter_templates.view")
def templates(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    own = selectors.own_templates(request.actor, establishment)
    rows = [
        (letter_name(kind), [(language, (kind, language) in own) for language in LANGUAGES], kind) for kind in kinds()
    ]
    return render_page(request, "cases/templates.html", {"rows": rows})


@establishment_page("letter_templates.change")
def template(request: ActorRequest, establishment: Establishment, kind: str, language: str) -> HttpResponseBase:
    if kind not in rulebook.case_kinds().letters or language not in LANGUAGES:
        raise Hidden(kind)
    text = template_of(establishment, kind, language)
    form = TemplateForm(posted(request), initial={"subject": text.subject, "body": text.body})

    def save() -> None:
        given = LetterText(form.cleaned_data["subject"], form.cleaned_data["body"])
        services.replace_template(request.actor, establishment, kind, language, given, now=now())

    if saved(form, save):
        return done(request, _("The text was saved."), "cases:templates", establishment.slug)
    lead = _("Words in braces, such as {recipient}, are filled in when somebody begins a letter.")
    return form_page(request, form, FormPage(_("The text of a letter"), _("Save"), letter_name(kind), lead))
