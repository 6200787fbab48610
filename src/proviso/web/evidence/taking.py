"""Take evidence out, or take what must not be kept away; each asks for a fresh second step."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.documents import safe_name
from proviso.records.evidence.packages import write_package
from proviso.records.evidence.selectors import items as selectors
from proviso.records.evidence.services import removing, seeing
from proviso.records.files.errors import FileUnreadableError
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Establishment
from proviso.web.evidence.forms import AdviceForm
from proviso.web.kit.confirm import confirm_page, refusal_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, require_confirmation
from proviso.web.kit.responses import ZIP, file_response

CONFLICT = 409
BINARY = "application/octet-stream"  # whatever it is: no browser opens it by itself


@establishment_page()
def original(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """The file as it came in, to be kept outside."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    found = selectors.item_for(request.actor, record, number)
    require_confirmation(request, "evidence.export")
    page = FormPage(
        title=_("Take the original of %(item)s out?") % {"item": found.label},
        button=_("Download"),
        caption=selectors.reference_of(request.actor, record),
        lead=_("It leaves the protection of this site. That you took it is written down for good."),
        points=[_("Open it only if you must: what it holds was not checked.")],
        cancel=reverse("evidence:item", args=[establishment.slug, owner, pk, number]),
    )
    got: list[seeing.Original] = []

    def take() -> None:
        try:
            got.append(seeing.take_original(request.actor, found, now=timezone.now()))
        except FileUnreadableError as error:
            raise NotPossible(_("It cannot be read: %(why)s") % {"why": error}) from error

    return confirm_page(
        request,
        page,
        take,
        lambda: file_response(got[0].content, safe_name(f"{found.label} {got[0].name}", found.label), BINARY),
        {"evidence_item": found},
    )


@establishment_page()
def package(request: ActorRequest, establishment: Establishment, owner: str, pk: int) -> HttpResponseBase:
    """Everything as a zip that anybody can check."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    require_confirmation(request, "evidence.export")
    reference = selectors.reference_of(request.actor, record)
    page = FormPage(
        title=_("Take the evidence of %(reference)s out?") % {"reference": reference},
        button=_("Download"),
        lead=_("A zip with the originals, their hashes and the custody log. Anybody can check it without this site."),
        points=[_("That you took it is written down for each item, for good.")],
        cancel=reverse("evidence:listed", args=[establishment.slug, owner, pk]),
    )
    made = []

    def pack() -> None:
        try:
            made.append(write_package(request.actor, record, now=timezone.now()))
        except FileUnreadableError as error:
            raise NotPossible(_("It cannot be read: %(why)s") % {"why": error}) from error

    name = f"{safe_name(reference, owner)} evidence.zip"
    return confirm_page(request, page, pack, lambda: file_response(made[0], name, ZIP))


@establishment_page()
def remove(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """Remove an item for good, as the police or another body advised."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    found = selectors.item_for(request.actor, record, number)
    require_confirmation(request, "evidence.remove")
    back = reverse("evidence:item", args=[establishment.slug, owner, pk, number])
    page = FormPage(
        title=_("Remove %(item)s on advice") % {"item": found.label},
        button=_("Remove it for good"),
        caption=selectors.reference_of(request.actor, record),
        lead=_(
            "Only where the police or another body advised it. Its record stays: its hash, who advised it, and you."
        ),
        warning=_("Nobody can bring it back."),
        danger=True,
        cancel=back,
    )
    if found.state == found.State.REMOVED:
        return refusal_page(request, page, _("It was removed already."), {"evidence_item": found}, CONFLICT)
    form = AdviceForm(posted(request))

    def take_away() -> None:
        advice = removing.Advice(form.cleaned_data["adviser"], form.cleaned_data["reference"])
        removing.remove_on_advice(request.actor, found, advice, now=timezone.now())

    if saved(form, take_away):
        return done(request, _("%(item)s is removed.") % {"item": found.label}, back)
    return form_page(request, form, page, {"evidence_item": found})
