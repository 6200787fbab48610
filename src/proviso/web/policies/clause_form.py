"""A clause as a form that a headteacher can fill in, and the form back into a clause."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.tasks.models import Task as TaskRow
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, Norm, Policy, Task
from proviso.web.fields import set_choices
from proviso.web.policies.forms import DraftForm
from proviso.wording import outcomes, phrases, statements

REMOVE = "remove"
NOTHING = ""
ONCE = "once"
SIMPLE = ("act", "with", "through", "when")
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class NormFields:
    """The fields of one norm on the page, and the sentence that it says now."""

    number: int
    sentence: str
    kept: str
    fields: list[BoundField]


class ClauseForm(DraftForm):
    """A clause: its text, whom it binds, what it means when somebody asks, the task that it makes, and why."""

    text = forms.CharField(
        label=gettext_lazy("What the clause says"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What stands in braces is filled in from the particulars, such as the name of the headteacher. You can "
            "keep it or write over it."
        ),
    )
    welsh = forms.CharField(
        label=gettext_lazy("The same in Welsh"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "cy"}),
    )
    at = forms.CharField(
        label=gettext_lazy("Under which heading"), max_length=120, help_text=gettext_lazy("For example: Personal use")
    )
    who = forms.MultipleChoiceField(label=gettext_lazy("Whom it binds"), widget=forms.CheckboxSelectMultiple)
    duty_what = forms.CharField(
        label=gettext_lazy("Does it ask for something to be done?"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Everybody whom it binds gets this as a task. Leave empty for none."),
    )
    duty_every = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        required=False,
        choices=[(value or ONCE, label) for value, label in TaskRow.Interval.choices],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it so here?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Those who approve the version read this, and whoever reviews it next."),
        error_messages={"required": gettext_lazy("Say why, for those who approve it and for whoever reviews it next.")},
    )

    def __init__(self, policy: Policy, clause: Clause | None, *args: Any, **named: Any) -> None:
        self.policy, self.original = policy, clause
        named["initial"] = {**_initial(clause, policy), **named.get("initial", {})}
        super().__init__(*args, **named)
        set_choices(self, "who", _people(policy))
        if policy.nation != "Wales":
            del self.fields["welsh"]
        if clause is not None:
            del self.fields["at"]
        self.norms = clause.norms if clause else ()
        for number in range(len(self.norms) + 1):
            self._add_norm(number, self.norms[number] if number < len(self.norms) else None)

    def _add_norm(self, number: int, norm: Norm | None) -> None:
        values = dict(norm.when.values) if norm else {}
        last = (REMOVE, _("Take this meaning away")) if norm else (NOTHING, _("Nothing more"))
        forces = [(force.value, outcomes.force(force.value)) for force in Force if self._offered(force, norm)]
        self.fields[f"force-{number}"] = forms.ChoiceField(
            label=_("It is"),
            required=False,
            choices=[*forces, last] if norm else [last, *forces],
            initial=norm.force.value if norm else NOTHING,
        )
        for fact in SIMPLE:
            self.fields[f"{fact}-{number}"] = forms.MultipleChoiceField(
                label=_FACTS[fact],
                required=False,
                choices=_first(_values(fact, self.policy), values.get(fact, ())),
                initial=list(values.get(fact, ())),
                widget=forms.CheckboxSelectMultiple,
            )
        flags = [(name, capfirst(label)) for name, label in _flags()]
        where = list(norm.when.flags) if norm else []
        unless = [condition.flags[0] for condition in norm.unless if _simple(condition)] if norm else []
        self.fields[f"flags-{number}"] = forms.MultipleChoiceField(
            label=_("Only where"),
            required=False,
            choices=_first(flags, where),
            initial=where,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"unless-{number}"] = forms.MultipleChoiceField(
            label=_("Unless"),
            required=False,
            choices=_first(flags, unless),
            initial=unless,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"instead-{number}"] = forms.CharField(
            label=_("What to do instead"), required=False, max_length=300, initial=(norm.instead if norm else "") or ""
        )

    def _offered(self, force: Force, norm: Norm | None) -> bool:
        # A duty needs who does what by when, which a new meaning cannot say here: a task can.
        return force is not Force.REQUIRED or (norm is not None and norm.force is Force.REQUIRED)

    def meanings(self) -> Iterator[NormFields]:
        """Yield what the clause means, one group of fields each; the last is for one more."""
        names = ("force", *SIMPLE, "flags", "unless", "instead")
        for number in range(len(self.norms) + 1):
            norm = self.norms[number] if number < len(self.norms) else None
            yield NormFields(
                number,
                statements.sentence(norm, self.policy) if norm else "",
                _kept(norm, self.policy) if norm else "",
                [self[f"{name}-{number}"] for name in names],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(len(self.norms) + 1):
            force = cleaned.get(f"force-{number}")
            if force and force != REMOVE and not cleaned.get(f"act-{number}") and number >= len(self.norms):
                self.add_error(f"act-{number}", _("Choose what it is about."))
        return cleaned

    def clause(self) -> Clause:
        """Return the clause that a valid form describes; a new one has no id yet."""
        given = self.cleaned_data
        base = self.original or Clause(id="", at=given["at"], who=(), force="info", text="", topics=("scope",), runs=())
        who = tuple(given["who"])
        norms = tuple(norm for number in range(len(self.norms) + 1) if (norm := self._norm(number, base.who, who)))
        changed = replace(base, text=given["text"].strip(), who=who, norms=norms, duties=self._duties(base, who))
        if "welsh" in given:
            changed = replace(changed, welsh=given["welsh"].strip() or None)
        elif changed.text != base.text:
            changed = replace(changed, welsh=None)  # the Welsh of another text would say something else
        return replace(changed, runs=_runs(changed), force=_force(base, changed))

    def _norm(self, number: int, before: tuple[str, ...], who: tuple[str, ...]) -> Norm | None:
        given = self.cleaned_data
        force = given.get(f"force-{number}")
        norm = self.norms[number] if number < len(self.norms) else Norm(Force.PRINCIPLE, Condition((("who", before),)))
        if force in (REMOVE, NOTHING, None):
            return None
        bound = dict(norm.when.values).get("who", ())
        values = {"who": who if bound == before else bound}
        values |= {fact: tuple(given[f"{fact}-{number}"]) for fact in SIMPLE}
        kept = tuple(condition for condition in norm.unless if not _simple(condition))
        when = replace(
            norm.when,
            values=tuple((fact, each) for fact, each in values.items() if each),
            flags=tuple(given[f"flags-{number}"]),
        )
        unless = (*kept, *(Condition(flags=(flag,)) for flag in given[f"unless-{number}"]))
        return replace(
            norm, force=Force(force), when=when, unless=unless, instead=given[f"instead-{number}"].strip() or None
        )

    def _duties(self, base: Clause, who: tuple[str, ...]) -> tuple[Task, ...]:
        given = self.cleaned_data
        what = given["duty_what"].strip()
        first, *more = base.duties or (None,)
        if not what:
            return tuple(duty for duty in more if duty)
        bound = first.who if first and first.who != base.who else who
        when = first.when if first else "once the policy is in force"
        every = given["duty_every"] if given["duty_every"] != ONCE else None
        return (Task(bound, what, when, every or None), *(duty for duty in more if duty))


_FACTS = {
    "act": gettext_lazy("To"),
    "with": gettext_lazy("With or about"),
    "through": gettext_lazy("By what way (none ticked: any)"),
    "when": gettext_lazy("At what time (none ticked: any)"),
}


def _initial(clause: Clause | None, policy: Policy) -> dict[str, Any]:
    if clause is None:
        return {"who": list(policy.covers), "duty_every": ONCE}
    duty = clause.duties[0] if clause.duties else None
    return {
        "text": clause.text,
        "welsh": clause.welsh or "",
        "who": list(clause.who),
        "duty_what": duty.what if duty else "",
        "duty_every": (duty.every or ONCE) if duty else ONCE,
    }


def _people(policy: Policy) -> Choices:
    values = rulebook.vocabulary().facts["who"].values
    groups = [word for word, members in policy.groups.items() if {*members} <= {*values}]
    return [(word, _group(word, policy)) for word in groups] + [
        (value, capfirst(phrases.person("who", value))) for value in values
    ]


def _values(fact: str, policy: Policy) -> Choices:
    values = rulebook.vocabulary().facts[fact].values
    groups = [word for word, members in policy.groups.items() if {*members} <= {*values}]
    return [(word, _group(word, policy)) for word in groups] + [
        (value, capfirst(phrases.choice(fact, value))) for value in values
    ]


def _first(choices: Choices, ticked: Iterable[str]) -> Choices:
    """Return choices with those that are ticked on top: in a long list nobody has to look for them."""
    chosen = set(ticked)
    return sorted(choices, key=lambda choice: choice[0] not in chosen)


def _group(word: str, policy: Policy) -> str:
    return _("%(word)s (%(count)d together)") % {
        "word": capfirst(phrases.group(word)),
        "count": len(policy.groups[word]),
    }


def _flags() -> Iterable[tuple[str, str]]:
    return [(fact.name, _flag_words(fact.name)) for fact in rulebook.vocabulary().flags]


def _flag_words(flag: str) -> str:
    return phrases.flags([flag])[0]


def _simple(condition: Condition) -> bool:
    return len(condition.flags) == 1 and condition == Condition(flags=condition.flags)


def _kept(norm: Norm, policy: Policy) -> str:
    """Say the parts of a norm that the form does not change."""
    also = replace(norm.when, values=(), flags=())
    sentences = [] if also == Condition() else [phrases.condition(also, policy)]
    sentences += [
        _("unless %(condition)s") % {"condition": phrases.condition(condition, policy)}
        for condition in norm.unless
        if not _simple(condition)
    ]
    return phrases.both(sentences)


def _runs(clause: Clause) -> tuple[str, ...]:
    """Return the words of `runs` that fit what the clause still holds."""
    runners = {runner.value for runner in clause.runners}
    kept = [word for word in clause.runs if (runner := rulebook.RUNNER_OF[word]) is None or runner.value in runners]
    added = [word for word, runner in (("rule", "norms"), ("duty", "duties")) if runner in runners]
    carried = {rulebook.RUNNER_OF[word] for word in kept}
    missing = [word for word in added if rulebook.RUNNER_OF[word] not in carried]
    return tuple(dict.fromkeys((*kept, *missing))) or ("scope",)


def _force(base: Clause, clause: Clause) -> str:
    """Return the force that a clause shows: that of its strictest norm where its norms were changed."""
    if base.norms == clause.norms and base.id:
        return base.force
    forces = [force.value for force in Force if any(norm.force is force for norm in clause.norms)]
    return forces[0] if forces else "required" if clause.duties else "info"
