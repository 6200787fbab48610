"""The parts of a clause that can be changed one by one: its text, whom it binds, and each part of what it means."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.tasks.models import Task as TaskRow
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, Norm, Policy, Task
from proviso.web.fields import ChoiceGroup
from proviso.web.kit.pages import Text
from proviso.web.policies import clause_choices
from proviso.wording import outcomes, phrases, statements

ONCE = "once"
ORDER = ("who", "act", "with", "through", "when", "harmed", "harm")


@dataclass(frozen=True)
class PartOfMeaning:
    """One part of a norm. It is chosen from a list (`groups`), or typed where it has none."""

    label: Text
    question: Text
    words: Callable[[Norm, Policy], list[str]]
    chosen: Callable[[Norm], list[str]]
    changed: Callable[[Norm, list[str]], Norm]
    fits: Callable[[Norm], bool]
    groups: Callable[[Norm, Policy], list[ChoiceGroup]] | None = None
    hint: Text = ""
    is_one: bool = False
    is_needed: bool = False


@dataclass(frozen=True)
class PartLine:
    """A part as the page of a clause lists it."""

    name: str
    label: Text
    words: list[str]


@dataclass(frozen=True)
class Meaning:
    """A norm as the page of a clause shows it: its number from 1, its sentence, its parts, and what it leaves open."""

    number: int
    sentence: str
    css: str
    force: str
    parts: list[PartLine]
    open_parts: list[PartLine]
    kept: str


def meanings(clause: Clause, policy: Policy) -> list[Meaning]:
    """Return what a clause means, each norm with the parts that can be changed."""
    return [_meaning(number, norm, policy) for number, norm in enumerate(clause.norms, start=1)]


def _meaning(number: int, norm: Norm, policy: Policy) -> Meaning:
    lines = [
        PartLine(f"{number}-{name}", part.label, part.words(norm, policy))
        for name, part in PARTS.items()
        if part.fits(norm)
    ]
    force = norm.force.value
    sentence = statements.sentence(norm, policy)
    said, left_open = [line for line in lines if line.words], [line for line in lines if not line.words]
    return Meaning(number, sentence, force, outcomes.force(force), said, left_open, _kept(norm, policy))


def with_norm(clause: Clause, number: int, norm: Norm | None) -> Clause:
    """Return a clause whose norm of a number, counted from 1, is another one, or gone."""
    norms = [*clause.norms]
    norms[number - 1 : number] = [norm] if norm else []
    return fitted(clause, replace(clause, norms=tuple(norms)))


def bound(clause: Clause, who: tuple[str, ...]) -> Clause:
    """Return a clause that binds others; those of its norms and tasks that bound the same people follow."""
    norms = tuple(_with_values(norm, "who", who) if _who(norm) == clause.who else norm for norm in clause.norms)
    duties = tuple(replace(duty, who=who) if duty.who == clause.who else duty for duty in clause.duties)
    return replace(clause, who=who, norms=norms, duties=duties)


def tasked(clause: Clause, what: str, every: str) -> Clause:
    """Return a clause whose first task is another one, or none where `what` is empty."""
    first, *more = clause.duties or (None,)
    kept = tuple(duty for duty in more if duty)
    if not what:
        return fitted(clause, replace(clause, duties=kept))
    when = first.when if first else "once the policy is in force"
    task = Task(first.who if first else clause.who, what, when, every if every != ONCE else None)
    return fitted(clause, replace(clause, duties=(task, *kept)))


def reworded(clause: Clause, text: str, welsh: str | None) -> Clause:
    """Return a clause with another text; the Welsh of another text would say something else, and goes."""
    if welsh is None:
        return replace(clause, text=text, welsh=clause.welsh if text == clause.text else None)
    return replace(clause, text=text, welsh=welsh or None)


def fitted(base: Clause, clause: Clause) -> Clause:
    """Return a clause whose `runs` and force fit what it holds, where that was changed."""
    return replace(clause, runs=_runs(clause), force=_force(base, clause))


def _runs(clause: Clause) -> tuple[str, ...]:
    runners = {runner.value for runner in clause.runners}
    kept = [word for word in clause.runs if (runner := rulebook.RUNNER_OF[word]) is None or runner.value in runners]
    added = [word for word, runner in (("rule", "norms"), ("duty", "duties")) if runner in runners]
    carried = {rulebook.RUNNER_OF[word] for word in kept}
    missing = [word for word in added if rulebook.RUNNER_OF[word] not in carried]
    if kept == ["scope"] and missing:  # what a clause of one's own has until it means something
        return tuple(missing)
    return tuple(dict.fromkeys((*kept, *missing))) or ("scope",)


def _force(base: Clause, clause: Clause) -> str:
    """Return the force that a clause shows: that of its strictest norm where its norms were changed."""
    if base.norms == clause.norms and base.id:
        return base.force
    forces = [force.value for force in Force if any(norm.force is force for norm in clause.norms)]
    return forces[0] if forces else "required" if clause.duties else "info"


# ---- What a norm has now, and with another part


def _who(norm: Norm) -> tuple[str, ...]:
    return clause_choices.values_of(norm, "who")


def _with_values(norm: Norm, fact: str, chosen: Sequence[str]) -> Norm:
    values = {**dict(norm.when.values), fact: tuple(chosen)}
    kept = tuple((name, values[name]) for name in sorted(values, key=ORDER.index) if values[name])
    return replace(norm, when=replace(norm.when, values=kept))


def _of_fact(fact: str) -> Callable[[Norm], list[str]]:
    return lambda norm: list(clause_choices.values_of(norm, fact))


def _into_fact(fact: str) -> Callable[[Norm, list[str]], Norm]:
    return lambda norm, chosen: _with_values(norm, fact, chosen)


def _exceptions(norm: Norm) -> list[str]:
    return [condition.flags[0] for condition in norm.unless if _is_simple(condition)]


def _with_exceptions(norm: Norm, chosen: list[str]) -> Norm:
    now = _exceptions(norm)
    kept = tuple(each for each in norm.unless if not _is_simple(each) or each.flags[0] in chosen)
    return replace(norm, unless=(*kept, *(Condition(flags=(flag,)) for flag in chosen if flag not in now)))


def _with_flags(norm: Norm, chosen: list[str]) -> Norm:
    kept = [flag for flag in norm.when.flags if flag in chosen]
    return replace(norm, when=replace(norm.when, flags=(*kept, *(flag for flag in chosen if flag not in kept))))


def _with_force(norm: Norm, chosen: list[str]) -> Norm:
    force = Force(chosen[0])
    if force is Force.REQUIRED:
        return replace(norm, force=force)
    return replace(norm, force=force, met=(), what=None, by=None, to=None, of=None)  # these belong to a duty


def _is_simple(condition: Condition) -> bool:
    return len(condition.flags) == 1 and condition == Condition(flags=condition.flags)


def _kept(norm: Norm, policy: Policy) -> str:
    """Say the parts of a norm that are not changed here."""
    harms = tuple((fact, values) for fact, values in norm.when.values if fact in ("harmed", "harm"))
    also = replace(norm.when, values=harms, flags=())
    sentences = [] if also == Condition() else [phrases.condition(also, policy)]
    sentences += [
        _("unless %(condition)s") % {"condition": phrases.condition(condition, policy)}
        for condition in norm.unless
        if not _is_simple(condition)
    ]
    return phrases.both(sentences)


# ---- The parts


def _of_acts(norm: Norm, *traits: str) -> set[str]:
    with_trait = {value for trait in traits for value in rulebook.vocabulary().values_with("act", trait)}
    return {act for act in clause_choices.values_of(norm, "act") if act in with_trait}


def _may_be_towards(norm: Norm) -> bool:
    """Whether another person makes sense: a meaning about many kinds of conduct may be towards anybody."""
    known = {*rulebook.vocabulary().facts["act"].values}
    has_group = any(act not in known for act in clause_choices.values_of(norm, "act"))
    return has_group or bool(clause_choices.values_of(norm, "with") or _of_acts(norm, "towards", "may_be_towards"))


def _may_go_by_ways(norm: Norm) -> bool:
    named = {*clause_choices.values_of(norm, "act")}
    return bool(clause_choices.values_of(norm, "through")) or _of_acts(norm, "wayless") != named


def _is_duty(norm: Norm) -> bool:
    return norm.force is Force.REQUIRED


def _always(norm: Norm) -> bool:
    return True


def _words(fact: str) -> Callable[[Norm, Policy], list[str]]:
    def words(norm: Norm, policy: Policy) -> list[str]:
        groups = dict(clause_choices.group_words(fact, policy))
        chosen = clause_choices.values_of(norm, fact)
        return [groups.get(value) or capfirst(phrases.choice(fact, value)) for value in chosen]

    return words


def _flag_words(flags: Iterable[str]) -> list[str]:
    return [capfirst(words) for words in phrases.flags(flags)]


def _part_of_fact(
    fact: str,
    label: Text,
    question: Text,
    *,
    fits: Callable[[Norm], bool] = _always,
    groups: Callable[[Norm, Policy], list[ChoiceGroup]] | None = None,
    hint: Text = "",
    is_needed: bool = False,
) -> PartOfMeaning:
    """Return the part of a norm that names values of a fact; `groups` offers others than all that there are."""
    return PartOfMeaning(
        label,
        question,
        words=_words(fact),
        chosen=_of_fact(fact),
        changed=_into_fact(fact),
        fits=fits,
        groups=groups or clause_choices.all_values(fact),
        hint=hint,
        is_needed=is_needed,
    )


PARTS = {
    "force": PartOfMeaning(
        label=gettext_lazy("How strict"),
        question=gettext_lazy("How strict is it?"),
        words=lambda norm, policy: [outcomes.force(norm.force.value)],
        chosen=lambda norm: [norm.force.value],
        changed=_with_force,
        fits=_always,
        groups=lambda norm, policy: clause_choices.forces(norm),
        is_one=True,
        is_needed=True,
    ),
    "who": _part_of_fact(
        "who",
        gettext_lazy("Who"),
        gettext_lazy("Who is it for?"),
        groups=lambda norm, policy: clause_choices.people(policy),
        is_needed=True,
    ),
    "act": _part_of_fact(
        "act",
        gettext_lazy("What"),
        gettext_lazy("What does the clause speak of?"),
        groups=lambda norm, policy: clause_choices.acts(policy),
        hint=gettext_lazy("Any of what you choose."),
        is_needed=True,
    ),
    "with": _part_of_fact(
        "with",
        gettext_lazy("With whom"),
        gettext_lazy("With whom, or about whom?"),
        fits=_may_be_towards,
        hint=gettext_lazy("Choose none if it is the same for everybody."),
    ),
    "through": _part_of_fact(
        "through",
        gettext_lazy("By which way"),
        gettext_lazy("Which ways does it speak of?"),
        fits=_may_go_by_ways,
        hint=gettext_lazy("Choose none if it is the same by every way."),
    ),
    "when": _part_of_fact(
        "when",
        gettext_lazy("When"),
        gettext_lazy("At what time?"),
        hint=gettext_lazy("Choose none if it is the same at any time."),
    ),
    "only": PartOfMeaning(
        label=gettext_lazy("Only where"),
        question=gettext_lazy("Only where what is so?"),
        words=lambda norm, policy: _flag_words(norm.when.flags),
        chosen=lambda norm: list(norm.when.flags),
        changed=_with_flags,
        fits=_always,
        groups=clause_choices.circumstances(lambda norm: list(norm.when.flags), lifting=False),
        hint=gettext_lazy("All of what you choose must be so. Choose none if it always holds."),
    ),
    "unless": PartOfMeaning(
        label=gettext_lazy("Unless"),
        question=gettext_lazy("What are the exceptions?"),
        words=lambda norm, policy: _flag_words(_exceptions(norm)),
        chosen=_exceptions,
        changed=_with_exceptions,
        fits=_always,
        groups=clause_choices.circumstances(_exceptions, lifting=True),
        hint=gettext_lazy("Any one of what you choose is enough. Choose none if there is no exception."),
    ),
    "what": PartOfMeaning(
        label=gettext_lazy("What must be done"),
        question=gettext_lazy("What must be done?"),
        words=lambda norm, policy: [norm.what] if norm.what else [],
        chosen=lambda norm: [norm.what or ""],
        changed=lambda norm, typed: replace(norm, what=typed[0]),
        fits=_is_duty,
        is_needed=True,
    ),
    "instead": PartOfMeaning(
        label=gettext_lazy("Instead"),
        question=gettext_lazy("What can people do instead?"),
        words=lambda norm, policy: [norm.instead] if norm.instead else [],
        chosen=lambda norm: [norm.instead or ""],
        changed=lambda norm, typed: replace(norm, instead=typed[0] or None),
        fits=_always,
        hint=gettext_lazy("A sentence that the answer shows. Leave it empty for none."),
    ),
}


def about_task(clause: Clause) -> list[str]:
    """Say the first task that a clause makes, and how often."""
    if not clause.duties:
        return []
    duty = clause.duties[0]
    often = {value or ONCE: str(label) for value, label in TaskRow.Interval.choices}
    return [capfirst(duty.what), often.get(duty.every or ONCE, "")]
