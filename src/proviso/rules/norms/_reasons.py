"""Resolution: from the norms that apply or are undetermined to an outcome with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from proviso.rules.norms._compile import CompiledNorm, Evaluated
from proviso.rules.norms._facts import Vocabulary
from proviso.rules.norms._language import Condition, Force, Note


class Outcome(StrEnum):
    """What a ruling says."""

    PROHIBITED = "prohibited"
    DISCOURAGED = "discouraged"
    CAUTION = "caution"
    PERMITTED = "permitted"
    REQUIRED = "required"
    UNDECIDED = "undecided"
    NOT_COVERED = "not_covered"


# The forces, the strongest first. For what somebody means to do, a duty is heard only where
# nothing else speaks; for what has happened, what must be done comes first.
Ranking: TypeAlias = tuple[Force, ...]
ORDINARY: Ranking = (Force.PROHIBITED, Force.DISCOURAGED, Force.CAUTION, Force.PERMITTED, Force.REQUIRED)
HAPPENED: Ranking = (Force.REQUIRED, *ORDINARY[:-1])
OUTCOME_OF = {force: Outcome(force) for force in ORDINARY}
_FORBIDDING = (Outcome.PROHIBITED, Outcome.DISCOURAGED, Outcome.CAUTION)


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be done now: by `of` (None: the person acting), to or towards `to`, by when."""

    clause: str
    what: str
    by: str | None = None
    to: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A clause that would have applied, and the exception or the clause that set it aside."""

    clause: str
    by: str


@dataclass(slots=True)
class Reasons:
    """What a ruling rests on; situations that meet the same norms in the same way share it, so nobody may change it.

    It is not frozen only because that makes it three times as slow to make.

    `live` are the undetermined norms that could still change the outcome, `open_bits` the
    bits of the facts that they mention; `missing` remembers the order of missing facts by
    what of these is known to be so and known not to be so.
    """

    outcome: Outcome
    clauses: tuple[str, ...]
    exceptions: tuple[SetAside, ...]
    duties: tuple[Duty, ...]
    met: tuple[Duty, ...]
    support: tuple[str, ...]
    principles: tuple[str, ...]
    consequences: tuple[str, ...]
    instead: tuple[str, ...]
    waiting: tuple[str, ...]
    noted: tuple[Note, ...]
    live: tuple[CompiledNorm, ...] = field(compare=False)
    open_bits: int = field(compare=False)
    missing: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict, compare=False)


def words_of(condition: Condition) -> str:
    """Say a condition in facts, as `fact=value, flag, no:flag`."""
    words = [f"{fact}={'/'.join(values)}" for fact, values in condition.values]
    words += [*condition.flags, *(f"no:{flag}" for flag in condition.no)]
    if condition.either:
        words.append(" or ".join(condition.either))
    return ", ".join(words)


class NormIndex:
    """The norms of one policy by what they do, each kind as one mask: to resolve is then arithmetic on masks."""

    def __init__(self, norms: Sequence[CompiledNorm], vocabulary: Vocabulary) -> None:
        self.acts = vocabulary.span("act")
        self.vocabulary = vocabulary
        self.of_force = {force: _bits(compiled for compiled in norms if compiled.force is force) for force in Force}
        self.deciding = sum(self.of_force[force] for force in ORDINARY)
        self.consequences = _bits(compiled for compiled in norms if compiled.force is None and compiled.clause)
        self.noted = _bits(compiled for compiled in norms if compiled.note)
        self.special = by_priority(norms)
        self.excepted = tuple(_Excepted.of(compiled) for compiled in norms if compiled.exceptions)
        self._by_bit = {compiled.bit: compiled for compiled in norms}
        self._ids: dict[int, tuple[str, ...]] = {0: ()}
        self._duties: dict[int, tuple[Duty, ...]] = {0: ()}

    def norms(self, mask: int) -> Iterator[CompiledNorm]:
        """Yield the norms of a mask in the policy's order."""
        while mask:
            bit = mask & -mask
            yield self._by_bit[bit]
            mask ^= bit

    def ids(self, mask: int) -> tuple[str, ...]:
        """Return the clauses of the norms of a mask, each once, in the policy's order."""
        ids = self._ids.get(mask)
        if ids is None:
            ids = self._ids[mask] = tuple(
                dict.fromkeys(compiled.clause.id for compiled in self.norms(mask) if compiled.clause)
            )
        return ids

    def duties(self, mask: int) -> tuple[Duty, ...]:
        """Return the duties of the norms of a mask, each once, in the policy's order."""
        duties = self._duties.get(mask)
        if duties is None:
            made = (duty_of(compiled) for compiled in self.norms(mask))
            duties = self._duties[mask] = tuple(dict.fromkeys(duty for duty in made if duty))
        return duties


@dataclass(frozen=True, slots=True)
class _Excepted:
    """A norm with exceptions: the bits of them all and of the ways to have met it, and what each other sets aside."""

    compiled: CompiledNorm
    bits: int
    met: int
    asides: tuple[tuple[int, SetAside], ...]

    @classmethod
    def of(cls, compiled: CompiledNorm) -> _Excepted:
        unless = compiled.norm.unless if compiled.norm else ()
        clause = compiled.clause.id if compiled.clause else ""
        bits = [bit for _, bit in compiled.exceptions]
        asides = [(bit, SetAside(clause, words_of(exception))) for exception, bit in zip(unless, bits, strict=False)]
        return cls(compiled, sum(bits), sum(bits[len(unless) :]), tuple(asides))


class Resolution:
    """The norms that speak in one situation, once declared priorities have been heeded."""

    __slots__ = ("_applies", "_doubted", "_lifted", "_lifts", "_only_lifted", "_overridden", "_index", "_undetermined")

    def __init__(self, index: NormIndex, evaluated: Evaluated) -> None:
        """Take what an evaluator returned for the situation."""
        self._index = index
        _, self._applies, self._undetermined, self._lifts, self._only_lifted = evaluated
        self._overridden: list[tuple[int, CompiledNorm]] = []
        self._doubted: list[tuple[int, CompiledNorm]] = []
        for special in index.special:
            self._heed(special)
        self._lifted = [excepted for excepted in index.excepted if excepted.bits & self._lifts] if self._lifts else []

    def _heed(self, special: CompiledNorm) -> None:
        if self._applies & special.bit:
            self._overridden.append((self._applies & special.targets, special))
            self._applies &= ~special.targets
            self._undetermined &= ~special.targets
        elif self._undetermined & special.bit:
            self._doubted.append(((self._applies | self._undetermined) & special.targets, special))
            self._undetermined |= self._applies & special.targets
            self._applies &= ~special.targets

    def reasons(self, kinds: Sequence[Ranking]) -> Reasons:
        """Resolve for each kind of act that is still possible; where they differ it is undecided."""
        index, applies = self._index, self._applies
        of_force, ids = index.of_force, index.ids
        outcome, deciding, live = self._resolve(kinds[0])
        open_bits = 0
        if len(kinds) > 1:
            other, _, others = self._resolve(kinds[1])
            live |= others
            open_bits = index.acts if live or other is not outcome else 0
        if live or open_bits:
            outcome, deciding = Outcome.UNDECIDED, 0
        waiting = tuple(index.norms(live)) if live else ()
        instead = applies & deciding  # a lifted ban decides too, but has nothing to say instead
        noted = applies & index.noted
        return Reasons(
            outcome=outcome,
            clauses=ids(deciding),
            exceptions=tuple(self._set_aside()) if self._lifted or self._overridden else (),
            duties=index.duties(applies & of_force[Force.REQUIRED]),
            met=index.duties(_bits(lifted.compiled for lifted in self._lifted if lifted.met & self._lifts))
            if self._lifted
            else (),
            support=ids(applies & of_force[Force.PERMITTED]) if outcome is Outcome.REQUIRED else (),
            principles=ids(applies & of_force[Force.PRINCIPLE]),
            consequences=ids(applies & index.consequences) if outcome in _FORBIDDING else (),
            instead=_instead(index.norms(instead)) if instead else (),
            waiting=ids(live),
            noted=tuple(compiled.note for compiled in index.norms(noted) if compiled.note) if noted else (),
            live=waiting,
            open_bits=open_bits | self._open(waiting) if waiting else open_bits,
        )

    def _resolve(self, ranking: Ranking) -> tuple[Outcome, int, int]:
        """Return the outcome so far, the norms that decide it and those that could still change it."""
        applies, undetermined, of_force = self._applies, self._undetermined, self._index.of_force
        if not (applies | undetermined) & self._index.deciding and not self._lifted:
            return Outcome.NOT_COVERED, 0, 0
        live = 0
        for force in ranking:
            deciding = applies & of_force[force]
            waiting = undetermined & of_force[force]
            if self._only_lifted and waiting:
                waiting &= ~self._only_lifted
            if force is Force.PERMITTED and (self._lifted or self._only_lifted):  # by its own exception a ban permits
                deciding |= _bits(lifted.compiled for lifted in self._lifted if lifted.compiled.bans)
                waiting |= undetermined & self._only_lifted
            if deciding:
                return OUTCOME_OF[force], deciding, live | self._doubting(live)
            live |= waiting
        return Outcome.NOT_COVERED, 0, live | self._doubting(live)

    def _doubting(self, live: int) -> int:
        """Return the special norms that may yet set one of those aside that could change the outcome."""
        if not self._doubted:
            return 0
        return sum({special.bit for targets, special in self._doubted if targets & live}) & ~live

    def _open(self, norms: Iterable[CompiledNorm]) -> int:
        """Return all bits of the facts that some norms mention."""
        bits = 0
        for compiled in norms:
            for masks in (compiled.masks, *(exception for exception, _ in compiled.exceptions)):
                bits |= masks.bits
        vocabulary = self._index.vocabulary
        return sum(vocabulary.span(name) for name in vocabulary.names(bits))

    def _set_aside(self) -> Iterator[SetAside]:
        for lifted in self._lifted:
            yield from (aside for bit, aside in lifted.asides if bit & self._lifts)
        for targets, special in self._overridden:
            for compiled in self._index.norms(targets):
                if compiled.clause and special.clause:
                    yield SetAside(compiled.clause.id, special.clause.id)


def by_priority(norms: Sequence[CompiledNorm]) -> tuple[CompiledNorm, ...]:
    """Return the norms that set others aside, each after those that may set it aside itself.

    So the order of the clauses means nothing. Norms that set each other aside in a circle
    (a fault of the policy) stay in the policy's order.
    """
    waiting = [compiled for compiled in norms if compiled.targets]
    ordered: list[CompiledNorm] = []
    while waiting:
        free = [
            compiled
            for compiled in waiting
            if not any(other.targets & compiled.bit for other in waiting if other is not compiled)
        ]
        ordered += free or waiting
        waiting = [compiled for compiled in waiting if compiled not in free] if free else []
    return tuple(ordered)


def _bits(norms: Iterable[CompiledNorm]) -> int:
    return sum(compiled.bit for compiled in norms)


def duty_of(compiled: CompiledNorm) -> Duty | None:
    """Return the duty that a norm makes; a consequence or a note makes none."""
    if compiled.clause is None or compiled.norm is None:
        return None
    norm = compiled.norm
    return Duty(compiled.clause.id, norm.what or compiled.clause.text, norm.by, norm.to, norm.of)


def _instead(norms: Iterable[CompiledNorm]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(compiled.norm.instead for compiled in norms if compiled.norm and compiled.norm.instead))
