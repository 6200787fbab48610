"""A question in plain words, answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from proviso.rules.answers import Answer, Confidence, Offer, Understood, answer_understood
from proviso.rules.asking._asked import asked_of
from proviso.rules.asking._bank import bank
from proviso.rules.asking._candidates import Asked, Candidate, candidates
from proviso.rules.asking._clean import QuestionError, clean
from proviso.rules.asking._learned import heads, trees
from proviso.rules.language import signs_of_harm, stems
from proviso.rules.norms import CompiledPolicy, FactError, FactValue, nearest

# From these shares of probability on the likeliest answer is given; below, situations are offered. Chosen on the sets
# that are kept apart, so that few answers are confidently wrong; it takes least to show what the policy says.
SURE = {
    "information": 0.25,
    "prohibited": 0.65,
    "discouraged": 0.5,
    "outside": 0.5,
    "required": 0.5,
    "caution": 0.7,
    "not_covered": 0.65,
    "permitted": 0.5,
    "undecided": 0.4,
}
MOST_OFFERS = 3
FOUND = 0.5  # from this score on a clause is what somebody searched for


def ask(
    policy: CompiledPolicy,
    question: str,
    as_role: str | None = None,
    on: date | None = None,
    harm: Iterable[str] = (),
) -> Answer:
    """Answer a question put in plain words, English or Welsh.

    `as_role` is who asks (a value of `who`), where that is known; words that say otherwise
    come first. Flags that are left unsaid are taken as no, and the answer says what would
    change it. `harm` are signs of harm that were recognised elsewhere (values of `harm`); those in the question
    are recognised here. Whatever else is understood, the answer begins with what protects a child.

    Raises:
        QuestionError: nothing to read, or too much.
        FactError: `as_role` is no value of `who`, or `harm` names no sign.
    """
    roles = policy.vocabulary.facts["who"].values
    if as_role is not None and as_role not in roles:
        raise FactError(f"unknown role `{as_role}`{nearest(as_role, roles)}: one of {', '.join(roles)}")
    cleaned = clean(question)
    asked = asked_of(policy, cleaned, as_role, bank())
    signs = _in_order({*harm, *_signs(asked)}, policy)
    proposed = candidates(asked, heads())
    shares = trees().shares([candidate.features for candidate in proposed])
    ranked = sorted(zip(shares, range(len(proposed)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    share, best = ranked[0][0], proposed[ranked[0][1]]
    # Where a child may be harmed, nobody is told that the policy has nothing to say.
    if share >= SURE[best.outcome] and not (signs and best.outcome in ("not_covered", "outside")):
        return _answer(asked, best, cleaned, signs, on)
    offers = _offers([proposed[number] for _share, number in ranked])
    unsure = replace(_answer(asked, None, cleaned, signs, on), outcome="undecided", missing=("act",), offers=offers)
    return replace(unsure, confidence=Confidence.UNSURE)


def _signs(asked: Asked) -> Iterable[str]:
    """Return the signs of harm in a question: in its own words, and in English where most of them are known."""
    by_adult = _works_here(asked)
    signs = signs_of_harm(asked.question, by_adult=by_adult)
    english = asked.english or ""
    if 2 * len(english.split()) > len(asked.question.split()):
        signs += signs_of_harm(english, by_adult=by_adult)
    return signs


def _works_here(asked: Asked) -> bool:
    """Whether whoever asks is known, and works in or for the school: an adult."""
    who = asked.role or asked.understanding.frame.facts.get("who")
    roles = {who} if isinstance(who, str) else set(who) if isinstance(who, list) else set()
    return bool(roles) and roles <= {*asked.policy.vocabulary.values_with("who", "works")}


def _answer(asked: Asked, best: Candidate | None, question: str, signs: Sequence[str], on: date | None) -> Answer:
    """Answer as a candidate proposes; None proposes nothing, and what is left is what the signs of harm call for."""
    facts = best.answer.understood if best is not None and best.answer is not None else ()
    frame = asked.understanding.frame
    understood = tuple(replace(known, taken=_supposed(known, asked)) for known in facts)
    if not understood and "who" in frame.facts:
        understood = (Understood("who", frame.facts["who"], "who" in frame.taken),)
    if signs:
        understood = (*understood, Understood("harm", list(signs), taken=True))
    answer = answer_understood(asked.policy, question, understood, asked.audience, on)
    if best is None or best.answer is not None:
        return answer
    bare = replace(answer, outcome=best.outcome, so_long_as=(), unless=(), missing=(), audience=())
    if best.kind == "outside":
        return replace(bare, confidence=Confidence.NO)
    return replace(bare, information=best.clauses)


def _supposed(known: Understood, asked: Asked) -> bool:
    """Whether a fact was supposed: by the reading, or because it comes from a question like this one."""
    act = asked.understanding.frame.facts.get("act")
    frame = asked.understanding.frame if act is None else asked.read(str(act))
    return known.fact in frame.taken or frame.facts.get(known.fact) != known.value


def _offers(ranked: Sequence[Candidate]) -> tuple[Offer, ...]:
    """Return what the question may have meant: the likeliest candidates that differ in what they cite."""
    offers: list[Offer] = []
    cited: set[tuple[str, ...]] = set()
    for candidate in ranked:
        clauses = candidate.deciding[:2]
        if not clauses or clauses[:1] in cited:
            continue
        cited.add(clauses[:1])
        facts: dict[str, FactValue] = dict(candidate.facts)
        offers.append(Offer(candidate.outcome, candidate.deciding, facts))
        if len(offers) == MOST_OFFERS:
            break
    return tuple(offers)


def _in_order(harm: Iterable[str], policy: CompiledPolicy) -> list[str]:
    """Return signs of harm in the vocabulary's order, each once; a sign that there is not is an error."""
    named, known = set(harm), policy.vocabulary.facts["harm"].values
    for sign in sorted(named - {*known}):
        raise FactError(f"unknown sign of harm `{sign}`{nearest(sign, known)}: one of {', '.join(known)}")
    return [sign for sign in known if sign in named]


def search(policy: CompiledPolicy, words: str) -> tuple[str, ...]:
    """Return the clauses that some words are about, the nearest first: by stems, by meaning, and by what people ask.

    Nothing but signs, or too much, finds nothing.
    """
    try:
        asked = asked_of(policy, words, None, bank())
    except QuestionError:
        return ()
    among = {clause.id for clause in policy.policy.clauses}
    shares = heads().clauses.shares(asked.vector, among)
    wanted = set(stems(words))
    scores = {clause: score.vote for clause, score in asked.nearest.clauses.items()}
    for clause in policy.policy.clauses:
        shared = wanted & set(stems(f"{clause.at} {clause.text}"))
        if shared or clause.id in scores:  # the head alone is sure of some clause, whatever the words are
            score = scores.get(clause.id, 0.0) + shares.get(clause.id, 0.0) + len(shared) / max(1, len(wanted))
            scores[clause.id] = score
    ranked = sorted(scores, key=lambda clause: -scores[clause])
    return tuple(clause for clause in ranked if scores[clause] >= FOUND)
