"""What somebody shared under their name, and what became of it."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.cases.selectors.concerns import shared_by, shared_concern
from proviso.records.cases.services.handling import write_as_sharer
from proviso.web.concerns.receipts import AnswerForm, status_of
from proviso.web.kit.forms import INVALID, done, posted, saved
from proviso.web.kit.lists import Column, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, render_page


def mine(request: ActorRequest) -> HttpResponseBase:
    """List what whoever is signed in shared."""
    page = ListPage(
        title=_("What you have shared"),
        rows=lambda query: shared_by(request.actor),
        columns=[
            Column(_("Reference"), lambda each: each.reference, link=lambda each: f"/my/concerns/{each.pk}/"),
            Column(_("School"), lambda each: each.establishment.name),
            Column(_("Shared"), lambda each: timezone.localdate(each.shared_at)),
            Column(_("What is happening"), lambda each: each.get_state_display()),
            Column(_("You hear by"), lambda each: None if each.closed_at else each.promised_on),
        ],
        empty=_("You have not shared anything under your name."),
    )
    return list_page(request, page)


def shared(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Show what became of one thing, and take an answer."""
    concern = shared_concern(request.actor, pk)
    form = AnswerForm(posted(request))
    now = timezone.now()
    if saved(form, lambda: write_as_sharer(request.actor, concern, form.cleaned_data["words"], now=now)):
        return done(request, _("Your words were sent"), "concerns:shared", pk)
    shown = {**status_of(request.actor, concern), "form": form, "with_token": True}
    return render_page(request, "concerns/status.html", shown, INVALID if form.errors else 200)
