"""Forms for one part of a clause at a time: what is asked, the choices in groups, and the clause that comes of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.tasks.models import Task as TaskRow
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, Norm, Policy
from proviso.web.fields import ChoiceGroup
from proviso.web.kit.pages import Text
from proviso.web.policies import clause_choices, clause_parts
from proviso.web.policies.clause_parts import ONCE, PartOfMeaning
from proviso.web.policies.forms import DraftForm

CHOICE = "choice"


class ClauseForm(DraftForm):
    """One part of a clause, and why it is so here.

    `question` is the title of the page, `groups` are the choices of a field by its name.
    """

    reason = forms.CharField(
        label=gettext_lazy("Why is it so here?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The people who approve the version and the people who review it next will read this."),
        error_messages={
            "required": gettext_lazy(
                "Say why. The people who approve it and the people who review it next will read this."
            )
        },
    )
    question: Text = ""

    def __init__(self, policy: Policy, clause: Clause, *args: Any, **named: Any) -> None:
        self.policy, self.original = policy, clause
        self.groups: dict[str, list[ChoiceGroup]] = {}
        named["initial"] = {**self.now(), **named.get("initial", {})}
        super().__init__(*args, **named)
        self.ask()
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def now(self) -> dict[str, Any]:
        """Return what the clause has now, by field."""
        return {}

    def ask(self) -> None:
        """Add the fields that depend on the policy and the clause."""

    def clause(self) -> Clause:
        """Return the clause that a valid form describes."""
        raise NotImplementedError

    def choose(self, name: str, label: Text, groups: list[ChoiceGroup], *, is_one: bool, needed: Text = "") -> None:
        """Ask for one of some choices, or any of them, in groups."""
        kind = forms.ChoiceField if is_one else forms.MultipleChoiceField
        self.fields[name] = kind(
            label=str(label),
            choices=[choice for group in groups for choice in group.choices],
            required=bool(needed),
            widget=forms.RadioSelect if is_one else forms.CheckboxSelectMultiple,
            error_messages={"required": str(needed)},
        )
        self.groups[name] = groups


class TextForm(ClauseForm):
    """What a clause says, in Wales in Welsh as well."""

    question = gettext_lazy("What does the clause say?")
    text = forms.CharField(
        label=gettext_lazy("What the clause says"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What stands in braces is filled in from the policy details, such as the name of the headteacher. You can "
            "keep it or write over it."
        ),
    )
    welsh = forms.CharField(
        label=gettext_lazy("The same in Welsh"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "cy"}),
    )

    def now(self) -> dict[str, Any]:
        return {"text": self.original.text, "welsh": self.original.welsh or ""}

    def ask(self) -> None:
        if self.policy.nation != "Wales":
            del self.fields["welsh"]

    def clause(self) -> Clause:
        given = self.cleaned_data
        welsh = given["welsh"].strip() if "welsh" in given else None
        return clause_parts.reworded(self.original, given["text"].strip(), welsh)


class PeopleForm(ClauseForm):
    """Whom a clause binds."""

    question = gettext_lazy("Whom does the clause bind?")

    def now(self) -> dict[str, Any]:
        return {CHOICE: list(self.original.who)}

    def ask(self) -> None:
        self.choose(CHOICE, self.question, clause_choices.people(self.policy), is_one=False, needed=_CHOOSE)

    def clause(self) -> Clause:
        return clause_parts.bound(self.original, tuple(self.cleaned_data[CHOICE]))


class TaskForm(ClauseForm):
    """The task that a clause makes for everybody whom it binds."""

    question = gettext_lazy("Is there something that people must do?")
    what = forms.CharField(
        label=gettext_lazy("What is to be done"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Everybody it applies to gets this as a task. Leave this empty if there is no task."),
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        required=False,
        choices=[(value or ONCE, label) for value, label in TaskRow.Interval.choices],
        widget=forms.RadioSelect,
    )

    def now(self) -> dict[str, Any]:
        duty = self.original.duties[0] if self.original.duties else None
        return {"what": rulebook.without_blanks(duty.what), "every": duty.every or ONCE} if duty else {"every": ONCE}

    def clause(self) -> Clause:
        before = self.original.duties[0].what if self.original.duties else ""
        what = rulebook.with_blanks(self.cleaned_data["what"].strip(), before)
        return clause_parts.tasked(self.original, what, self.cleaned_data["every"] or ONCE)


class MeaningForm(ClauseForm):
    """One part of what a clause means when somebody asks."""

    def __init__(self, number: int, part: PartOfMeaning, *args: Any, **named: Any) -> None:
        self.number, self.part, self.question = number, part, part.question
        super().__init__(*args, **named)

    @property
    def norm(self) -> Norm:
        return self.original.norms[self.number - 1]

    def now(self) -> dict[str, Any]:
        chosen = self.part.chosen(self.norm)
        one = self.part.is_one
        if self.part.groups is None:
            return {CHOICE: rulebook.without_blanks(chosen[0])}
        return {CHOICE: chosen[0] if one else chosen}

    def ask(self) -> None:
        needed = _CHOOSE if self.part.is_needed else ""
        if self.part.groups is None:
            self.fields[CHOICE] = forms.CharField(
                label=str(self.question), max_length=400, required=self.part.is_needed, help_text=str(self.part.hint)
            )
            return
        groups = self.part.groups(self.norm, self.policy)
        self.choose(CHOICE, self.question, groups, is_one=self.part.is_one, needed=needed)
        self.fields[CHOICE].help_text = str(self.part.hint)

    def clause(self) -> Clause:
        given = self.cleaned_data[CHOICE]
        chosen = [given.strip()] if isinstance(given, str) else list(given)
        if self.part.groups is None:
            chosen = [rulebook.with_blanks(chosen[0], self.part.chosen(self.norm)[0])]
        return clause_parts.with_norm(self.original, self.number, self.part.changed(self.norm, chosen))


class RemovalForm(ClauseForm):
    """That a clause shall not mean something any more."""

    question = gettext_lazy("Take this meaning away?")

    def __init__(self, number: int, *args: Any, **named: Any) -> None:
        self.number = number
        super().__init__(*args, **named)

    def clause(self) -> Clause:
        return clause_parts.with_norm(self.original, self.number, None)


class NewMeaningForm(ClauseForm):
    """One more meaning of a clause: how strict, and about what. Its other parts are changed afterwards."""

    question = gettext_lazy("What else does it mean when somebody asks?")

    def ask(self) -> None:
        self.choose("force", _("How strict is it?"), clause_choices.forces(None), is_one=True, needed=_CHOOSE)
        self.choose(
            "act", _("What does the clause speak of?"), clause_choices.acts(self.policy), is_one=False, needed=_CHOOSE
        )

    def clause(self) -> Clause:
        given = self.cleaned_data
        condition = Condition((("who", self.original.who), ("act", tuple(given["act"]))))
        norms: Sequence[Norm] = (*self.original.norms, Norm(Force(given["force"]), condition))
        return clause_parts.fitted(self.original, replace(self.original, norms=tuple(norms)))


class NewClauseForm(TextForm):
    """A clause of one's own: its text, its heading and whom it binds. What it means is said afterwards."""

    question = gettext_lazy("Add a clause")
    at = forms.CharField(
        label=gettext_lazy("Which heading does it go under?"),
        max_length=120,
        help_text=gettext_lazy("For example: Personal use"),
    )

    def __init__(self, policy: Policy, *args: Any, **named: Any) -> None:
        own = Clause(id="", at="", who=policy.covers, force="info", text="", topics=("scope",), runs=("scope",))
        super().__init__(policy, own, *args, **named)

    def now(self) -> dict[str, Any]:
        return {CHOICE: list(self.policy.covers)}

    def ask(self) -> None:
        super().ask()
        self.choose(
            CHOICE, _("Whom does the clause bind?"), clause_choices.people(self.policy), is_one=False, needed=_CHOOSE
        )

    def clause(self) -> Clause:
        given = self.cleaned_data
        return replace(super().clause(), at=given["at"].strip(), who=tuple(given[CHOICE]))


_CHOOSE = gettext_lazy("Choose at least one.")
