"""The forms about consents."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proviso.records.registers.consent_standings import Key
from proviso.records.registers.models import Consent
from proviso.records.registers.purposes import Purposes
from proviso.records.registers.services.consents import Said
from proviso.web.fields import DayField

About, Standing = Consent.About, Consent.Standing
SAME = ""
TO_SAY = [(Standing.GIVEN.value, _("Yes")), (Standing.REFUSED.value, _("No"))]


def _keys(purposes: Purposes) -> Iterator[tuple[str, Key, str]]:
    """Yield each field's name, what it is about, and its label."""
    for purpose, label in purposes.items():
        for about in About:
            yield f"{purpose}-{about.value}", (purpose, about.value), f"{label}: {about.label}"


class RecordForm(forms.Form):
    """What was said for somebody: a choice for each purpose, by whom, and until when."""

    by = forms.CharField(
        label=_("Who said it?"),
        max_length=160,
        help_text=_("For example the parent’s name, or the pupil’s."),
        error_messages={"required": _("Enter who said it.")},
    )
    until = DayField(label=_("Until when does it hold? (optional)"), required=False)

    def __init__(self, purposes: Purposes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, Key] = {}
        choices = [(SAME, _("Leave as it is")), *TO_SAY, (Standing.WITHDRAWN.value, _("Withdrawn"))]
        for name, key, label in _keys(purposes):
            self.keys[name] = key
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.order_fields([*self.keys, "by", "until"])

    def said(self) -> Said:
        """Return what was entered."""
        given = self.cleaned_data
        standings = {key: given[name] for name, key in self.keys.items() if given[name]}
        return Said(standings, given["by"].strip(), Consent.Way.PAPER, given["until"])


class OwnConsentsForm(forms.Form):
    """What somebody says of themselves."""

    def __init__(self, purposes: Purposes, standings: Mapping[Key, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, Key] = {}
        self.known = standings
        for name, key, label in _keys(purposes):
            self.keys[name] = key
            now = {Standing.WITHDRAWN.value: Standing.REFUSED.value}.get(standings[key], standings[key])
            self.fields[name] = forms.ChoiceField(
                label=label, choices=TO_SAY, required=False, widget=forms.RadioSelect, initial=now
            )

    def standings(self) -> dict[Key, str]:
        """Return what is said now and was not before: a no to what was given withdraws it."""
        said = {}
        for name, key in self.keys.items():
            chosen, before = self.cleaned_data[name], self.known[key]
            if chosen == Standing.REFUSED and before == Standing.GIVEN:
                said[key] = Standing.WITHDRAWN.value
            elif chosen and not (chosen == Standing.REFUSED and before == Standing.WITHDRAWN):
                said[key] = chosen
        return said


class RollForm(forms.Form):
    """The class of somebody, and what they are known as."""

    class_name = forms.CharField(label=_("Class or team"), max_length=40, required=False)
    known_as = forms.CharField(label=_("Known as"), max_length=80, required=False)


class WordingForm(forms.Form):
    """The words of the consent form."""

    text = forms.CharField(
        label=_("What the form says"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Enter the words of the form.")},
    )


class CodeForm(forms.Form):
    """The code of a private link."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        help_text=_("Eight letters and numbers, which the school gave you with the link."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter your code.")},
    )
