"""What somebody shared under their name, and what became of it."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.cases.models import Concern
from proviso.records.cases.selectors.concerns import shared_by, shared_concern
from proviso.records.cases.services.handling import write_as_sharer
from proviso.rules.language import signs_of_harm
from proviso.web.concerns.handling import counted
from proviso.web.concerns.receipts import AnswerForm, status_of
from proviso.web.kit.forms import INVALID, done, posted, saved
from proviso.web.kit.lists import Column, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, render_page


def mine(request: ActorRequest) -> HttpResponseBase:
    """List what whoever is signed in shared."""
    page: ListPage[Concern] = ListPage(
        title=_("What you have shared"),
        rows=lambda query: shared_by(request.actor),
        columns=[
            Column(_("Reference"), lambda each: each.reference, link=lambda each: f"/my/concerns/{each.pk}/"),
            Column(_("School"), lambda each: each.establishment.name),
            Column(_("Shared"), lambda each: timezone.localdate(each.shared_at)),
            Column(_("What is happening"), lambda each: each.get_state_display()),
            Column(_("You hear by"), lambda each: None if each.closed_at else each.promised_on),
        ],
        count=counted,
        empty=_("You have not shared anything under your name."),
    )
    return list_page(request, page)


def shared(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Show what became of one thing, and take an answer."""
    concern = shared_concern(request.actor, pk)
    form = AnswerForm(posted(request))
    now = timezone.now()
    is_sent = saved(form, lambda: write_as_sharer(request.actor, concern, form.cleaned_data["words"], now=now))
    said = form.cleaned_data["words"] if is_sent else ""
    if is_sent and not signs_of_harm(said[:2000]):
        return done(request, _("Your words were sent"), "concerns:shared", pk)
    form = AnswerForm() if is_sent else form
    shown = {**status_of(request.actor, concern, said), "form": form, "with_token": True, "is_sent": is_sent}
    return render_page(request, "concerns/status.html", shown, INVALID if form.errors else 200)
