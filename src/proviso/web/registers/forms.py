"""The forms of the registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proviso.records.registers.models import Declaration
from proviso.records.registers.services.declarations import Decision, Tie
from proviso.web.fields import DayField


class TieForm(forms.Form):
    """A tie, in the words of whoever declares it."""

    kind = forms.ChoiceField(
        label=_("What kind of tie is it?"),
        choices=Declaration.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of tie.")},
    )
    other = forms.ChoiceField(
        label=_("Who is it with?"),
        choices=Declaration.Other.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the tie is with.")},
    )
    name = forms.CharField(
        label=_("Their name"),
        max_length=160,
        help_text=_("For a family or a group, its name, for example “the families of class 3”."),
        error_messages={"required": _("Enter their name.")},
    )
    since = forms.CharField(
        label=_("Since when?"),
        max_length=80,
        help_text=_("Roughly is enough, for example “2015” or “before my child joined the school”."),
        error_messages={"required": _("Enter since when, roughly.")},
    )
    way = forms.CharField(
        label=_("How are you in touch?"),
        max_length=200,
        help_text=_("For example “we meet at the cricket club, and are friends on Facebook”."),
        error_messages={"required": _("Enter how you are in touch.")},
    )
    details = forms.CharField(
        label=_("Anything else (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def tie(self) -> Tie:
        """Return what was entered."""
        names = ("kind", "other", "name", "since", "way", "details")
        return Tie(**{name: self.cleaned_data[name].strip() for name in names})


class CheckTieForm(TieForm):
    """The same, unseen, with the fingerprint of the statement that is shown above it."""

    seen = forms.CharField(max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


class DecisionForm(forms.Form):
    """What is decided on a declaration."""

    conditions = forms.CharField(
        label=_("Conditions (optional)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example “do not teach or mark this pupil” or “keep the group chat to lifts and parties”."),
    )
    review_on = DayField(label=_("When will you look at it again?"), help_text=_("Usually in a year."))

    def decision(self) -> Decision:
        """Return what was entered."""
        return Decision(self.cleaned_data["review_on"], self.cleaned_data["conditions"])


class WordsForm(forms.Form):
    """A question, or an answer to one."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write something.")},
    )


class ReasonForm(forms.Form):
    """Why something ends, if its bearer wants to say so."""

    text = forms.CharField(
        label=_("Why? (optional)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
