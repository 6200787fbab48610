"""How a case ends: closed, held, or handed over to another school."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from proviso.records.cases.models import Case
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import closing as services
from proviso.records.cases.services.closing import Closing, Handing
from proviso.web.cases.case_pages import case_form, case_page, now
from proviso.web.cases.forms import ClosingForm, TextForm, TransferForm
from proviso.web.kit.forms import FormPage, posted
from proviso.web.kit.pages import ActorRequest, require_confirmation


@case_page
def close(request: ActorRequest, case: Case) -> HttpResponseBase:
    is_shared = selectors.has_open_concerns(request.actor, case)
    form = ClosingForm(services.outcomes_of(case.matter), is_shared, posted(request))

    def save() -> None:
        data = form.cleaned_data
        given = Closing(data["outcome"], data["reasons"], data.get("told", ""))
        services.close_case(request.actor, case, given, now=now())

    lead = _("Nothing reminds of the case any more, and only corrections can be added. Nothing is deleted.")
    page = FormPage(_("Close the case"), _("Close the case"), caption=case.reference, lead=lead)
    return case_form(request, case, form, page, save, _("The case is closed."))


@case_page
def hold(request: ActorRequest, case: Case) -> HttpResponseBase:
    ends = case.is_held
    label = _("Why does the hold end?") if ends else _("Why must the case be kept?")
    form = TextForm("why", label, posted(request), rows=3)
    act = services.release_case if ends else services.hold_case
    page = FormPage(
        _("End the legal hold") if ends else _("Put a legal hold on the case"),
        _("End the hold") if ends else _("Hold the case"),
        caption=case.reference,
        lead="" if ends else _("While it is held, nothing of the case is deleted, whatever the retention rules say."),
    )
    message = _("The hold has ended.") if ends else _("The case is held.")
    return case_form(
        request, case, form, page, lambda: act(request.actor, case, form.cleaned_data["why"], now=now()), message
    )


@case_page
def transfer(request: ActorRequest, case: Case) -> HttpResponseBase:
    require_confirmation(request, "case.export")
    form = TransferForm(posted(request))

    def save() -> None:
        services.transfer_case(request.actor, case, Handing(**form.cleaned_data), now=now())

    page = FormPage(
        _("Transfer the file to another school"),
        _("Record the transfer"),
        caption=case.reference,
        lead=_(
            "Take the file out first and hand it over safely. The other school’s receipt is asked for within five "
            "working days."
        ),
    )
    return case_form(request, case, form, page, save, _("The transfer was recorded."))


@case_page
def receipt(request: ActorRequest, case: Case) -> HttpResponseBase:
    handed = selectors.transfer_of(request.actor, case)
    form = TextForm("received_by", _("Who there received the file, and how do you know?"), posted(request), rows=2)
    page = FormPage(_("Record the receipt"), _("Save"), caption=handed.to_school)
    save = lambda: services.receive_transfer(request.actor, handed, form.cleaned_data["received_by"], now=now())  # noqa: E731
    return case_form(request, case, form, page, save, _("The receipt was recorded."))
