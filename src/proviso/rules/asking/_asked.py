"""A question looked at from all sides: read by its words, placed among the questions of the bank."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._bank import Bank
from proviso.rules.asking._candidates import Asked
from proviso.rules.asking._clean import LONGEST, clean
from proviso.rules.asking._precedents import precedents_of
from proviso.rules.asking._understand import frame_for, understand
from proviso.rules.language import Frame, in_english, lexicon_in_use, opened, vector_of
from proviso.rules.norms import CompiledPolicy

_ELSEWHERE = 40


def asked_of(
    policy: CompiledPolicy, question: str, role: str | None, bank: Bank, vector: NDArray[np.float32] | None = None
) -> Asked:
    """Look at a question to a policy; `vector` is its vector where that is known already.

    Raises:
        QuestionError: nothing to read, or too much.
    """
    words = lexicon_in_use()
    cleaned = clean(question)
    english = in_english(cleaned, words.knows)
    text = words.speller.mend(opened(english or cleaned, LONGEST))
    if vector is None:
        vector = _meaning(cleaned, english)

    @cache
    def read(act: str) -> Frame:
        frame = frame_for(act, text, words, facts_of(policy, act), role)
        _name_channel(frame, cleaned, policy)
        return frame

    understanding = understand(text, words, lambda act: facts_of(policy, act), role)
    cosines = bank.vectors @ vector
    closest = np.argsort(-cosines, kind="stable")[:_ELSEWHERE]
    _name_channel(understanding.frame, cleaned, policy)
    precedents = precedents_of(policy, bank)
    return Asked(
        policy=policy,
        question=cleaned,
        english=english,
        role=role,
        understanding=understanding,
        read=read,
        audience=audience_of(policy, understanding.frame),
        vector=vector,
        nearest=precedents.nearest(f"{cleaned} {english or ''}", vector),
        model=precedents.model,
        elsewhere=tuple((bank.questions[each], float(cosines[each])) for each in closest),
    )


def _name_channel(frame: Frame, question: str, policy: CompiledPolicy) -> None:
    """Take the way that a question names as its school calls it: an app that was agreed is an agreed channel."""
    asked = question.lower()
    for way, names in policy.policy.channels.items():
        if any(name.lower() in asked for name in names if name):
            frame.facts["through"] = way
            frame.taken.discard("through")


def _meaning(cleaned: str, english: str | None) -> NDArray[np.float32]:
    """Return a question's vector; one in Welsh lies between its own words and the English for those that are known."""
    vector = vector_of(cleaned)
    if english is None:
        return vector
    both = vector + vector_of(english)
    unit: NDArray[np.float32] = both / np.linalg.norm(both)
    return unit


def audience_of(policy: CompiledPolicy, frame: Frame) -> tuple[str, ...]:
    """Return the roles that an answer is for where a question does not say who asks."""
    known = policy.vocabulary
    staff, seldom = known.values_with("who", "staff"), known.values_with("who", "seldom_asks")
    covered = policy.policy.expand(policy.policy.covers)
    roles = [role for role in covered if (role in staff if frame.staff else role not in seldom)]
    return tuple(role for role in roles if not (frame.adult and role == "pupil"))


@lru_cache(maxsize=512)
def facts_of(policy: CompiledPolicy, act: str) -> tuple[str, ...]:
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
