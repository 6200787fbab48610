"""Rulings and norms as sentences that read aloud."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from proviso.rules.asking import OUTCOMES, WORDING, Answer, CheckQuestion
from proviso.rules.norms import HAPPENED_ACTS, Condition, Facts, FactValue, Force, Norm, Policy
from proviso.web import phrases
from proviso.web.welsh import put
from proviso.web.written import capped
from proviso.web.written import written as own_words

OUTCOME_WORDS = {
    "prohibited": _("Not allowed"),
    "discouraged": _("Advised against"),
    "caution": _("Take care"),
    "permitted": _("Allowed"),
    "required": _("Act now"),
    "undecided": _("A question first"),
    "not_covered": _("Not covered"),
    "information": _("Information"),
}
FORCE_WORDS = {
    "prohibited": _("Prohibited"),
    "discouraged": _("Advised against"),
    "caution": _("Take care"),
    "permitted": _("Permitted"),
    "required": _("Required"),
    "principle": _("Principle"),
    "info": _("Information"),
    "consequence": _("Consequence"),
}
RULINGS = {
    "prohibited": _("No. %(who)s may not %(deed)s."),
    "discouraged": _("Better not. The policy strongly advises %(whom)s not to %(deed)s."),
    "caution": _("Take great care. The policy does not forbid %(whom)s to %(deed)s, but it warns about it."),
    "permitted": _("Yes. %(who)s may %(deed)s."),
    "not_covered": _("The policy does not say whether %(whom)s may %(deed)s."),
}
RULINGS_YOU = {  # a verb of its own in some languages
    "prohibited": _("No. You may not %(deed)s."),
    "discouraged": _("Better not. The policy strongly advises you not to %(deed)s."),
    "caution": _("Take great care. The policy does not forbid you to %(deed)s, but it warns about it."),
    "permitted": _("Yes. You may %(deed)s."),
    "not_covered": _("The policy does not say whether you may %(deed)s."),
}
OPEN_WHO = _("It depends on who wants to do this.")
OPEN = {
    "who": _("It depends on who it is about."),
    "act": _("It depends on what it is about."),
    "with": _("It depends on who the other person is."),
    "through": _("It depends on the way that is used."),
    "when": _("It depends on the time of day."),
}
NORMS = {
    Force.PROHIBITED: _("%(who)s may not %(deed)s."),
    Force.DISCOURAGED: _("The policy strongly advises %(whom)s not to %(deed)s."),
    Force.CAUTION: _("The policy warns %(whom)s to take care before they %(deed)s."),
    Force.PERMITTED: _("%(who)s may %(deed)s."),
    Force.REQUIRED: _("For %(whom)s to %(deed)s, %(actor)s must do this: %(what)s."),
    Force.PRINCIPLE: _("To be kept in mind whenever the question is whether %(whom)s may %(deed)s."),
}
NORMS_HAPPENED = {
    Force.PERMITTED: _("When %(happening)s, this is offered to %(whom)s."),
    Force.REQUIRED: _("When %(happening)s, %(actor)s must do this: %(what)s."),
    Force.PRINCIPLE: _("To be kept in mind by %(whom)s when %(happening)s."),
    Force.CAUTION: _("When %(happening)s, the policy warns %(whom)s to take care."),
    Force.DISCOURAGED: _("When %(happening)s, the policy advises %(whom)s against it."),
    Force.PROHIBITED: _("When %(happening)s, the policy forbids it to %(whom)s."),
}
TO_YOU = {
    "receive": (_("You get a message, a comment or a request"), _("from %(with)s")),
    "suffer_abuse": (_("You are bullied, threatened or attacked online"), _("by %(with)s")),
    "see_abuse": (_("You learn of abuse or unsuitable contact online"), _("that concerns %(with)s")),
    "find_material": (_("You come upon indecent or unsuitable material"), ""),
}
CHECKED = {
    "permitted": _("It is allowed"),
    "caution": _("Take care: the policy warns about it"),
    "discouraged": _("Better not: the policy advises against it"),
    "prohibited": _("It is not allowed"),
    "required": _("There is something that I must do"),
    "nothing": _("There is nothing that I must do"),
}


def css(force: str) -> str:
    """Return the name of a force or outcome in the style sheet."""
    return {"info": "information", "consequence": "information", "not_covered": "not-covered"}.get(force, force)


def subject(answer: Answer) -> str:
    """Say who acts; whoever asks is *you* unless the question says who it is."""
    roles = listed(answer.facts.get("who"))
    return phrases.one_person("who", roles) if roles else gettext("you")


def ruling(answer: Answer) -> str:
    """Say the outcome of an answer in one sentence."""
    facts = answer.facts
    act = facts.get("act")
    if answer.outcome == "required":
        return _required(answer)
    if answer.outcome == "undecided" and answer.missing:
        wanted = answer.missing[0] == "who" and isinstance(act, str) and act not in HAPPENED_ACTS
        return gettext(OPEN_WHO if wanted else OPEN.get(answer.missing[0], OUTCOMES["undecided"]))
    if not isinstance(act, str) or act in HAPPENED_ACTS or answer.outcome not in RULINGS:
        return _fallback(answer, act)
    told = {name: value for name, value in facts.items() if name in _telling(answer, act)}
    around = phrases.circumstances(listed(told.get("through")), listed(told.get("when")))
    people = listed(facts.get("with"))
    deed = f"{phrases.deed([act], phrases.one_person('with', people) if people else '')} {around}".strip()
    so = [name for name, value in told.items() if value is True]
    if so:
        deed = put(gettext("%(deed)s where %(so)s"), deed=deed, so=phrases.both(phrases.flags(so)))
    if not listed(facts.get("who")):
        return put(gettext(RULINGS_YOU[answer.outcome]), deed=deed)
    who = subject(answer)
    return put(gettext(RULINGS[answer.outcome]), who=capfirst(who), whom=who, deed=deed)


def _telling(answer: Answer, act: str) -> set[str]:
    """Return the facts that belong in the sentence: those that its clauses turn on, and a time that was said."""
    policy = answer.policy.policy
    written = [norm for each in answer.clauses for norm in policy.clause(each).norms if norm.force.decides]
    norms = [norm for norm in written if act in policy.expand(dict(norm.when.values).get("act", (act,)))]
    turned_on = {fact for norm in norms for one in (norm.when, *norm.unless) for fact in phrases.mentioned(one)}
    said = {one.fact for one in answer.understood if not one.taken}
    return (turned_on | {"through"} | (said & {"when"})) - ({"through"} if act in phrases.WAYLESS else set())


def _fallback(answer: Answer, act: FactValue) -> str:
    if act in HAPPENED_ACTS and answer.outcome == "permitted":
        return put(gettext("There is help. The policy says what %(who)s may do."), who=subject(answer))
    return gettext(OUTCOMES.get(answer.outcome, OUTCOMES["undecided"]))


def _required(answer: Answer) -> str:
    own = sum(duty.of is None for duty in answer.ruling.duties)
    if not own:
        return gettext("Others must act now: make sure that they know.")
    frame = ngettext(
        "There is one thing that %(who)s must do.", "There are %(count)s things that %(who)s must do.", own
    )
    return put(frame, count=str(own), who=subject(answer))


def norm(written: Norm, policy: Policy) -> str:
    """Say what a norm says; where it turns on more than one flag, `conditions` lists them apart."""
    values = dict(written.when.values)
    acts = policy.expand(values.get("act", ()))
    happened = [act for act in acts if act in HAPPENED_ACTS]
    meant = [act for act in acts if act not in HAPPENED_ACTS]
    others = phrases.those(policy, values["with"], "with") if "with" in values else ""
    whom = _bound(policy, values.get("who", ()))
    around = phrases.circumstances(policy.expand(values.get("through", ())), policy.expand(values.get("when", ())))
    where = _where(written.when)
    deed = _joined(phrases.deed(meant, others), around, where)
    event = _joined(phrases.happening(happened, others), around, where) if happened else ""
    if happened and meant:
        either = put(gettext("the question is whether %(whom)s may %(deed)s"), whom=whom, deed=deed)
        event = phrases.either([either, event])
    parts = {
        "whom": whom,
        "who": capfirst(whom),
        "deed": deed,
        "happening": event,
        "actor": own_words(f"the {written.of}", policy) if written.of else whom,
        "what": own_words((written.what or "").rstrip("."), policy),
    }
    return capped(put(gettext((NORMS_HAPPENED if happened else NORMS)[written.force]), **parts))


def conditions(when: Condition) -> tuple[list[str], list[str]]:
    """Return the flags that must all be as said, and those of which one is enough, unless the sentence holds them."""
    if _lone(when):
        return [], []
    return phrases.flags(when.flags, when.no), phrases.flags(when.either)


def _lone(when: Condition) -> list[str]:
    told = phrases.flags((*when.flags, *when.either), when.no)
    return told if len(told) == 1 else []


def _where(when: Condition) -> list[str]:
    """Say on what a norm turns: its only flag, or the lists that follow."""
    every, one = conditions(when)
    if every and one:
        return [gettext("all of the first list is so and at least one of the second")]
    return [gettext("all of this is so")] if every else [gettext("at least one of these is so")] if one else _lone(when)


def _bound(policy: Policy, words: Sequence[str]) -> str:
    # "Everyone may not" would read as "not everyone may".
    if not words:
        return gettext("anybody")
    return gettext("people whom the policy binds") if list(words) == ["everyone"] else phrases.those(policy, words)


def _joined(core: str, around: str, where: Sequence[str]) -> str:
    core = f"{core} {around}".strip()
    return put(gettext("%(deed)s where %(so)s"), deed=core, so=where[0]) if where else core


def situation(facts: Facts) -> str:
    """Say a situation to whoever it happens to, in one sentence, without what comes of it."""
    act = facts.get("act")
    others = phrases.one_person("with", listed(facts.get("with"))) if listed(facts.get("with")) else ""
    ways = [] if act in phrases.WAYLESS else listed(facts.get("through"))
    so = [name for name, value in facts.items() if value is True]
    if act in TO_YOU:
        core, towards = (gettext(words) if words else "" for words in TO_YOU[str(act)])
        if act == "receive" and "friend_request" in so:
            core = gettext("You get a request to connect")
            so.remove("friend_request")
        core = f"{core} {put(towards, **{'with': others})}" if others and towards else core
    else:
        core = put(gettext("You want to %(deed)s"), deed=phrases.deed([act] if isinstance(act, str) else [], others))
    core = f"{core} {phrases.circumstances(ways, listed(facts.get('when')))}".strip()
    return put(gettext("%(deed)s, and %(so)s."), deed=core, so=phrases.both(phrases.flags(so))) if so else f"{core}."


def check_options(question: CheckQuestion) -> list[tuple[str, str]]:
    """Return the answers to a question that somebody signs by, in words."""
    return [(option, gettext(CHECKED[option])) for option in question.options]


def fact_key(fact: str) -> str:
    """Return a fact's name on a summary list: a word or two, or for a flag its question."""
    return gettext(phrases.FACTS.get(fact) or WORDING[fact].question)


def fact_value(fact: str, value: FactValue) -> str:
    """Return a fact's value in words."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    values = listed(value)
    return capfirst(phrases.both(phrases.choice(fact, each) for each in values)) if values else gettext("None of these")


def listed(value: FactValue) -> list[str]:
    """Return the values of a fact, none where it has none."""
    if isinstance(value, str):
        return [value]
    return [] if value is None or isinstance(value, bool) else list(value)
