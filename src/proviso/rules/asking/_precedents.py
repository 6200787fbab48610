"""The questions of the bank that lie nearest to a new one, and what they say about clauses, outcomes and kinds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._bank import Bank, Precedent
from proviso.rules.language import Nearness, Retrieval, vectors_of
from proviso.rules.norms import CompiledPolicy

_LOOKED_AT = 40  # of the nearest texts
_VOTING = 12
_CLAUSES_OF_ONE = 2  # a question speaks for the clause that decides, and half as much for the next
_OUTCOMES_OF = 10


@dataclass(slots=True)
class ClauseScore:
    """How much speaks for a clause: its rank among clauses, the best likeness of its texts, its share of votes."""

    rank: int
    cosine: float = 0.0
    words: float = 0.0
    vote: float = 0.0


@dataclass(frozen=True)
class Nearest:
    """What lies nearest to a question: scores by clause, and how often each outcome was right nearby."""

    clauses: dict[str, ClauseScore]
    outcomes: dict[str, float]
    precedents: tuple[Precedent, ...] = field(default=())


class Precedents:
    """What the bank holds for one policy: questions about its clauses, and its clauses that have none."""

    def __init__(self, bank: Bank, clauses: dict[str, str]) -> None:
        self.model = _model_of(clauses, bank)
        numbers = [number for number, each in enumerate(bank.questions) if _fits(each, clauses, self.model)]
        self._questions = [bank.questions[number] for number in numbers]
        asked_about = {clause for each in self._questions for clause in each.clauses}
        unasked = {clause: text for clause, text in clauses.items() if clause not in asked_about}
        self._clauses: list[tuple[str, ...]] = [each.clauses for each in self._questions] + [
            (each,) for each in unasked
        ]
        vectors = [bank.vectors[numbers]] + ([vectors_of(unasked.values())] if unasked else [])
        self._retrieval = Retrieval(
            [each.question for each in self._questions] + list(unasked.values()), np.vstack(vectors)
        )

    def nearest(self, text: str, vector: NDArray[np.float32]) -> Nearest:
        """Return what lies nearest to a question whose vector is given."""
        near = self._retrieval.nearness(text, vector)
        order = [int(each) for each in np.argsort(-near.fused, kind="stable")[:_LOOKED_AT]]
        questions = [self._questions[each] for each in order if each < len(self._questions)]
        outcomes: dict[str, float] = defaultdict(float)
        for each in questions[:_OUTCOMES_OF]:
            outcomes[each.outcome] += 1 / min(_OUTCOMES_OF, len(questions))
        return Nearest(self._scores(near, order), outcomes, tuple(questions))

    def _scores(self, near: Nearness, order: list[int]) -> dict[str, ClauseScore]:
        scores: dict[str, ClauseScore] = {}
        total = float(near.fused[order[:_VOTING]].sum())
        for position, row in enumerate(order):
            for place, clause in enumerate(self._clauses[row][:_CLAUSES_OF_ONE]):
                score = scores.setdefault(clause, ClauseScore(rank=len(scores)))
                score.cosine = max(score.cosine, float(near.cosines[row]))
                score.words = max(score.words, float(near.words[row]))
                if position < _VOTING:
                    score.vote += float(near.fused[row]) / total / (1 + place)
        return scores


def _fits(question: Precedent, clauses: dict[str, str], model: str) -> bool:
    """Whether a question is of use: its clauses are this policy's, or it has none and was put to the same model."""
    if question.clauses:
        return all(clause in clauses for clause in question.clauses)
    return question.policy == model or question.outcome == "outside"


@lru_cache(maxsize=256)
def precedents_of(policy: CompiledPolicy, bank: Bank) -> Precedents:
    """Return what the bank holds for a policy; schools that adopted one model differ in few clauses."""
    clauses = {clause.id: f"{clause.at}. {clause.text}" for clause in policy.policy.clauses}
    return Precedents(bank, clauses)


def _model_of(clauses: dict[str, str], bank: Bank) -> str:
    """Return the model whose questions speak of most of a policy's clauses."""
    shared: dict[str, int] = defaultdict(int)
    for question in bank.questions:
        if question.clauses and question.clauses[0] in clauses:
            shared[question.policy] += 1
    return max(shared, key=lambda model: shared[model], default="")
