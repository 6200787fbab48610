"""Forms of reading and signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proviso.web.fields import DayField, set_choices

WHOLE = "whole"


class ReadForm(forms.Form):
    """How much was read, in the reader's own word; where every clause applies to them there is nothing to ask."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    extent = forms.ChoiceField(
        label=_("What have you read?"),
        widget=forms.RadioSelect,
        choices=[
            (WHOLE, _("The whole policy, with the clauses for others")),
            ("mine", _("The clauses that apply to me")),
        ],
        help_text=_("What you sign says the same."),
        error_messages={"required": _("Choose how much you have read.")},
    )

    def __init__(self, *args: Any, has_rest: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not has_rest:
            del self.fields["extent"]

    @property
    def is_whole(self) -> bool:
        """Whether the reader says that they have read all of it."""
        return bool(self.cleaned_data.get("extent", WHOLE) == WHOLE)


class AnswerForm(forms.Form):
    """One question: what does our policy say of this?"""

    answer = forms.ChoiceField(
        label=_("What does our policy say?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you think the policy says.")},
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        set_choices(self, "answer", choices)


class StatementForm(forms.Form):
    """The signature; `fingerprint` is that of the text on which it is put."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    typed_name = forms.CharField(
        label=_("Your full name"),
        max_length=160,
        help_text=_("Typing it here is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name to sign.")},
    )


class DeclineForm(forms.Form):
    """Not signing: declining, or asking to be exempted, with a reason."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What do you want to do?"),
        widget=forms.RadioSelect,
        choices=[
            ("declined", _("Decline to sign")),
            ("exemption_asked", _("Ask for an exemption, for example during long leave")),
        ],
        error_messages={"required": _("Choose what you want to do.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The headteacher reads this. A few words are enough."),
        error_messages={"required": _("Say why, in a few words.")},
    )


class RecordForm(forms.Form):
    """A signature on paper, recorded by somebody else."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What shows that they signed?"),
        max_length=500,
        help_text=_("For example: signed on paper on 3 September, kept in the personnel file."),
        error_messages={"required": _("Say what shows that they signed, for example where the signed paper is kept.")},
    )


class ExemptionForm(forms.Form):
    """Whether somebody is exempted, and why."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[("grant", _("Exempt them")), ("refuse", _("Refuse: they are asked to sign again"))],
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in a few words.")},
    )


class AskForm(forms.Form):
    """Asking everybody to sign anew."""

    due_on = DayField(label=_("When must everybody sign by?"))
