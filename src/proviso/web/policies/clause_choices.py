"""What can be chosen for each part of a clause: lists in groups, the usual first."""

from collections.abc import Callable
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proviso.rules import rulebook
from proviso.rules.norms import Force, Norm, Policy
from proviso.web.fields import ChoiceGroup
from proviso.wording import outcomes, phrases


def values_of(norm: Norm, fact: str) -> tuple[str, ...]:
    return dict(norm.when.values).get(fact, ())


def people(policy: Policy) -> list[ChoiceGroup]:
    """Return whom a clause can bind: the policy's own groups, those who work in or for a school, and others."""
    fact = rulebook.vocabulary().facts["who"]
    working = rulebook.vocabulary().values_with("who", "works")
    named = [(value, capfirst(phrases.person("who", value))) for value in fact.values]
    return _filled(
        ChoiceGroup(_("As the policy groups them"), group_words("who", policy)),
        ChoiceGroup(_("People in or working for a school"), [each for each in named if each[0] in working]),
        ChoiceGroup(_("Others"), [each for each in named if each[0] not in working]),
    )


def acts(policy: Policy) -> list[ChoiceGroup]:
    """Return what a meaning can be about: what people do, and what happens to them."""
    vocabulary = rulebook.vocabulary()
    named = [(value, capfirst(phrases.choice("act", value))) for value in vocabulary.facts["act"].values]
    return _filled(
        ChoiceGroup(_("As the policy groups it"), group_words("act", policy)),
        ChoiceGroup(_("What somebody does"), [each for each in named if not vocabulary.has_happened(each[0])]),
        ChoiceGroup(_("What has happened"), [each for each in named if vocabulary.has_happened(each[0])]),
    )


def forces(norm: Norm | None) -> list[ChoiceGroup]:
    """Return the forces that a norm can have. A new duty needs who does what by when: that is a task."""
    offered = [force for force in Force if force is not Force.REQUIRED or (norm and norm.force is Force.REQUIRED)]
    return [ChoiceGroup("", [(force.value, outcomes.force(force.value)) for force in offered])]


def all_values(fact: str) -> Callable[[Norm, Policy], list[ChoiceGroup]]:
    def offered(norm: Norm, policy: Policy) -> list[ChoiceGroup]:
        values = rulebook.vocabulary().facts[fact].values
        named = [(value, capfirst(phrases.choice(fact, value))) for value in values]
        groups = group_words(fact, policy)
        return _filled(
            ChoiceGroup(_("As the policy groups them"), groups), ChoiceGroup(_("One by one") if groups else "", named)
        )

    return offered


def group_words(fact: str, policy: Policy) -> list[tuple[str, str]]:
    values = {*rulebook.vocabulary().facts[fact].values}
    return [
        (word, _("%(word)s (%(count)d together)") % {"word": capfirst(phrases.group(word)), "count": len(members)})
        for word, members in policy.groups.items()
        if {*members} <= values
    ]


def _filled(*groups: ChoiceGroup) -> list[ChoiceGroup]:
    return [group for group in groups if group.choices]


def circumstances(chosen: Callable[[Norm], list[str]], *, lifting: bool) -> Callable[[Norm, Policy], list[ChoiceGroup]]:
    def offered(norm: Norm, policy: Policy) -> list[ChoiceGroup]:
        usual = _usual_with(tuple(policy.expand(values_of(norm, "act"))), lifting)
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
            about = policy.expand(values_of(norm, "act"))
            if len(about) <= FEW and set(about) & set(acts):
                for condition in norm.unless if lifting else (norm.when,):
                    usual |= {*condition.flags, *condition.no, *condition.either}
    return frozenset(usual)
