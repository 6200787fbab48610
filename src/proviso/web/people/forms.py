"""The forms about people."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.web.fields import DayField, set_choices

NAME = {"max_length": 80}


class PersonForm(forms.Form):
    """Who somebody is."""

    given_name = forms.CharField(
        label=_("First name"), max_length=80, error_messages={"required": _("Enter the first name.")}
    )
    family_name = forms.CharField(
        label=_("Last name"), max_length=80, error_messages={"required": _("Enter the last name.")}
    )
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        max_length=254,
        help_text=_("Their address at work. Nobody can sign in without one. Pupils and parents do not need one."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an email address like name@school.example.")},
    )


class ChangePersonForm(PersonForm):
    """The same, and the language in which the site and its emails speak to somebody."""

    language = forms.ChoiceField(label=_("Language"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        else:
            offered = [("school", _("The same as the school’s")), *settings.LANGUAGES]
            set_choices(self, "language", offered)


class TermForm(forms.Form):
    """A role, from a day to a day."""

    kind = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Last day, if it is known"), required=False)

    def __init__(self, establishment: Establishment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "kind", [("", ""), *role_names.roles_offered(establishment)])


class NewPersonForm(PersonForm, TermForm):
    """Somebody with their first role, on one page."""

    invite = forms.BooleanField(label=_("Send an invitation by email now"), required=False, initial=True)
    field_order = ("given_name", "family_name", "email", "kind", "starts_on", "ends_on", "invite")


class EndForm(forms.Form):
    """When a role ends."""

    ends_on = DayField(label=_("Last day"), help_text=_("The person still has the role on this day."))
