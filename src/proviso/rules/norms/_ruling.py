"""Rulings: the outcome of a situation under a compiled policy, replayed or explained at will."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from proviso.rules.norms._compile import Evaluated, Evaluator, compile_norms, evaluator
from proviso.rules.norms._facts import Facts, Situation, Vocabulary
from proviso.rules.norms._language import Note, Policy
from proviso.rules.norms._reasons import (
    HAPPENED,
    ORDINARY,
    Duty,
    NormIndex,
    Outcome,
    Ranking,
    Reasons,
    Resolution,
    SetAside,
)

ENGINE = "1"
_MOST_REASONS_KEPT = 50_000
_MOST_ORDERS_KEPT = 50


class Ruling:
    """An outcome with its reasons, for one policy, one situation and one date."""

    __slots__ = ("_no", "_yes", "missing", "on", "policy", "reasons")

    def __init__(
        self, policy: CompiledPolicy, yes: int, no: int, on: date | None, reasons: Reasons, missing: tuple[str, ...]
    ) -> None:
        self.policy = policy
        self._yes = yes
        self._no = no
        self.on = on
        self.reasons = reasons
        self.missing = missing

    @property
    def outcome(self) -> Outcome:
        return self.reasons.outcome

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that decided, in the policy's order."""
        return self.reasons.clauses

    @property
    def exceptions(self) -> tuple[SetAside, ...]:
        return self.reasons.exceptions

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What must be done, by the person acting or by others, whatever the outcome."""
        return self.reasons.duties

    @property
    def met(self) -> tuple[Duty, ...]:
        """The duties that the facts already meet."""
        return self.reasons.met

    @property
    def support(self) -> tuple[str, ...]:
        """The clauses that offer something beside what is required."""
        return self.reasons.support

    @property
    def principles(self) -> tuple[str, ...]:
        return self.reasons.principles

    @property
    def consequences(self) -> tuple[str, ...]:
        return self.reasons.consequences

    @property
    def instead(self) -> tuple[str, ...]:
        return self.reasons.instead

    @property
    def waiting(self) -> tuple[str, ...]:
        """The clauses that wait for a missing fact."""
        return self.reasons.waiting

    @property
    def situation(self) -> Situation:
        return Situation(self._yes, self._no)

    @property
    def facts(self) -> dict[str, bool | str | list[str]]:
        """The facts ruled on, as plain values."""
        return self.policy.vocabulary.plain(self.situation)

    @property
    def cited(self) -> tuple[str, ...]:
        """Every clause that the ruling speaks of: those that decide, and all that stand beside them."""
        reasons = self.reasons
        ids = [*reasons.clauses, *reasons.waiting, *(duty.clause for duty in reasons.duties), *reasons.support]
        ids += [*reasons.principles, *reasons.consequences]
        return tuple(dict.fromkeys([*ids, *(aside.clause for aside in reasons.exceptions)]))

    @property
    def notes(self) -> tuple[Note, ...]:
        """Where law, guidance or a platform's state on the date says more, or otherwise."""
        if self.on is None:
            return ()
        cited = set(self.cited)
        beside = (note for note in self.policy.notes if not cited.isdisjoint(note.clauses))
        notes = dict.fromkeys([*self.reasons.noted, *beside])
        return tuple(note for note in notes if note.in_force(self.on))

    def record(self) -> dict[str, Any]:
        """Return what is needed to replay this ruling, as plain values fit for JSON."""
        return {
            "policy": self.policy.policy.id,
            "version": self.policy.policy.version,
            "engine": ENGINE,
            "on": self.on.isoformat() if self.on else None,
            "facts": self.facts,
            "outcome": self.outcome.value,
            "clauses": list(self.clauses),
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ruling):
            return NotImplemented
        mine = (self.reasons, self.missing, self.situation, self.on)
        return mine == (other.reasons, other.missing, other.situation, other.on)

    def __hash__(self) -> int:
        return hash((self.outcome, self._yes, self._no, self.on))

    def __repr__(self) -> str:
        return f"<Ruling {self.policy.policy.id}: {self.outcome.value} by {', '.join(self.clauses) or 'no clause'}>"


class CompiledPolicy:
    """A policy ready to rule. Made once, shared by all rulings, batches and explanations."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, notes: Iterable[Note] = ()) -> None:
        """Compile a valid policy with those of the notes that hold in its nation."""
        self.policy = policy
        self.vocabulary = vocabulary
        self.notes = tuple(note for note in notes if policy.nation in note.nations)
        self.norms = compile_norms(policy, self.notes, vocabulary)
        self.acts = vocabulary.span("act")
        self._happened = sum(vocabulary.bit("act", act) for act in vocabulary.happened_acts)
        self._index = NormIndex(self.norms, vocabulary)
        self._evaluators: dict[int, Evaluator] = {}
        self._reasons: dict[Evaluated, Reasons] = {}

    def rule(self, facts: Facts, on: date | None = None) -> Ruling:
        """Rule on plain facts (see `Vocabulary.situation`); `on` dates the notes.

        Raises:
            FactError: facts that cannot be.
        """
        yes, no = self.vocabulary.masks(facts)
        return self.rule_bits(yes, no, on)

    def rule_bits(self, yes: int, no: int, on: date | None = None) -> Ruling:
        """Rule on a situation that is already in bits: known to be so, known not to be so."""
        act = yes & self.acts
        evaluate = self._evaluators.get(act) or self.evaluator(act)
        return self.rule_evaluated(yes, no, evaluate(yes, no), on)

    def rule_evaluated(self, yes: int, no: int, evaluated: Evaluated, on: date | None = None) -> Ruling:
        """Rule on a situation in bits, given what the evaluator of its act returns for it."""
        reasons = self._reasons.get(evaluated) or self.weigh(evaluated)
        if not reasons.open_bits:
            return Ruling(self, yes, no, on, reasons, ())
        known = reasons.open_bits & yes, reasons.open_bits & no
        missing = reasons.missing.get(known)
        if missing is None:
            if len(reasons.missing) >= _MOST_ORDERS_KEPT:
                reasons.missing.clear()
            missing = reasons.missing[known] = self._missing(reasons, yes, no)
        return Ruling(self, yes, no, on, reasons, missing)

    def evaluator(self, act: int) -> Evaluator:
        """Return the function that evaluates the norms concerning the act of bit `act` (0: not known)."""
        if act not in self._evaluators:
            self._evaluators[act] = evaluator(self.norms, act, self.acts, f"{self.policy.id}, act {act}")
        return self._evaluators[act]

    def weigh(self, evaluated: Evaluated) -> Reasons:
        """Work out the reasons for what an evaluator returned, and remember them."""
        if len(self._reasons) >= _MOST_REASONS_KEPT:
            self._reasons.clear()
            self._index = NormIndex(self.norms, self.vocabulary)  # it remembers lists of clauses, too
        reasons = self._reasons[evaluated] = Resolution(self._index, evaluated).reasons(self.kinds(evaluated[0]))
        return reasons

    def kinds(self, possible: int) -> tuple[Ranking, ...]:
        """Return how forces rank for each kind of act among the bits of those that are possible."""
        if not possible & self._happened:
            return (ORDINARY,)
        return (ORDINARY, HAPPENED) if possible & ~self._happened else (HAPPENED,)

    def _missing(self, reasons: Reasons, yes: int, no: int) -> tuple[str, ...]:
        """Order the missing facts by how many waiting norms an answer to each settles on average."""
        settles: dict[str, list[float]] = {}
        for compiled in reasons.live:
            open_bits = 0
            for masks in (compiled.masks, *(exception for exception, _ in compiled.exceptions)):
                open_bits |= 0 if masks.fails(yes, no) else masks.unknown(yes, no)
            names = self.vocabulary.names(open_bits)
            for name in names:
                span = self.vocabulary.span(name)
                possible = (span & ~no).bit_count()
                settled = 0.5 if possible == 1 else 1 - (open_bits & span).bit_count() / possible
                settles.setdefault(name, []).append(1.0 if len(names) == 1 else settled)
        if not settles and reasons.open_bits & self.acts & ~(yes | no):
            return ("act",)
        # `fsum` does not depend on the order of the clauses; spans stand in the vocabulary's order.
        return tuple(sorted(settles, key=lambda name: (-math.fsum(settles[name]), self.vocabulary.span(name))))


class ReplayError(ValueError):
    """A recorded ruling that cannot be replayed as it was made; the message says why."""


def replay(record: Mapping[str, Any], policy: CompiledPolicy) -> Ruling:
    """Make a recorded ruling again, under the same version of the policy and the same engine.

    Raises:
        ReplayError: another policy, version or engine, or a ruling that now comes out otherwise.
    """
    for what, mine in (("policy", policy.policy.id), ("version", policy.policy.version), ("engine", ENGINE)):
        if record[what] != mine:
            raise ReplayError(
                f"made under {what} `{record[what]}`, and this is `{mine}`: load that {what} to replay it"
            )
    ruling = policy.rule(record["facts"], on=date.fromisoformat(record["on"]) if record["on"] else None)
    if (ruling.outcome.value, list(ruling.clauses)) != (record["outcome"], list(record["clauses"])):
        raise ReplayError(f"was recorded as {record['outcome']} and now comes out as {ruling.outcome.value}")
    return ruling
