"""Situations and facts, as sentences and in words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.answers import Answer
from proviso.rules.norms import Among, ChangedAnswer, DifferentAnswer, Facts, FactValue
from proviso.rules.rulebook import vocabulary
from proviso.wording import phrases
from proviso.wording.phrases import listed


def situation(facts: Facts) -> str:
    """Say a situation to whoever it happens to, in one sentence, without what comes of it."""
    parts = phrases.parts(facts)
    core = parts.event or phrases.put(gettext("You want to %(deed)s"), deed=parts.deed)
    so = phrases.both((*parts.so, *parts.harms))
    return phrases.put(gettext("%(deed)s, and %(so)s."), deed=core, so=so) if so else f"{core}."


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


def changed(change: ChangedAnswer | DifferentAnswer) -> str:
    """Say the situations of a changed answer, or of one that differs, in one sentence."""
    among = {of_fact.fact: of_fact for of_fact in change.where}
    people = _people(among.get("who"), "who") or gettext("anybody")
    others = _people(among.get("with"), "with")
    acts = among["act"].values if "act" in among and not among["act"].but_not else ()
    happened = [act for act in acts if vocabulary().has_happened(act)]
    around = " ".join(filter(None, (_circumstance(among.get("through")), _circumstance(among.get("when")))))
    deed = phrases.happening(happened, others, around) if happened else phrases.deed(acts, others, around)
    harmed, harm = (among[fact].values if fact in among else () for fact in ("harmed", "harm"))
    flags = (*phrases.flags(change.flags), phrases.either(phrases.flags(change.either)))
    so = phrases.both(filter(None, (*flags, *phrases.harms(harmed, harm))))
    sentence = gettext("%(who)s: %(deed)s") % {"who": people, "deed": deed}
    return capfirst(gettext("%(told)s, where %(so)s") % {"told": sentence, "so": so} if so else sentence)


def _people(among: Among | None, fact: str) -> str:
    if among is None:
        return ""
    named = phrases.one_person(fact, among.values) if among.at_once else phrases.people(fact, among.values)
    return gettext("anybody but %(people)s") % {"people": named} if among.but_not else named


def _circumstance(among: Among | None) -> str:
    if among is None:
        return ""
    ways = (
        phrases.circumstances(among.values, ()) if among.fact == "through" else phrases.circumstances((), among.values)
    )
    return gettext("(but not %(ways)s)") % {"ways": ways} if among.but_not else ways
