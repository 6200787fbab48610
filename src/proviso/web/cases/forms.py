"""The forms of cases: one a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models import CaseParty, HarmThreshold, PartyRole
from proviso.records.people.models import Person
from proviso.rules import rulebook
from proviso.web.fields import DayField, set_choices
from proviso.wording.clauses import case_name

LONG = {"rows": 6}
LONGEST = 10_000
REQUIRED = {"required": _("Fill this in.")}
KNOWN = [("yes", _("Yes")), ("no", _("No")), ("not_known", _("Not known"))]


class TextForm(forms.Form):
    """One text; its name and label are given by the page."""

    def __init__(self, name: str, label: Any, *args: Any, hint: Any = "", rows: int = 6, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.CharField(
            label=label,
            help_text=hint,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages=REQUIRED,
        )


class PersonForm(forms.Form):
    """Somebody of the school."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        empty_label="",
        error_messages={"required": _("Choose a person.")},
    )

    def __init__(self, people: Any, *args: Any, label: Any = None, name: str = "person", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people
        if label:
            field.label = label
        if name != "person":
            self.fields[name] = self.fields.pop("person")


class OpeningForm(forms.Form):
    """What is known when a case is opened."""

    kind = forms.ChoiceField(label=_("What kind of case is it?"), error_messages={"required": _("Choose a kind.")})
    title = forms.CharField(
        label=_("What is it about, in a few words?"),
        help_text=_("For your list of cases. Leave names out if you can."),
        max_length=120,
        error_messages=REQUIRED,
    )
    what = forms.CharField(
        label=_("What happened, as far as you know?"),
        help_text=_("Facts, and where each comes from. It becomes the first entry of the chronology."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages=REQUIRED,
    )
    aware_on = DayField(label=_("When did the school come to know?"), help_text=_("Deadlines count from this day."))
    about = forms.ModelChoiceField(
        label=_("Whom is it about, if they are in the school’s records?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label="",
    )
    name = forms.CharField(label=_("Or their name"), required=False, max_length=120)
    harmed = forms.ModelChoiceField(
        label=_("Who was harmed, if they are in the school’s records?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label="",
    )

    def __init__(self, people: Any, *args: Any, from_concern: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = rulebook.case_kinds().kinds
        set_choices(self, "kind", [("", ""), *((kind, case_name(kind)) for kind in kinds)])
        for name in ("about", "harmed"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = people
        if from_concern:
            for name in ("about", "name", "harmed", "aware_on"):
                del self.fields[name]


class StepForm(forms.Form):
    """Whether a step was done or is not needed, and what there is to say of it."""

    state = forms.ChoiceField(
        label=_("What became of this step?"),
        choices=[("done", _("It is done")), ("not_needed", _("It is not needed"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("What was done, or why is it not needed?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PartyForm(forms.Form):
    """Somebody with a part in a case."""

    role = forms.ChoiceField(
        label=_("What is their part?"),
        choices=PartyRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a part.")},
    )
    person = forms.ModelChoiceField(
        label=_("Person in the school’s records"), queryset=Person.objects.none(), required=False, empty_label=""
    )
    name = forms.CharField(label=_("Or their name"), required=False, max_length=120)

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people


class WishesForm(forms.Form):
    """What somebody who was harmed wishes."""

    text = forms.CharField(
        label=_("What do they want to happen?"),
        help_text=_("In their own words."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages=REQUIRED,
    )
    police = forms.ChoiceField(label=_("The police"), choices=CaseParty.Police.choices, widget=forms.RadioSelect)
    support_offered = forms.BooleanField(
        label=_("Support was offered, and contact with a trade union or professional association"), required=False
    )


def limb(label: Any) -> forms.ChoiceField:
    """Return the field of one of the four limbs of the harm threshold."""
    return forms.ChoiceField(
        label=label,
        choices=KNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes, no or not known.")},
    )


class ThresholdForm(forms.Form):
    """The four limbs of the harm threshold, and what a named person decides."""

    harmed = limb(_("Did they behave in a way that harmed a child, or may have?"))
    offence = limb(_("May they have committed an offence against a child, or related to one?"))
    risk = limb(_("Did they behave towards a child in a way that shows they may be a risk to children?"))
    unsuitable = limb(
        _("Did they behave, in or out of work, in a way that shows they may not be suitable to work with children?")
    )
    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (HarmThreshold.MAY_MEET.value, HarmThreshold.MAY_MEET.label),
            (HarmThreshold.CONSULT.value, _("I am not sure: consult the designated officer first")),
            (HarmThreshold.NOT_MET.value, HarmThreshold.NOT_MET.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    consulted = forms.CharField(
        label=_("Whom did you consult, and when?"),
        help_text=_("Needed before you decide that it is not met while something is not known."),
        max_length=200,
        required=False,
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": _("Give your reasons.")},
    )


class ProportionalityForm(forms.Form):
    """What is weighed before a sanction for a private post."""

    lawful = forms.CharField(
        label=_("Is what was said lawful expression?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    belief = forms.CharField(
        label=_("Does it express a belief that the law protects?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    effect = forms.CharField(
        label=_("What effect on their work is there evidence of?"),
        help_text=_("Not what somebody might think: what was seen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    less_intrusive = forms.CharField(
        label=_("What less intrusive way is there?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("proportionate", _("A sanction would be proportionate")),
            ("not_proportionate", _("A sanction would not be proportionate")),
            ("advice", _("Take advice first")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": _("Give your reasons.")},
    )


class ViewingForm(forms.Form):
    """Whether an image is to be viewed: an exception that only whoever leads safeguarding may decide on."""

    choice = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("not_viewed", _("Nobody views it")), ("viewed", _("It is viewed, in exceptional circumstances"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        help_text=_("If it is viewed: why there is no other way, who else was there, when and where."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": _("Give your reasons.")},
    )


class DecisionForm(forms.Form):
    """Another decision."""

    what = forms.CharField(label=_("What was decided?"), max_length=200, error_messages=REQUIRED)
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": _("Give your reasons.")},
    )


class LetterChoiceForm(forms.Form):
    """Which letter, and in which language."""

    kind = forms.ChoiceField(label=_("Which letter?"), error_messages={"required": _("Choose a letter.")})
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en-gb", _("English")), ("cy", _("Welsh"))], widget=forms.RadioSelect
    )


class LetterForm(forms.Form):
    """A letter."""

    recipient = forms.CharField(label=_("To"), max_length=200, error_messages=REQUIRED)
    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages=REQUIRED)
    body = forms.CharField(
        label=_("Text"),
        help_text=_("Fill in or take out each gap (……). Say no more than the case records."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages=REQUIRED,
    )


class TemplateForm(forms.Form):
    """A school's own text of a letter."""

    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages=REQUIRED)
    body = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 22}), error_messages=REQUIRED
    )


class ApprovalForm(forms.Form):
    """Whether a letter may go out."""

    choice = forms.ChoiceField(
        label=_("May this letter go out?"),
        choices=[("approve", _("Yes, I approve it")), ("return", _("No, it is to be changed"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    why = forms.CharField(
        label=_("If not, what is to be changed?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosingForm(forms.Form):
    """How a case ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), widget=forms.RadioSelect, error_messages={"required": _("Choose how it ended.")}
    )
    reasons = forms.CharField(
        label=_("Your reasons"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs=LONG),
        error_messages={"required": _("Give your reasons.")},
    )
    told = forms.CharField(
        label=_("What is whoever shared the concern told?"),
        help_text=_("They read exactly this. Say what was done as far as you can, and name nobody else."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=REQUIRED,
    )

    def __init__(self, outcomes: Any, is_shared: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "outcome", outcomes)
        if not is_shared:
            del self.fields["told"]


class TransferForm(forms.Form):
    """To which school a file goes."""

    to_school = forms.CharField(label=_("School"), max_length=120, error_messages=REQUIRED)
    to_person = forms.CharField(
        label=_("Who there receives it"),
        help_text=_("Whoever leads safeguarding there."),
        max_length=120,
        error_messages=REQUIRED,
    )
    how = forms.CharField(
        label=_("How it goes there"),
        help_text=_("Safely, and apart from the rest of the pupil’s file."),
        max_length=200,
        error_messages=REQUIRED,
    )
    sha256 = forms.CharField(
        label=_("Hash of the file (SHA-256)"),
        help_text=_("Your computer works it out: with sha256sum, or with Get-FileHash on Windows."),
        max_length=64,
        error_messages=REQUIRED,
    )
