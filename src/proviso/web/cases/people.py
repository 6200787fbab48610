"""The people in a case."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import parties as services
from proviso.records.cases.services.opening import PartyGiven
from proviso.records.cases.services.parties import Wishes
from proviso.rules import rulebook
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import PartyForm, WishesForm
from proviso.web.kit.confirm import ConfirmForm
from proviso.web.kit.forms import FormPage, posted
from proviso.web.kit.pages import ActorRequest


@case_page
def add(request: ActorRequest, case: Case) -> HttpResponseBase:
    form = PartyForm(selectors.people_of(request.actor, case.establishment), posted(request))

    def save() -> None:
        data = form.cleaned_data
        services.add_party(request.actor, case, PartyGiven(data["role"], data["person"], data["name"]), now=now())

    lead = _("Whoever handles the case can read all of it. Whom it is about never sees that it exists.")
    page = FormPage(_("Add somebody"), _("Add"), caption=case.reference, lead=lead)
    return case_form(request, case, form, page, save, _("The person was added."))


@case_page
def wishes(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    shown = selectors.party_of(request.actor, case, pk)
    initial = {
        "text": shown.wishes,
        "police": shown.party.police,
        "support_offered": shown.party.support_offered_at is not None,
    }
    form = WishesForm(posted(request), initial=initial)

    def save() -> None:
        data = form.cleaned_data
        given = Wishes(data["text"], data["police"], data["support_offered"])
        services.record_wishes(request.actor, shown.party, given, now=now())

    theirs = rulebook.case_kinds().kinds[case.kind].theirs
    lead = _("Whether to go to the police is their decision, unless somebody is in danger: then call 999.")
    page = FormPage(_("What they want to happen"), _("Save"), caption=shown.name, lead=lead if theirs else "")
    return case_form(request, case, form, page, save, _("The wishes were recorded."))


@case_page
def end(request: ActorRequest, case: Case, pk: int) -> HttpResponseBase:
    shown = selectors.party_of(request.actor, case, pk)
    page = FormPage(
        _("End this part in the case?"),
        _("End it"),
        caption=shown.name,
        lead=_("It stays in the chronology. Whoever handled the case cannot read it any more."),
    )
    form = ConfirmForm(posted(request))
    save = lambda: services.end_part(request.actor, shown.party, now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("Their part has ended."))
