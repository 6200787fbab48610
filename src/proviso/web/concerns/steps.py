"""The questions of sharing a concern, one to a page: what each asks, of whom, and in which case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = object
Answers = Mapping[str, str]
LONGEST = {"short": 300, "long": 8000}


@dataclass(frozen=True)
class Choice:
    """An answer to choose; `only` is whom it is offered to: `staff` who signed in, or `public`, everybody else."""

    value: str
    label: Text
    only: str = ""
    hint: Text = ""


@dataclass(frozen=True)
class Asked:
    """A field of a question: a choice of some answers, or words. Without an `error` it may stay empty."""

    name: str
    label: Text
    choices: Sequence[Choice] = ()
    hint: Text = ""
    error: Text = ""
    is_long: bool = False


def always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """A page of the way: its fields, in which case it is asked, and of whom alone."""

    name: str
    asked: tuple[Asked, ...]
    applies: Callable[[Answers], bool] = always
    only: str = ""
    title: Text = ""
    finds_people: bool = False

    def is_for(self, answers: Answers, reader: str) -> bool:
        return self.only in ("", reader) and self.applies(answers)


class StepForm(forms.Form):
    """The form of a step."""

    def __init__(self, step: Step, reader: str, data: Mapping[str, str] | None, answers: Answers) -> None:
        super().__init__(data, initial=dict(answers))
        for asked in step.asked:
            self.fields[asked.name] = _field(asked, reader)


def _field(asked: Asked, reader: str) -> forms.Field:
    required = {"required": asked.error, "invalid_choice": asked.error}
    if asked.choices:
        offered = [(each.value, each.label) for each in asked.choices if each.only in ("", reader)]
        return forms.ChoiceField(
            label=asked.label,
            help_text=asked.hint,
            choices=offered,
            widget=forms.RadioSelect,
            required=bool(asked.error),
            error_messages=required,
        )
    most = LONGEST["long" if asked.is_long else "short"]
    widget = forms.Textarea(attrs={"rows": 8}) if asked.is_long else forms.TextInput()
    if not asked.is_long:
        widget.attrs["autocomplete"] = "off"
    return forms.CharField(
        label=asked.label,
        help_text=asked.hint,
        widget=widget,
        required=bool(asked.error),
        max_length=most,
        error_messages={"required": asked.error},
    )


YES_NO = (Choice("yes", _("Yes")), Choice("no", _("No")), Choice("unsure", _("I am not sure")))
TELL_YES_OR_NO = _("Choose yes, no or not sure.")


def _is_about(*kinds: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("about") in kinds


def is_image(answers: Answers) -> bool:
    """Say whether it may be about a sexual image: not to be sure counts."""
    return answers.get("image") in ("yes", "unsure")


STEPS = (
    Step(
        "danger",
        (
            Asked(
                "danger",
                _("Is somebody in danger right now?"),
                YES_NO,
                _("If so, call 999 first. You can go on here afterwards."),
                TELL_YES_OR_NO,
            ),
        ),
    ),
    Step(
        "you",
        (
            Asked(
                "you",
                _("Who are you?"),
                (
                    Choice("pupil", _("A pupil of the school")),
                    Choice("parent", _("A parent or carer")),
                    Choice("staff", _("I work or help at the school")),
                    Choice("public", _("Somebody else")),
                ),
                _("This only tells us what to show you. You do not have to give your name."),
                _("Choose who you are."),
            ),
        ),
        only="public",
    ),
    Step(
        "image",
        (
            Asked(
                "image",
                _("Is it about a sexual picture or video of somebody under 18?"),
                YES_NO,
                _("Real or made by a computer, sent, shown, shared or threatened with."),
                TELL_YES_OR_NO,
            ),
        ),
    ),
    Step(
        "about",
        (
            Asked(
                "about",
                _("What does it concern?"),
                (
                    Choice("pupil", _("A pupil: something that happened to them, or that they did")),
                    Choice("adult", _("An adult who works or helps at the school")),
                    Choice("online", _("Posts, messages or accounts on the internet")),
                    Choice("contact", _("A pupil got in touch with me"), only="staff"),
                    Choice("complaint", _("A complaint about the school")),
                    Choice("other", _("Something else")),
                ),
                error=_("Choose what it is about. If more than one fits, choose the first."),
            ),
        ),
    ),
    Step(
        "adult",
        (
            Asked(
                "adult",
                _("Whom does it concern?"),
                (
                    Choice("headteacher", _("The headteacher")),
                    Choice("chair", _("The chair of governors")),
                    Choice("dsl", _("The safeguarding lead")),
                    Choice("other", _("Another adult")),
                    Choice("unknown", _("I do not know who it is")),
                ),
                _("We ask so that it never goes to the person it is about."),
                _("Choose who it is about."),
            ),
        ),
        applies=_is_about("adult"),
    ),
    Step(
        "names",
        (
            Asked(
                "names",
                _("What is their name, if you know it?"),
                hint=_("Or what they do at the school. You can leave this empty."),
            ),
        ),
        applies=lambda answers: answers.get("about") == "adult" and answers.get("adult") == "other",
        finds_people=True,
    ),
    Step(
        "online_about",
        (
            Asked(
                "online_about",
                _("Who are the posts or messages about?"),
                (
                    Choice("pupil", _("A pupil")),
                    Choice("adult", _("Somebody who works at the school")),
                    Choice("school", _("The school itself")),
                    Choice("other", _("Somebody else")),
                ),
                error=_("Choose who they are about."),
            ),
        ),
        applies=_is_about("online"),
    ),
    Step(
        "online_by",
        (
            Asked(
                "online_by",
                _("Who wrote them, or runs the account?"),
                (
                    Choice("pupil", _("A pupil")),
                    Choice("parent", _("A parent, or somebody of a pupil’s family")),
                    Choice("adult", _("Somebody who works at the school")),
                    Choice("unknown", _("Somebody else, or I do not know")),
                ),
                error=_("Choose who wrote them."),
            ),
        ),
        applies=_is_about("online"),
    ),
    Step(
        "writer",
        (
            Asked(
                "writer",
                _("What is the name of whoever wrote them, if you know it?"),
                hint=_("We ask so that it never goes to the person it is about. You can leave this empty."),
            ),
        ),
        applies=lambda answers: answers.get("about") == "online" and answers.get("online_by") == "adult",
        finds_people=True,
    ),
    Step(
        "happened",
        (
            Asked(
                "happened",
                _("What happened?"),
                hint=_("In your own words. If a child told you something, write it as they said it."),
                error=_("Tell us what happened, in a few words if you like."),
                is_long=True,
            ),
        ),
    ),
    Step(
        "when", (Asked("when", _("When did it happen?"), hint=_("A day, a time, or since when. Roughly is enough.")),)
    ),
    Step(
        "place",
        (
            Asked(
                "place",
                _("Where did it happen?"),
                hint=_("A place, or the site, app or game and the name of the account."),
            ),
        ),
    ),
    Step(
        "involved",
        (
            Asked(
                "involved",
                _("Who else was there, or knows about it?"),
                hint=_("Names, or what you can say about them. You can leave this empty."),
            ),
        ),
    ),
    Step("risk", (Asked("risk", _("Could somebody still come to harm?"), YES_NO, error=TELL_YES_OR_NO),)),
    Step(
        "wishes",
        (
            Asked(
                "wishes",
                _("What do you want to happen?"),
                hint=_("Whoever deals with it will take your wishes into account. You can leave this empty."),
                is_long=True,
            ),
        ),
    ),
    Step(
        "reach",
        (
            Asked(
                "reach",
                _("How can we reach you?"),
                (
                    Choice("code", _("Only here, with a receipt code: I do not want to say who I am")),
                    Choice("name", _("I will give my name")),
                ),
                _("Either way you get a receipt code with which you can read our answer here."),
                _("Choose how we can reach you."),
            ),
        ),
        only="public",
    ),
    Step(
        "contact",
        (
            Asked("name", _("Your name"), error=_("Enter your name, or go back and choose the receipt code.")),
            Asked("contact", _("Phone number or email address (optional)")),
        ),
        applies=lambda answers: answers.get("reach") == "name",
        only="public",
        title=_("Who are you?"),
    ),
)
BY_NAME = {step.name: step for step in STEPS}
FIELDS = {asked.name: asked for step in STEPS for asked in step.asked}
