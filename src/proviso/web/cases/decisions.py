"""Decisions about a case: the harm threshold, proportionality, viewing, and others. A named person decides each."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case, Decision
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import decisions as services
from proviso.records.cases.services.decisions import LIMBS, WEIGHED, GivenDecision, ThresholdDecision
from proviso.records.people.models import Establishment
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import DecisionForm, ProportionalityForm, ThresholdForm, ViewingForm
from proviso.web.kit.confirm import ConfirmForm
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page


@case_page
def threshold(request: ActorRequest, case: Case) -> HttpResponseBase:
    form = ThresholdForm(posted(request))

    def save() -> None:
        services.decide_threshold(request.actor, case, _threshold(form), now=now())

    return case_form(request, case, form, _threshold_page(case.reference), save, _("The decision was recorded."))


@establishment_page()
def concern_threshold(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    concern = selectors.concern_to_triage(request.actor, establishment, pk)
    form = ThresholdForm(posted(request))
    if saved(form, lambda: services.triage_concern(request.actor, concern, _threshold(form), now=now())):
        return done(request, _("The decision was recorded."), "cases:open_from", establishment.slug, pk)
    return form_page(request, form, _threshold_page(concern.reference))


def _threshold(form: ThresholdForm) -> ThresholdDecision:
    data = form.cleaned_data
    limbs = {name: data[name] for name in LIMBS}
    return ThresholdDecision(limbs, data["choice"], data["reasons"], data["consulted"])


def _threshold_page(caption: str) -> FormPage:
    return FormPage(
        _("The harm threshold"),
        _("Record the decision"),
        caption=caption,
        lead=_("Say what is known of each of the four. You decide, in your own name; the program clears nobody."),
        warning=_("If you are not sure, consult the local authority’s designated officer before you do anything else."),
    )


@case_page
def proportionality(request: ActorRequest, case: Case) -> HttpResponseBase:
    form = ProportionalityForm(posted(request))

    def save() -> None:
        data = form.cleaned_data
        answers = {name: data[name] for name in WEIGHED}
        given = GivenDecision(Decision.Kind.PROPORTIONALITY, data["choice"], data["reasons"], answers)
        services.record_decision(request.actor, case, given, now=now())

    page = FormPage(
        _("Before a sanction for a private post"),
        _("Record the decision"),
        caption=case.reference,
        lead=_("A sanction for what somebody said in private life has to be lawful and no more than is needed."),
        warning=_("Take advice from personnel services before you decide."),
    )
    return case_form(request, case, form, page, save, _("The decision was recorded."))


@case_page
def viewing(request: ActorRequest, case: Case) -> HttpResponseBase:
    form = ViewingForm(posted(request))

    def save() -> None:
        given = GivenDecision(Decision.Kind.VIEWING, form.cleaned_data["choice"], form.cleaned_data["reasons"], {})
        services.record_decision(request.actor, case, given, now=now())

    page = FormPage(
        _("Whether the image is to be viewed"),
        _("Record the decision"),
        caption=case.reference,
        warning=_(
            "Nobody views, copies, prints, shares, stores or asks for the image. Only whoever leads safeguarding "
            "may decide otherwise, in exceptional circumstances."
        ),
    )
    return case_form(request, case, form, page, save, _("The decision was recorded."))


@case_page
def other(request: ActorRequest, case: Case) -> HttpResponseBase:
    form = DecisionForm(posted(request))

    def save() -> None:
        reasons = f"{form.cleaned_data['what']}. {form.cleaned_data['reasons']}"
        given = GivenDecision(Decision.Kind.OTHER, "recorded", reasons, {"what": form.cleaned_data["what"]})
        services.record_decision(request.actor, case, given, now=now())

    page = FormPage(_("Record a decision"), _("Record the decision"), caption=case.reference)
    return case_form(request, case, form, page, save, _("The decision was recorded."))


@case_page
def sexual_image(request: ActorRequest, case: Case) -> HttpResponseBase:
    page = FormPage(
        _("Is there a sexual image of somebody under 18?"),
        _("Yes: let no file come in"),
        caption=case.reference,
        lead=_("From then on nobody can add a file here, and none is shown. This cannot be undone."),
        danger=True,
    )
    save = lambda: services.mark_sexual_image(request.actor, case, now=now())  # noqa: E731
    message = _("No file comes in any more. The steps say what to do now.")
    return case_form(request, case, ConfirmForm(posted(request)), page, save, message)
