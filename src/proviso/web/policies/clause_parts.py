"""The parts of a clause that can be changed one by one: its text, whom it binds, and each part of what it means."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.tasks.models import Task as TaskRow
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, Norm, Policy, Task
from proviso.web.fields import ChoiceGroup
from proviso.web.kit.pages import Text
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


# ---- What can be chosen


def people(policy: Policy) -> list[ChoiceGroup]:
    """Return whom a clause can bind: the policy's own groups, those who work in or for a school, and others."""
    fact = rulebook.vocabulary().facts["who"]
    working = rulebook.vocabulary().values_with("who", "works")
    named = [(value, capfirst(phrases.person("who", value))) for value in fact.values]
    return _filled(
        ChoiceGroup(_("As the policy groups them"), _group_words("who", policy)),
        ChoiceGroup(_("People in or working for a school"), [each for each in named if each[0] in working]),
        ChoiceGroup(_("Others"), [each for each in named if each[0] not in working]),
    )


def acts(policy: Policy) -> list[ChoiceGroup]:
    """Return what a meaning can be about: what people do, and what happens to them."""
    vocabulary = rulebook.vocabulary()
    named = [(value, capfirst(phrases.choice("act", value))) for value in vocabulary.facts["act"].values]
    return _filled(
        ChoiceGroup(_("As the policy groups it"), _group_words("act", policy)),
        ChoiceGroup(_("What somebody does"), [each for each in named if not vocabulary.has_happened(each[0])]),
        ChoiceGroup(_("What has happened"), [each for each in named if vocabulary.has_happened(each[0])]),
    )


def forces(norm: Norm | None) -> list[ChoiceGroup]:
    """Return the forces that a norm can have. A new duty needs who does what by when: that is a task."""
    offered = [force for force in Force if force is not Force.REQUIRED or (norm and norm.force is Force.REQUIRED)]
    return [ChoiceGroup("", [(force.value, outcomes.force(force.value)) for force in offered])]


def _values(fact: str) -> Callable[[Norm, Policy], list[ChoiceGroup]]:
    def offered(norm: Norm, policy: Policy) -> list[ChoiceGroup]:
        values = rulebook.vocabulary().facts[fact].values
        named = [(value, capfirst(phrases.choice(fact, value))) for value in values]
        groups = _group_words(fact, policy)
        return _filled(
            ChoiceGroup(_("As the policy groups them"), groups), ChoiceGroup(_("One by one") if groups else "", named)
        )

    return offered


def _group_words(fact: str, policy: Policy) -> list[tuple[str, str]]:
    values = {*rulebook.vocabulary().facts[fact].values}
    return [
        (word, _("%(word)s (%(count)d together)") % {"word": capfirst(phrases.group(word)), "count": len(members)})
        for word, members in policy.groups.items()
        if {*members} <= values
    ]


def _filled(*groups: ChoiceGroup) -> list[ChoiceGroup]:
    return [group for group in groups if group.choices]


def _circumstances(
    chosen: Callable[[Norm], list[str]], *, lifting: bool
) -> Callable[[Norm, Policy], list[ChoiceGroup]]:
    def offered(norm: Norm, policy: Policy) -> list[ChoiceGroup]:
        usual = _usual_with(tuple(policy.expand(_values_of(norm, "act"))), lifting)
        now = set(chosen(norm))
        named = [(fact.name, capfirst(phrases.flags([fact.name])[0])) for fact in rulebook.vocabulary().flags]
        return _filled(
            ChoiceGroup(_("Chosen now"), [each for each in named if each[0] in now]),
            ChoiceGroup(_("Usual for this"), [each for each in named if each[0] in usual - now]),
            ChoiceGroup(_("Any other"), [each for each in named if each[0] not in usual | now], is_folded=True),
        )

    return offered


FEW = 8  # acts: a norm on more of them says nothing of what goes with one


@cache
def _usual_with(acts: tuple[str, ...], lifting: bool) -> frozenset[str]:
    """Return the flags that any policy of the rulebook names where it speaks of these acts by themselves, in its
    conditions or (`lifting`) in its exceptions."""
    usual: set[str] = set()
    for policy_id in rulebook.policy_ids():
        policy = rulebook.load(policy_id)
        for norm in (norm for clause in policy.clauses for norm in clause.norms):
            about = policy.expand(_values_of(norm, "act"))
            if len(about) <= FEW and set(about) & set(acts):
                for condition in norm.unless if lifting else (norm.when,):
                    usual |= {*condition.flags, *condition.no, *condition.either}
    return frozenset(usual)


# ---- What a norm has now, and with another part


def _values_of(norm: Norm, fact: str) -> tuple[str, ...]:
    return dict(norm.when.values).get(fact, ())


def _who(norm: Norm) -> tuple[str, ...]:
    return _values_of(norm, "who")


def _with_values(norm: Norm, fact: str, chosen: Sequence[str]) -> Norm:
    values = {**dict(norm.when.values), fact: tuple(chosen)}
    kept = tuple((name, values[name]) for name in sorted(values, key=ORDER.index) if values[name])
    return replace(norm, when=replace(norm.when, values=kept))


def _of_fact(fact: str) -> Callable[[Norm], list[str]]:
    return lambda norm: list(_values_of(norm, fact))


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
    return {act for act in _values_of(norm, "act") if act in with_trait}


def _may_be_towards(norm: Norm) -> bool:
    """Whether another person makes sense: a meaning about many kinds of conduct may be towards anybody."""
    known = {*rulebook.vocabulary().facts["act"].values}
    has_group = any(act not in known for act in _values_of(norm, "act"))
    return has_group or bool(_values_of(norm, "with") or _of_acts(norm, "towards", "may_be_towards"))


def _may_go_by_ways(norm: Norm) -> bool:
    named = {*_values_of(norm, "act")}
    return bool(_values_of(norm, "through")) or _of_acts(norm, "wayless") != named


def _is_duty(norm: Norm) -> bool:
    return norm.force is Force.REQUIRED


def _always(norm: Norm) -> bool:
    return True


def _words(fact: str) -> Callable[[Norm, Policy], list[str]]:
    def words(norm: Norm, policy: Policy) -> list[str]:
        groups = dict(_group_words(fact, policy))
        return [groups.get(value) or capfirst(phrases.choice(fact, value)) for value in _values_of(norm, fact)]

    return words


def _flag_words(flags: Iterable[str]) -> list[str]:
    return [capfirst(words) for words in phrases.flags(flags)]


PARTS = {
    "force": PartOfMeaning(
        label=gettext_lazy("How strict"),
        question=gettext_lazy("How strict is it?"),
        words=lambda norm, policy: [outcomes.force(norm.force.value)],
        chosen=lambda norm: [norm.force.value],
        changed=_with_force,
        fits=_always,
        groups=lambda norm, policy: forces(norm),
        is_one=True,
        is_needed=True,
    ),
    "who": PartOfMeaning(
        label=gettext_lazy("Who"),
        question=gettext_lazy("Who is it for?"),
        words=_words("who"),
        chosen=_of_fact("who"),
        changed=_into_fact("who"),
        fits=_always,
        groups=lambda norm, policy: people(policy),
        is_needed=True,
    ),
    "act": PartOfMeaning(
        label=gettext_lazy("What"),
        question=gettext_lazy("What does the clause speak of?"),
        words=_words("act"),
        chosen=_of_fact("act"),
        changed=_into_fact("act"),
        fits=_always,
        groups=lambda norm, policy: acts(policy),
        hint=gettext_lazy("Any of what you choose."),
        is_needed=True,
    ),
    "with": PartOfMeaning(
        label=gettext_lazy("With whom"),
        question=gettext_lazy("With whom, or about whom?"),
        words=_words("with"),
        chosen=_of_fact("with"),
        changed=_into_fact("with"),
        fits=_may_be_towards,
        groups=_values("with"),
        hint=gettext_lazy("Choose none if it is the same for everybody."),
    ),
    "through": PartOfMeaning(
        label=gettext_lazy("By which way"),
        question=gettext_lazy("Which ways does it speak of?"),
        words=_words("through"),
        chosen=_of_fact("through"),
        changed=_into_fact("through"),
        fits=_may_go_by_ways,
        groups=_values("through"),
        hint=gettext_lazy("Choose none if it is the same by every way."),
    ),
    "when": PartOfMeaning(
        label=gettext_lazy("When"),
        question=gettext_lazy("At what time?"),
        words=_words("when"),
        chosen=_of_fact("when"),
        changed=_into_fact("when"),
        fits=_always,
        groups=_values("when"),
        hint=gettext_lazy("Choose none if it is the same at any time."),
    ),
    "only": PartOfMeaning(
        label=gettext_lazy("Only where"),
        question=gettext_lazy("Only where what is so?"),
        words=lambda norm, policy: _flag_words(norm.when.flags),
        chosen=lambda norm: list(norm.when.flags),
        changed=_with_flags,
        fits=_always,
        groups=_circumstances(lambda norm: list(norm.when.flags), lifting=False),
        hint=gettext_lazy("All of what you choose must be so. Choose none if it always holds."),
    ),
    "unless": PartOfMeaning(
        label=gettext_lazy("Unless"),
        question=gettext_lazy("What are the exceptions?"),
        words=lambda norm, policy: _flag_words(_exceptions(norm)),
        chosen=_exceptions,
        changed=_with_exceptions,
        fits=_always,
        groups=_circumstances(_exceptions, lifting=True),
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
