"""Situations and facts, as sentences and in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.answers import Answer
from proviso.rules.norms import Among, ChangedAnswer, Facts, FactValue
from proviso.rules.rulebook import vocabulary
from proviso.wording import phrases
from proviso.wording.phrases import listed
from proviso.wording.welsh_grammar import put


def situation(facts: Facts) -> str:
    """Say a situation to whoever it happens to, in one sentence, without what comes of it."""
    act = facts.get("act")
    others = phrases.one_person("with", listed(facts.get("with"))) if listed(facts.get("with")) else ""
    ways = [] if phrases.has_trait("act", act, "wayless") else listed(facts.get("through"))
    so = [name for name, value in facts.items() if value is True]
    if isinstance(act, str) and vocabulary().has_happened(act):
        core, towards = (phrases.value_words("act", act, name) for name in ("to_you", "to_you_towards"))
        if act == "receive" and "friend_request" in so:
            core = gettext("You get a request to connect")
            so.remove("friend_request")
        core = f"{core} {put(towards, **{'with': others})}" if others and towards else core
    else:
        core = put(gettext("You want to %(deed)s"), deed=phrases.deed([act] if isinstance(act, str) else [], others))
    core = f"{core} {phrases.circumstances(ways, listed(facts.get('when')))}".strip()
    clauses = [*phrases.flags(so), *phrases.harms(listed(facts.get("harmed")), listed(facts.get("harm")))]
    return put(gettext("%(deed)s, and %(so)s."), deed=core, so=phrases.both(clauses)) if clauses else f"{core}."


@dataclass(frozen=True)
class FactInWords:
    """A fact as a question was understood, its name and value in words; `taken` says that it was supposed."""

    fact: str
    key: str
    value: str
    taken: bool


def understood(answer: Answer) -> tuple[FactInWords, ...]:
    """Return the facts of an answer in words, in the order in which they were understood."""
    return tuple(
        FactInWords(known.fact, fact_key(known.fact), fact_value(known.fact, known.value), known.taken)
        for known in answer.understood
    )


def fact_key(fact: str) -> str:
    """Return a fact's name on a summary list: a word or two, or for a flag its question."""
    return phrases.fact_words(fact, "heading", "question")


def fact_value(fact: str, value: FactValue) -> str:
    """Return a fact's value in words."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    values = listed(value)
    return capfirst(phrases.both(phrases.choice(fact, each) for each in values)) if values else gettext("None of these")


def changed(change: ChangedAnswer) -> str:
    """Say the situations of a changed answer in one sentence."""
    among = {of_fact.fact: of_fact for of_fact in change.where}
    people = _people(among.get("who"), "who") or gettext("anybody")
    others = _people(among.get("with"), "with")
    acts = among["act"].values if "act" in among and not among["act"].but_not else ()
    happened = [act for act in acts if vocabulary().has_happened(act)]
    deed = phrases.happening(happened, others) if happened else phrases.deed(acts, others)
    around = " ".join(part for part in (_circumstance(among.get("through")), _circumstance(among.get("when"))) if part)
    flags = [*phrases.flags(change.flags), *([phrases.any_of(change.either)] if change.either else [])]
    sentence = gettext("%(who)s: %(deed)s") % {"who": people, "deed": f"{deed} {around}".strip()}
    return capfirst(
        gettext("%(told)s, where %(so)s") % {"told": sentence, "so": phrases.both(flags)} if flags else sentence
    )


def _people(among: Among | None, fact: str) -> str:
    if among is None:
        return ""
    named = phrases.people(fact, among.values)
    return gettext("anybody but %(people)s") % {"people": named} if among.but_not else named


def _circumstance(among: Among | None) -> str:
    if among is None:
        return ""
    ways = (
        phrases.circumstances(among.values, ()) if among.fact == "through" else phrases.circumstances((), among.values)
    )
    return gettext("(but not %(ways)s)") % {"ways": ways} if among.but_not else ways
