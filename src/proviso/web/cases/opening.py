"""Open a case: without a concern, or from one."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case, PartyRole
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import opening as services
from proviso.records.cases.services.opening import Opening, PartyGiven
from proviso.records.people.models import Establishment
from proviso.web.cases.case_pages import now
from proviso.web.cases.forms import OpeningForm
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page


@establishment_page("case.open")
def open_case(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    people = selectors.people_of(request.actor, establishment)
    form = OpeningForm(people, posted(request), initial={"aware_on": request.actor.on})
    made: list[Case] = []

    def save() -> None:
        made.append(services.open_case(request.actor, establishment, _given(form), now=now()))

    if saved(form, save):
        return done(request, _("The case is open."), "cases:case", establishment.slug, made[0].reference)
    lead = _("Its steps come from your policy, and from national guidance where your policy is silent.")
    return form_page(request, form, FormPage(_("Open a case"), _("Open the case"), lead=lead))


def _given(form: OpeningForm) -> Opening:
    data = form.cleaned_data
    parties = []
    if data.get("about") or data.get("name"):
        parties.append(PartyGiven(PartyRole.SUBJECT, data["about"], data["name"]))
    if data.get("harmed"):
        parties.append(PartyGiven(PartyRole.HARMED, data["harmed"]))
    return Opening(data["kind"], data["title"], data["what"], data["aware_on"], tuple(parties))


@establishment_page()
def open_from_concern(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    concern = selectors.concern_to_triage(request.actor, establishment, pk)
    if concern.case_id is not None and concern.case is not None:
        return redirect("cases:case", establishment.slug, concern.case.reference)
    people = selectors.people_of(request.actor, establishment)
    initial = {"kind": services.kind_proposed(concern)}
    form = OpeningForm(people, posted(request), initial=initial, from_concern=True)
    made: list[Case] = []

    def save() -> None:
        data = form.cleaned_data
        given = Opening(data["kind"], data["title"], data["what"], concern.aware_on)
        made.append(services.open_case(request.actor, establishment, given, concerns=(concern,), now=now()))

    if saved(form, save):
        return done(request, _("The case is open."), "cases:case", establishment.slug, made[0].reference)
    lead = _("The people named in the concern come into the case, and the day on which the school came to know counts.")
    page = FormPage(_("Open a case"), _("Open the case"), caption=concern.reference, lead=lead)
    return form_page(request, form, page)
