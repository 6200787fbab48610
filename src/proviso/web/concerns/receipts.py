"""What became of a concern, for whoever holds its receipt: each page asks for the code anew, and sets no cookie."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from proviso.records.cases.models import Concern
from proviso.records.cases.receipts import digest_of
from proviso.records.cases.selectors.concerns import closing_reasons_of, concern_of_receipt, messages_of
from proviso.records.cases.services.handling import write_as_sharer
from proviso.records.people.actors import Actor, Public, Receipt
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.people.selectors import public_establishment
from proviso.rules.language import signs_of_harm
from proviso.web.concerns import guidance, limits
from proviso.web.concerns.capacities import capacity
from proviso.web.kit.forms import INVALID, saved

LONGEST = 10_000


class ReceiptForm(forms.Form):
    """A receipt code as it is typed."""

    code = forms.CharField(
        label=gettext_lazy("Your receipt code"),
        help_text=gettext_lazy("Five groups of four letters and figures. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter your receipt code.")},
    )


class AnswerForm(forms.Form):
    """Words of whoever shared a concern."""

    words = forms.CharField(
        label=gettext_lazy("Add something, or answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        required=False,
    )


@csrf_exempt  # whoever has the code may do all that can be done here, and a token would set a cookie
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a code; with one, show what became of what was shared, and take an answer."""
    establishment = public_establishment(Public(timezone.localdate()), slug)
    if establishment is None:
        raise Http404(slug)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, establishment, form)
    holder = Receipt(digest_of(form.cleaned_data["code"]), timezone.localdate())
    concern = _found(request, establishment, form, holder)
    if concern is None:
        return _ask(request, establishment, form)
    return _status(request, holder, concern, form.cleaned_data["code"])


def _found(request: HttpRequest, establishment: Establishment, form: ReceiptForm, holder: Receipt) -> Concern | None:
    if not limits.may_go_on(request, "receipt"):
        form.add_error("code", _("Too many codes were tried from here within the hour. Try again later."))
        return None
    try:
        return concern_of_receipt(holder, establishment)
    except Hidden:
        form.add_error("code", _("This code belongs to nothing that was shared here. Check each letter and figure."))
        return None


def _ask(request: HttpRequest, establishment: Establishment, form: ReceiptForm) -> HttpResponse:
    shown = {"establishment": establishment, "form": form, "in_reach": guidance.in_reach(establishment)}
    return render(request, "concerns/receipt.html", shown, status=INVALID if form.errors else 200)


def _status(request: HttpRequest, holder: Receipt, concern: Concern, code: str) -> HttpResponse:
    form = AnswerForm(request.POST if request.POST.get("go") == "answer" else None)
    is_sent = saved(form, lambda: _answer(request, holder, concern, form.cleaned_data["words"]))
    said = form.cleaned_data["words"] if is_sent else ""
    if is_sent:
        form = AnswerForm()
        concern = concern_of_receipt(holder, concern.establishment)
    shown = {**status_of(holder, concern, said), "form": form, "code": code, "is_sent": is_sent}
    return render(request, "concerns/status.html", shown, status=INVALID if form.errors else 200)


def _answer(request: HttpRequest, holder: Receipt, concern: Concern, words: str) -> None:
    if not limits.may_go_on(request, "message"):
        raise ValidationError(_("Too much has been sent from here within the hour. Try again later."))
    write_as_sharer(holder, concern, words, now=timezone.now())


def status_of(holder: Actor | Receipt, concern: Concern, said: str = "") -> dict[str, object]:
    """Return what the page of whoever shared a concern shows; `said` is what they have just written."""
    signs = signs_of_harm(said[:2000])
    who = {"staff": "teacher", "public": "parent"}.get(concern.sharer_kind, concern.sharer_kind)
    return {
        "do_now": guidance.do_now(concern.establishment, who, signs, holder.on) if signs else None,
        "is_sharing": True,
        "establishment": concern.establishment,
        "in_reach": guidance.in_reach(concern.establishment),
        "concern": concern,
        "to": capacity(concern.capacity, concern.establishment),
        "written": messages_of(holder, concern),
        "closing_reasons": closing_reasons_of(holder, concern),
        "is_open": concern.state != Concern.State.CLOSED,
    }
