"""A pupil got in touch with a member of staff: one page, in under a minute, and it is reported as the policy asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.cases.models import Concern, Matter
from proviso.records.cases.receipts import is_token, new_token
from proviso.records.cases.services.sharing import Sharing, destination, share_concern
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.rules.language import signs_of_harm
from proviso.web.concerns import guidance
from proviso.web.concerns.capacities import capacity
from proviso.web.concerns.journey import declaration
from proviso.web.kit.forms import FormPage, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page

THROUGH = (
    ("personal_account", gettext_lazy("My own account on a social network, a game or an app")),
    ("personal_contact", gettext_lazy("My own phone number or email address")),
    ("other", gettext_lazy("Another way")),
)
ANSWERED = (("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes")))


class ContactForm(forms.Form):
    """What the policy wants to know of a contact."""

    pupil = forms.CharField(
        label=gettext_lazy("Which pupil got in touch?"),
        help_text=gettext_lazy("Their name, or the name of the account."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name, or the name of the account.")},
    )
    through = forms.ChoiceField(
        label=gettext_lazy("How did they reach you?"),
        choices=THROUGH,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how they reached you.")},
    )
    answered = forms.ChoiceField(
        label=gettext_lazy("Did you answer?"),
        choices=ANSWERED,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What did they want, and when? (optional)"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"]
        if not is_token(token):
            raise ValidationError(_("This page is too old. Load it again."))
        return token

    def sharing(self) -> Sharing:
        given = self.cleaned_data
        words = given["words"].strip() or _("A pupil got in touch.")
        told = [(self.fields[name].label, _shown(self, name)) for name in ("pupil", "through", "answered")]
        return Sharing(
            kind=Concern.Kind.CONTACT,
            matter=Matter.PUPIL,
            text=words,
            sharer_kind=Concern.SharerKind.STAFF,
            declaration=str(declaration()),
            harms=signs_of_harm(words) if given["words"].strip() else (),
            particulars=tuple((str(label), answer) for label, answer in told),
            through=given["through"] if given["through"] != "other" else "",
        )


def _shown(form: ContactForm, name: str) -> str:
    value = str(form.cleaned_data[name])
    choices: Any = {"through": THROUGH, "answered": ANSWERED}.get(name, ())
    return str(dict(choices).get(value, value))


@establishment_page("concern.share")
def contact(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Take the report of a contact, and show the receipt of having reported it."""
    form = ContactForm(posted(request), initial={"token": new_token()})
    now = timezone.now()
    done: list[Concern] = []

    def report() -> None:
        shared = share_concern(request.actor, establishment, form.sharing(), token=form.cleaned_data["token"], now=now)
        done.append(shared.concern)

    if saved(form, report):
        return _reported(request, establishment, done[0])
    page = FormPage(
        title=_("A pupil got in touch with you"),
        lead=_("Tell us here and you have reported it. It takes less than a minute. Do not answer the pupil there."),
        button=_("Report the contact"),
        above="concerns/parts/contact_clause.html",
        note=_("Do not paste pictures or their addresses here."),
    )
    return form_page(request, form, page, _clause(request.actor, establishment))


def _clause(actor: Actor, establishment: Establishment) -> dict[str, Any]:
    """Return the clause that asks for the report, and to whom it goes."""
    asked = Sharing(Concern.Kind.CONTACT, Matter.PUPIL, "-", "staff", "")
    going = destination(actor, establishment, asked, actor.on)
    return {
        **_by(establishment, going.named.clause, actor, is_baseline=going.named.is_baseline),
        "to": [capacity(each.capacity, establishment) for each in going.route.recipients],
    }


def _by(establishment: Establishment, clause: str, actor: Actor, *, is_baseline: bool) -> dict[str, Any]:
    if is_baseline:
        return {"quote": guidance.baseline_quote(establishment, clause, actor.on)}
    return {"card": guidance.clause_card(establishment, clause, actor.on)}


def _reported(request: ActorRequest, establishment: Establishment, concern: Concern) -> HttpResponseBase:
    signs = concern.harms
    context = {
        "concern": concern,
        "to": capacity(concern.capacity, establishment),
        "do_now": guidance.do_now(establishment, "teacher", signs, request.actor.on) if signs else None,
        "is_sharing": True,
        **_by(establishment, concern.clause, request.actor, is_baseline=concern.is_baseline),
    }
    return render_page(request, "concerns/reported.html", context)
