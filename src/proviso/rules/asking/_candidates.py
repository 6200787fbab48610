"""What a question might be answered with, and what speaks for each: readings, precedents and clauses check one
another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from proviso.rules.answers import Answer, Understood, answer_understood
from proviso.rules.asking._bank import Precedent
from proviso.rules.asking._learned import Heads, said
from proviso.rules.asking._precedents import ClauseScore, Nearest
from proviso.rules.asking._understand import NO_ACT, Understanding
from proviso.rules.language import Frame
from proviso.rules.norms import CompiledPolicy, FactError, FactValue, Unsaid

_ACTS_READ, _ACTS_LEARNED, _ACTS_HEARD, _PRECEDENTS = 2, 3, 3, 8
_HEARD, _UNHEARD = 0.5, 0.1  # from this share on a fact is heard; below the other, what was read is doubted
MOST_INFORMING = 4
_CLAUSES_ALONE = 3
_LEAST = 1e-3
BESIDE = ("not_covered", "outside")  # what a question may be about instead of any clause
ABOUT = ("information", "duty", *BESIDE)  # what may be asked instead of whether something may be done


@dataclass
class Candidate:
    """Something that might be the answer.

    `kind`: a `ruling` on facts, `information` (clauses that speak of it), a `clause` that says it by itself, `silent`
    (the policy does not deal
    with it) or `outside` (no policy of this kind would). `sources` say who proposes it, `features` what speaks for it.
    """

    kind: str
    outcome: str
    clauses: tuple[str, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    answer: Answer | None = None
    sources: set[str] = field(default_factory=set)
    features: dict[str, float] = field(default_factory=dict)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The clauses that decide, or all that are cited where none does."""
        decided = self.answer.clauses if self.answer else ()
        return decided or self.clauses


@dataclass(frozen=True)
class Asked:
    """A question as everything that looks at it finds it.

    `read` gives the frame for an act; `audience` are the roles asked for where the question does not say who.
    """

    policy: CompiledPolicy
    question: str
    english: str | None  # the question in English where it is in Welsh, as far as its words are known
    role: str | None
    understanding: Understanding
    read: Callable[[str], Frame]
    audience: tuple[str, ...]
    vector: NDArray[np.float32]
    nearest: Nearest
    model: str  # whose questions the policy's clauses are in the bank for
    elsewhere: tuple[tuple[Precedent, float], ...]  # nearest of the whole bank, with cosines


def candidates(asked: Asked, heads: Heads) -> list[Candidate]:
    """Return everything that might be the answer, each once, with its features."""
    kinds = heads.kinds.shares(asked.vector)
    heard = heads.facts.each(asked.vector)
    among = {clause.id for clause in asked.policy.policy.clauses} | {f"{asked.model} {beside}" for beside in BESIDE}
    clauses = heads.clauses.shares(asked.vector, among)
    proposed: dict[tuple[str, str, tuple[str, ...]], Candidate] = {}
    for candidate, source in _proposals(asked, kinds, heard, clauses):
        key = (candidate.kind, candidate.outcome, tuple(sorted(candidate.clauses)))
        proposed.setdefault(key, candidate).sources.add(source)
    weigh = _Weighing(asked, kinds, heard, clauses)
    for candidate in proposed.values():
        candidate.features = weigh.features(candidate)
    return list(proposed.values())


def _proposals(
    asked: Asked, kinds: Mapping[str, float], heard: Mapping[str, float], clauses: Mapping[str, float]
) -> Iterator[tuple[Candidate, str]]:
    for facts, source in _situations(asked, kinds, heard):
        ruled = _ruled(asked, facts)
        if ruled is not None:
            yield ruled, source
    ranked = _ranked(asked, clauses)
    yield Candidate("information", "information", tuple(ranked[:MOST_INFORMING])), "clauses"
    force = {clause.id: clause.force for clause in asked.policy.policy.clauses}
    for clause in ranked[:_CLAUSES_ALONE]:
        if force[clause] not in ("info", "principle", "consequence"):
            yield Candidate("clause", force[clause], (clause,)), "clauses"
    yield Candidate("silent", "not_covered", ()), "nothing"
    yield Candidate("outside", "outside", ()), "nothing"


def _ranked(asked: Asked, clauses: Mapping[str, float]) -> list[str]:
    """Return the clauses that speak to the question, the likeliest first, by both precedents and the encoder's head."""
    votes = {clause: score.vote for clause, score in asked.nearest.clauses.items()}
    for clause, share in clauses.items():
        if " " not in clause and share > _LEAST:
            votes[clause] = votes.get(clause, 0.0) + share
    return sorted(votes, key=lambda clause: -votes[clause])


def _situations(
    asked: Asked, acts: Mapping[str, float], heard: Mapping[str, float]
) -> Iterator[tuple[Mapping[str, FactValue], str]]:
    """Yield what the question may say, as facts: read by each likely act, by words alone and with what the encoder
    hears in them, and as the nearest precedents have it.
    """
    known = asked.policy.vocabulary.facts["act"].values
    read = [act for act, _share in asked.understanding.likely if act not in NO_ACT][:_ACTS_READ]
    learned = sorted((act for act in acts if act in known), key=lambda act: -acts[act])[:_ACTS_LEARNED]
    for number, act in enumerate(dict.fromkeys([*read, *learned])):
        yield asked.read(act).facts, f"read {number}"
    for number, act in enumerate(dict.fromkeys([*learned[:2], *read[:1]][:_ACTS_HEARD])):
        frame = asked.read(act)
        yield _as_heard(frame, heard, doubting=False), f"heard {number}"
        yield _as_heard(frame, heard, doubting=True), f"heard alone {number}"
    alike = [each for each, _cosine in asked.elsewhere if each.act][:_PRECEDENTS]
    for number, precedent in enumerate(alike):
        frame = asked.read(precedent.act)
        yield _as_said(precedent.facts, frame, asked.policy), f"precedent {number}"


def _as_heard(frame: Frame, heard: Mapping[str, float], *, doubting: bool) -> dict[str, FactValue]:
    """Return the facts of a reading with those that the encoder hears in the question itself.

    What was read stands, unless it is `doubting` and the encoder hears nothing of it.
    """
    facts = dict(frame.facts)
    if doubting:
        unheard = {name for name in said(facts) if heard.get(name, 1.0) < _UNHEARD}
        facts = {name: value for name, value in facts.items() if unheard.isdisjoint(said({name: value}))}
    read = {name for name in facts if name not in frame.taken}
    for name in sorted((name for name in heard if heard[name] >= _HEARD), key=lambda name: heard[name]):
        fact, _, value = name.partition(" ")
        if fact not in read:  # of several values the one heard best comes last, and stays
            facts[fact] = ([value] if fact in ("with", "harmed") else value) if value else True
    return facts


def _as_said(precedent: Mapping[str, FactValue], frame: Frame, policy: CompiledPolicy) -> dict[str, FactValue]:
    """Return the facts of a precedent as far as the question may be taken to say them.

    What the question says itself stands. What would make an answer milder (a family tie, permission) is never taken
    from a question that is only like it, nor is who acts.
    """
    known = policy.vocabulary.facts
    stated = {name: value for name, value in frame.facts.items() if name not in frame.taken}
    supposed = {name: value for name, value in frame.facts.items() if name in frame.taken}
    alike = {
        name: value
        for name, value in precedent.items()
        if name != "who" and not (value is True and known[name].unsaid is Unsaid.UNLESS)
    }
    return {**supposed, **alike, **stated}


def _ruled(asked: Asked, facts: Mapping[str, FactValue]) -> Candidate | None:
    """Rule on facts; facts that cannot stand together propose nothing."""
    completed = dict(facts)
    if asked.role and "who" not in completed:
        completed["who"] = [asked.role]
    understood = tuple(Understood(name, value) for name, value in completed.items())
    try:
        answer = answer_understood(asked.policy, "", understood, asked.audience, None)
    except FactError:
        return None
    cited = dict.fromkeys([*answer.clauses, *(duty.clause for duty in answer.ruling.duties), *answer.ruling.support])
    return Candidate("ruling", answer.outcome, tuple(cited), completed, answer)


class _Weighing:
    """What speaks for each candidate, as numbers."""

    def __init__(
        self, asked: Asked, kinds: Mapping[str, float], heard: Mapping[str, float], clauses: Mapping[str, float]
    ) -> None:
        self._asked, self._kinds, self._heard, self._clauses = asked, kinds, heard, clauses
        self._about = {kind: kinds.get(kind, 0.0) for kind in ABOUT}
        self._about["act"] = 1 - sum(self._about.values())
        self._read = dict(asked.understanding.likely)
        self._closest = max((cosine for _each, cosine in asked.elsewhere), default=0.0)
        self._likest: dict[str, float] = {}
        for each, cosine in asked.elsewhere:
            self._likest[each.outcome] = max(self._likest.get(each.outcome, 0.0), cosine)
        few = asked.elsewhere[:15]
        self._often = {outcome: _share(each.outcome == outcome for each, _ in few) for outcome in self._likest}

    def features(self, candidate: Candidate) -> dict[str, float]:
        """Return a candidate's features by name."""
        kind, act = candidate.kind, str(candidate.facts.get("act", ""))
        values = {f"kind {kind}": 1.0, f"outcome {candidate.outcome}": 1.0, f"closest for {kind}": self._closest}
        values |= self._of_clauses(candidate)
        values |= self._of_facts(candidate)
        values |= {f"{name} for {kind}": share for name, share in self._about.items()}
        values |= {f"from {source}": 1.0 for source in candidate.sources if source.endswith((" 0", " 1", " 2"))}
        values["sources"] = len(candidate.sources) / 8
        values["facts"] = len(candidate.facts) / 5
        values["outcome nearby"] = self._asked.nearest.outcomes.get(candidate.outcome, 0.0)
        values["outcome often"] = self._often.get(candidate.outcome, 0.0)
        values["outcome likest"] = self._likest.get(candidate.outcome, 0.0) - self._closest
        if act:
            values["act learned"] = math.log(self._kinds.get(act, 0.0) + _LEAST)
            values["act read"] = math.log(self._read.get(act, 0.0) + _LEAST)
        if kind == "information":
            values["information read"] = self._read.get("information", 0.0)
        if kind in ("silent", "outside"):
            values["none read"] = self._read.get("none", 0.0)
        return values

    def _of_clauses(self, candidate: Candidate) -> dict[str, float]:
        known = self._asked.nearest.clauses
        scores: list[ClauseScore] = [known[clause] for clause in candidate.deciding if clause in known]
        return {
            "vote": max((score.vote for score in scores), default=0.0),
            "votes": sum(score.vote for score in scores),
            "cosine": max((score.cosine for score in scores), default=0.0),
            "words": max((score.words for score in scores), default=0.0),
            "rank": max((1 / (1 + score.rank) for score in scores), default=0.0),
            "among three": float(any(score.rank < 3 for score in scores)),
            "no clause": float(not candidate.deciding),
            "learned": math.log(self._share(candidate) + _LEAST),
            "learned in all": sum(self._clauses.get(clause, 0.0) for clause in candidate.deciding),
        }

    def _of_facts(self, candidate: Candidate) -> dict[str, float]:
        """Return how well a candidate's facts are those that the encoder hears."""
        if candidate.kind != "ruling":
            return {}
        names, known = set(said(candidate.facts)), self._asked.policy.vocabulary.facts
        shares = [share if name in names else 1 - share for name, share in self._heard.items()]
        held = {name: self._heard[name] for name in names if name in self._heard}
        milder = [held.get(name, 0.0) for name in names if name in known and known[name].unsaid is Unsaid.UNLESS]
        return {
            "facts fit": sum(math.log(share + _LEAST) for share in shares),
            "facts least heard": min(held.values(), default=1.0),
            "facts most missed": max((share for name, share in self._heard.items() if name not in names), default=0.0),
            "milder least heard": min(milder, default=1.0),
            "milder": float(len(milder)),
            "with heard": max((share for name, share in held.items() if name.startswith("with ")), default=0.0),
            "way heard": max((share for name, share in held.items() if name.startswith("through ")), default=0.0),
        }

    def _share(self, candidate: Candidate) -> float:
        """Return the share of the likeliest clause, or of what lies beside all clauses."""
        beside = "outside" if candidate.kind == "outside" else "not_covered"
        names = candidate.deciding or (f"{self._asked.model} {beside}",)
        return max(self._clauses.get(name, 0.0) for name in names)


def _share(values: Iterable[bool]) -> float:
    counted: Collection[bool] = list(values)
    return sum(counted) / len(counted) if counted else 0.0
