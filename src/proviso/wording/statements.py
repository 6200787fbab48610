"""What a norm says: its sentence, the conditions that it lists, its exceptions and what to do instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.norms import Condition, Force, Norm, Policy
from proviso.rules.rulebook import vocabulary
from proviso.wording import outcomes, phrases
from proviso.wording._marking import gettext_noop as _
from proviso.wording.localised import capped, written

_NORMS = {
    Force.PROHIBITED: _("%(who)s may not %(deed)s."),
    Force.DISCOURAGED: _("The policy strongly advises %(whom)s not to %(deed)s."),
    Force.CAUTION: _("The policy warns %(whom)s to take care before they %(deed)s."),
    Force.PERMITTED: _("%(who)s may %(deed)s."),
    Force.REQUIRED: _("For %(whom)s to %(deed)s, %(actor)s must do this: %(what)s."),
    Force.PRINCIPLE: _("To be kept in mind whenever the question is whether %(whom)s may %(deed)s."),
}
_NORMS_HAPPENED = {
    Force.PERMITTED: _("When %(happening)s, this is offered to %(whom)s."),
    Force.REQUIRED: _("When %(happening)s, %(actor)s must do this: %(what)s."),
    Force.PRINCIPLE: _("To be kept in mind by %(whom)s when %(happening)s."),
    Force.CAUTION: _("When %(happening)s, the policy warns %(whom)s to take care."),
    Force.DISCOURAGED: _("When %(happening)s, the policy advises %(whom)s against it."),
    Force.PROHIBITED: _("When %(happening)s, the policy forbids it to %(whom)s."),
}


@dataclass(frozen=True)
class Statement:
    """A norm in words; `all_of` and `any_of` are the lists that its sentence speaks of."""

    force: str
    sentence: str
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    unless: tuple[str, ...]
    met: tuple[str, ...]
    instead: str
    by: str
    to: str


def statement(norm: Norm, policy: Policy) -> Statement:
    """Say all that a norm says, in the reader's language."""
    all_of, any_of = _conditions(norm.when)
    if len(all_of) + len(any_of) == 1:  # the sentence holds it
        all_of, any_of = [], []
    return Statement(
        force=outcomes.force(norm.force.value),
        sentence=sentence(norm, policy),
        all_of=tuple(all_of),
        any_of=tuple(any_of),
        unless=tuple(phrases.condition(exception, policy) for exception in norm.unless),
        met=tuple(phrases.condition(done, policy) for done in norm.met),
        instead=written(norm.instead or "", policy),
        by=written(norm.by or "", policy),
        to=written(norm.to or "", policy),
    )


def sentence(norm: Norm, policy: Policy) -> str:
    """Say what a norm says; where it turns on more than one flag, a `Statement` lists them apart."""
    values = dict(norm.when.values)
    acts = policy.expand(values.get("act", ()))
    happened = [act for act in acts if vocabulary().has_happened(act)]
    meant = [act for act in acts if not vocabulary().has_happened(act)]
    others = phrases.those(policy, values.get("with", ()), "with")
    whom = _bound(policy, values.get("who", ()))
    around = phrases.circumstances(policy.expand(values.get("through", ())), policy.expand(values.get("when", ())))
    so = _turning_on(*_conditions(norm.when))
    deed = phrases.where(phrases.deed(meant, others, around), so)
    event = phrases.where(phrases.happening(happened, others, around), so)
    if happened and meant:
        question = phrases.put(gettext("the question is whether %(whom)s may %(deed)s"), whom=whom, deed=deed)
        event = phrases.either([question, event])
    parts = {
        "whom": whom,
        "who": capfirst(whom),
        "deed": deed,
        "happening": event,
        "actor": written(f"the {norm.of}", policy) if norm.of else whom,
        "what": written((norm.what or "").rstrip("."), policy),
    }
    return capped(phrases.put(gettext((_NORMS_HAPPENED if happened else _NORMS)[norm.force]), **parts))


def _conditions(when: Condition) -> tuple[list[str], list[str]]:
    """Return what must all be as said, and the flags of which one is enough."""
    values = dict(when.values)
    harms = phrases.harms(values.get("harmed", ()), values.get("harm", ()))
    return [*phrases.flags(when.flags, when.no), *harms], phrases.flags(when.either)


def _turning_on(all_of: Sequence[str], any_of: Sequence[str]) -> str:
    """Say on what a norm turns: its only flag, or the lists that follow."""
    if len(all_of) + len(any_of) == 1:
        return (*all_of, *any_of)[0]
    if all_of and any_of:
        return gettext("all of the first list is so and at least one of the second")
    if all_of:
        return gettext("all of this is so")
    return gettext("at least one of these is so") if any_of else ""


def _bound(policy: Policy, words: Sequence[str]) -> str:
    # "Everyone may not" would read as "not everyone may".
    if not words:
        return gettext("anybody")
    return gettext("people whom the policy binds") if list(words) == ["everyone"] else phrases.those(policy, words)
