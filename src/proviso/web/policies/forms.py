"""Forms of a policy's life, but for the clause itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from proviso.records.people import role_names
from proviso.records.people.models import Establishment, Person
from proviso.records.policies.models import Consultation, Version
from proviso.web.fields import DayField, set_choices


class ModelForm(forms.Form):
    """What a new version is made from."""

    model = forms.ChoiceField(
        label=_("Which policy do you want to start from?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to begin from.")},
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        set_choices(self, "model", choices)


class DraftForm(forms.Form):
    """A form on a draft; `edition` tells whether somebody changed the draft since it was shown."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


PEOPLE = {
    "headteacher": _("Headteacher"),
    "dsl": _("Designated safeguarding lead"),
    "chair": _("Chair"),
    "safeguarding_governor": _("Safeguarding governor"),
}


class ParticularsForm(DraftForm):
    """The blanks of a policy: days, people with how they are reached at work, channels, and texts."""

    in_force_from = DayField(label=_("In force from"), help_text=_("The first day that the policy applies."))
    review_on = DayField(
        label=_("To be reviewed by"), required=False, help_text=_("Leave empty if the policy sets no date.")
    )
    school_phone = forms.CharField(label=_("Phone of the school"), max_length=40, required=False)
    school_email = forms.EmailField(label=_("Email address of the school"), max_length=160, required=False)
    website = forms.CharField(label=_("Website of the school"), max_length=160, required=False)
    agreed = forms.CharField(
        label=_("Agreed channels"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Each app or service that staff may use to reach pupils and families, by name and one a line. Whoever asks "
            "about one of these is answered that it is agreed."
        ),
    )
    channels = forms.CharField(
        label=_("How staff communicate with pupils and families"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What else there is to say about it, for example who may post in the app, and when."),
    )
    equipment = forms.CharField(
        label=_("Rules on equipment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which cameras, phones and computers are used, and what people may do with their own."),
    )
    ask = forms.CharField(
        label=_("Who to ask if anything is unclear"),
        max_length=160,
        required=False,
        help_text=_("For example: the headteacher, or Ms Ash in the school office."),
    )

    field_order = (
        *("edition", "in_force_from", "review_on"),
        *(f"{role}{way}" for role in PEOPLE for way in ("", "_phone", "_email")),
    )

    def __init__(self, nation: str, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for role, label in PEOPLE.items():
            self.fields[role] = forms.CharField(label=label, max_length=160, required=False)
            self.fields[f"{role}_phone"] = forms.CharField(
                label=format_lazy("{role}: {way}", role=label, way=_("work phone")), max_length=40, required=False
            )
            self.fields[f"{role}_email"] = forms.EmailField(
                label=format_lazy("{role}: {way}", role=label, way=_("work email")), max_length=160, required=False
            )
        if nation == "Wales":
            self._add_welsh()
        self.order_fields(self.field_order)

    def _add_welsh(self) -> None:
        self.fields["establishment_welsh"] = forms.CharField(
            label=_("Name of the school in Welsh"), max_length=160, required=False
        )
        for name in ("channels", "equipment", "ask"):
            english = self.fields[name]
            self.fields[f"{name}_welsh"] = forms.CharField(
                label=format_lazy("{label}: {welsh}", label=english.label, welsh=_("the same in Welsh")),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": "cy"}),
            )


class ReasonForm(DraftForm):
    """Why a clause is switched off."""

    reason = forms.CharField(
        label=_("Why is it switched off?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people who approve the version and the people who review it next will read this."),
        error_messages={
            "required": _("Say why. The people who approve it and the people who review it next will read this.")
        },
    )


class DescriptionForm(DraftForm):
    """What kind of change a version is."""

    change = forms.ChoiceField(
        label=_("What kind of change is it?"),
        widget=forms.RadioSelect,
        choices=[(change.value, change.label) for change in (Version.Change.MATERIAL, Version.Change.CORRECTION)],
    )
    summary = forms.CharField(
        label=_("What changes, in a sentence or two"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who is asked to sign again reads this first."),
    )


class ConsultationForm(forms.ModelForm[Consultation]):
    """That somebody was consulted."""

    consulted_on = DayField(label=_("When were they consulted?"))

    class Meta:
        model = Consultation
        fields = ("body", "consulted_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"body": _("A union, a professional association, the parents, the pupils’ council …")}


COMMITTEE = "committee"


class ApproversForm(forms.Form):
    """One named person for each role whose approval is needed; a committee's members may be asked besides."""

    def __init__(
        self,
        offered: Mapping[str, list[Person]],
        establishment: Establishment,
        *args: Any,
        members: Mapping[str, str] | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        for kind, people in offered.items():
            role = role_names.role(kind, establishment)
            self.fields[kind] = forms.ChoiceField(
                label=role,
                choices=[(str(person.pk), person.name) for person in people],
                widget=forms.RadioSelect,
                initial=str(people[0].pk) if len(people) == 1 else None,
                help_text="" if people else _("Nobody holds this role today. Add somebody first, under People."),
                error_messages={"required": _("Choose who approves as %(role)s.") % {"role": role}},
            )
        if members:
            self.fields[COMMITTEE] = forms.MultipleChoiceField(
                label=_("Who else approves it, if anybody"),
                choices=list(members.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "For example a committee. Everybody whom you tick must approve it, too. Whoever prepared the "
                    "version cannot be the only one who approves it."
                ),
            )


class DecisionForm(forms.Form):
    """Approve, with one's name typed, or return for changes, with what should change."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[("approve", _("I approve this version")), ("return", _("I return it for changes"))],
        error_messages={"required": _("Choose whether you approve it.")},
    )
    typed_name = forms.CharField(
        label=_("Your full name"),
        required=False,
        max_length=160,
        help_text=_("Type it as your signature, if you approve."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    comment = forms.CharField(
        label=_("What should change, or a comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionForm(forms.Form):
    """What an approver wants to know."""

    text = forms.CharField(
        label=_("What do you want to know?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    """The answer to it."""

    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AdoptionForm(forms.Form):
    """The act of adoption, and by when everybody is to sign."""

    adopted_on = DayField(label=_("When was it adopted?"), help_text=_("The day of the meeting or of the decision."))
    sign_by = DayField(
        label=_("When must everybody read and sign it by?"),
        help_text=_("Those who join later have two weeks from their first day."),
    )


class PublicationForm(forms.Form):
    """Which clauses of a model its schools may not vary."""

    fixed = forms.MultipleChoiceField(
        label=_("Which clauses must stay as they are?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Schools can vary all the others, if they give a reason. If you tick none, they can vary every clause."
        ),
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        set_choices(self, "fixed", choices)


class WithdrawalForm(forms.Form):
    """When a policy ends, and why."""

    until = DayField(label=_("Last day that it applies"))
    reason = forms.CharField(label=_("Why is it withdrawn?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(forms.Form):
    """A review that leaves the policy as it is."""

    reviewed_on = DayField(label=_("When was it reviewed?"))
    reviewer = forms.CharField(
        label=_("Who reviewed it?"), max_length=160, help_text=_("A name, or a committee of the governing body.")
    )
    meeting = forms.CharField(
        label=_("Which meeting was it at, if any?"),
        max_length=160,
        required=False,
        help_text=_("For example: full governing body, autumn term."),
    )
    minute = forms.CharField(label=_("Minute number"), max_length=60, required=False)
    law = forms.CharField(
        label=_("What has changed in law and guidance since?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: we read this year’s Keeping children safe in education, and nothing has to change."),
    )
    model = forms.CharField(
        label=_("How does it compare with the model that it was made from?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: the model has not changed. The page “What is different” compares the two."),
    )
    review_on = DayField(label=_("When is the next review?"))
