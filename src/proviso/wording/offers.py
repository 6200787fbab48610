"""What a question may have meant: a situation, or what some clauses speak of, in a sentence with its verdict."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.rules.answers import Answer, Offer
from proviso.rules.norms import FactValue, Policy
from proviso.wording import outcomes, phrases
from proviso.wording.localised import clause_words
from proviso.wording.phrases import listed
from proviso.wording.situations import situation

MOST = 3
_SHORT = 90  # characters of a clause that has no topic


@dataclass(frozen=True)
class OfferInWords:
    """A situation to choose, or what clauses speak of, with the outcome that it would get.

    `facts` are the situation's; where there is no act, `clauses` are those that inform.
    """

    sentence: str
    outcome: str
    word: str
    facts: Mapping[str, FactValue]
    clauses: tuple[str, ...]


def offers(answer: Answer, reader: Collection[str] = ()) -> tuple[OfferInWords, ...]:
    """Say what a question may have meant, likeliest first, at most three, none twice.

    `reader` are the reader's own roles (values of `who`), which need not be said.
    """
    policy = answer.policy.policy
    by_sentence: dict[str, Offer] = {}
    for offer in answer.offers:
        by_sentence.setdefault(_sentence(offer, policy, reader), offer)
    return tuple(
        OfferInWords(sentence, offer.outcome, outcomes.outcome(offer.outcome), offer.facts, offer.clauses)
        for sentence, offer in [*by_sentence.items()][:MOST]
    )


def _sentence(offer: Offer, policy: Policy, reader: Collection[str]) -> str:
    if offer.facts.get("act") is None:
        return _about(offer, policy)
    who = listed(offer.facts.get("who"))
    sentence = situation(offer.facts)
    if set(who) <= set(reader):
        return sentence
    return phrases.put(gettext("For %(who)s: %(situation)s"), who=phrases.one_person("who", who), situation=sentence)


def _about(offer: Offer, policy: Policy) -> str:
    """Say what the first of an offer's clauses speaks of."""
    if not offer.clauses:
        return gettext("What the policy says")
    clause = policy.clause(offer.clauses[0])
    if clause.topics:
        return phrases.put(gettext("What the policy says about %(topic)s"), topic=phrases.topic(clause.topics[0]))
    words = clause_words(clause)
    return capfirst(words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " …")
