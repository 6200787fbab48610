"""A question in plain words, answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from proviso.rules.asking._answer import Answer, Nearest, Understood, answer_understood
from proviso.rules.asking._clean import LONGEST, clean
from proviso.rules.asking._files import LEXICONS
from proviso.rules.asking._information import clauses_about, topics_asked
from proviso.rules.asking._understand import NO_ACT, Understanding, understand
from proviso.rules.language import Frame, in_english, lexicon_in_use, opened, read_lexicon
from proviso.rules.norms import CompiledPolicy, FactError, FactValue, Phrase, nearest

_MOST_NEAREST = 5
# Somebody who wants to know whether they may do something, not what may become of them.
_PERMISSION = re.compile(
    r"\b(?:can|may|could|shall) (?:i|we)\b(?! (?:be|get|lose|see who|ask|look at|read|find|complain))"
)
# Below this share of probability the likeliest act is no more than a guess.
LEAST_SURE = 0.25
HARDLY, UNSURE, SURE = 0.02, 0.1, 0.5


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
    change it. `harm` are signs of harm that were recognised in the question (values of `harm`):
    whatever else is understood, the answer begins with what protects a child.

    Raises:
        QuestionError: nothing to read, or too much.
        FactError: `as_role` is no value of `who`.
    """
    roles = policy.vocabulary.facts["who"].values
    if as_role is not None and as_role not in roles:
        raise FactError(f"unknown role `{as_role}`{nearest(as_role, roles)}: one of {', '.join(roles)}")
    cleaned = clean(question)
    words = lexicon_in_use()
    text = words.speller.mend(opened(in_english(cleaned, words.knows) or cleaned, LONGEST))
    signs = _in_order(harm, policy)
    understood = understand(text, words, lambda act: _facts_of(policy, act), as_role)
    kind, sure = understood.likely[0]
    to_the_point = understood.sentence.to_the_point or sure > SURE
    if to_the_point and (kind == "information" or _may_inform(understood, policy)):
        clauses = clauses_about(policy, topics_asked(text, understood.sentence.tagged), text)
        if clauses:
            answer = _answer(policy, cleaned, _with_signs(understood.frame, signs), on)
            told = replace(answer, outcome="information", information=clauses)
            return replace(told, so_long_as=(), unless=(), missing=(), audience=())
    if kind in NO_ACT or sure < LEAST_SURE or not understood.sentence.to_the_point:
        answer = _answer(policy, cleaned, _with_signs(Frame(), signs), on)
        unsure = replace(answer, outcome="undecided", missing=("act",), nearest=_nearest(understood))
        return replace(unsure, so_long_as=(), unless=(), audience=())
    return _answer(policy, cleaned, _with_signs(understood.frame, signs), on)


def _in_order(harm: Iterable[str], policy: CompiledPolicy) -> list[str]:
    """Return signs of harm in the vocabulary's order, each once; a sign that there is not is an error."""
    named, known = set(harm), policy.vocabulary.facts["harm"].values
    for sign in sorted(named - {*known}):
        raise FactError(f"unknown sign of harm `{sign}`{nearest(sign, known)}: one of {', '.join(known)}")
    return [sign for sign in known if sign in named]


def _with_signs(frame: Frame, signs: list[str]) -> Frame:
    """Put the signs of harm among the facts of a question; they were recognised, not said."""
    if signs:
        frame.facts["harm"] = signs
        frame.taken.add("harm")
    return frame


def _may_inform(understood: Understanding, policy: CompiledPolicy) -> bool:
    """Whether a question is put as one about the policy, and no act is surer."""
    kind, sure = understood.likely[0]
    informs = dict(understood.likely)["information"]
    happened = understood.sentence.what_now and policy.vocabulary.has_happened(kind)
    if happened or _PERMISSION.search(understood.sentence.text) or not understood.sentence.about_policy:
        return False
    doubtful = (kind == "none" or sure < SURE) and informs > HARDLY and understood.sentence.speaks_of("policy")
    return doubtful or informs > UNSURE


def _answer(policy: CompiledPolicy, question: str, frame: Frame, on: date | None) -> Answer:
    understood = tuple(Understood(name, value, name in frame.taken) for name, value in frame.facts.items())
    covered = policy.policy.expand(policy.policy.covers)
    known = policy.vocabulary
    staff, seldom = known.values_with("who", "staff"), known.values_with("who", "seldom_asks")
    audience = [role for role in covered if (role in staff if frame.staff else role not in seldom)]
    if frame.adult:
        audience = [role for role in audience if role != "pupil"]
    return answer_understood(policy, question, understood, tuple(audience), on)


@lru_cache(maxsize=512)
def _facts_of(policy: CompiledPolicy, act: str) -> tuple[str, ...]:
    """Return the facts that some norm of a policy about an act mentions."""
    acts, bit = policy.acts, policy.vocabulary.bit("act", act)
    bits = 0
    for compiled in policy.norms:
        if compiled.masks.bits & acts and not compiled.masks.bits & bit:
            continue
        bits |= compiled.masks.bits
        for exception, _bit in compiled.exceptions:
            bits |= exception.bits
    return policy.vocabulary.names(bits)


def _nearest(understood: Understanding) -> tuple[Nearest, ...]:
    """Return the situations nearest to a question that was not understood, by the acts that it is likeliest about."""
    likely = understood.likely if understood.sentence.to_the_point else ()
    rank = {act: position for position, (act, _share) in enumerate(likely)}
    tagged = set(understood.sentence.tagged.split())
    scored = sorted(
        (rank.get(str(situation.facts["act"]), len(rank)), -len(tagged & situation.clues), position)
        for position, situation in enumerate(_situations())
    )
    nearest_first = (_situations()[position] for *_, position in scored[:_MOST_NEAREST])
    return tuple(Nearest(situation.sentence, situation.facts) for situation in nearest_first)


@dataclass(frozen=True, slots=True)
class _Situation:
    """A situation to choose from, and the tags and words that speak for it."""

    sentence: Phrase
    clues: frozenset[str]
    facts: dict[str, FactValue]


@cache
def _situations() -> tuple[_Situation, ...]:
    return tuple(
        _Situation(Phrase(**entry["sentence"]), frozenset(entry["clues"].split()), entry["facts"])
        for entry in read_lexicon(LEXICONS / "situations.yaml")
    )
