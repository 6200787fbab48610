"""Weighing: from the norms that apply or are undetermined to an outcome with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from proviso.rules.norms._compile import Evaluated, Part
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
    live: tuple[Part, ...] = field(compare=False)
    open_bits: int = field(compare=False)
    missing: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict, compare=False)


def words_of(condition: Condition) -> str:
    """Say a condition in facts, as `fact=value, flag, no:flag`."""
    words = [f"{fact}={'/'.join(values)}" for fact, values in condition.values]
    words += [*condition.flags, *(f"no:{flag}" for flag in condition.no)]
    if condition.either:
        words.append(" or ".join(condition.either))
    return ", ".join(words)


class Scales:
    """The parts of one policy by what they do, each kind as one mask: to weigh is then arithmetic on masks."""

    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary) -> None:
        self.acts = vocabulary.span("act")
        self.vocabulary = vocabulary
        self.of_force = {force: _bits(part for part in parts if part.force is force) for force in Force}
        self.deciding = sum(self.of_force[force] for force in ORDINARY)
        self.consequences = _bits(part for part in parts if part.force is None and part.clause)
        self.noted = _bits(part for part in parts if part.note)
        self.special = by_priority(parts)
        self.excepted = tuple(_Excepted.of(part) for part in parts if part.exceptions)
        self._parts = {part.bit: part for part in parts}
        self._ids: dict[int, tuple[str, ...]] = {0: ()}
        self._duties: dict[int, tuple[Duty, ...]] = {0: ()}

    def parts(self, mask: int) -> Iterator[Part]:
        """Yield the parts of a mask in the policy's order."""
        while mask:
            bit = mask & -mask
            yield self._parts[bit]
            mask ^= bit

    def ids(self, mask: int) -> tuple[str, ...]:
        """Return the clauses of the parts of a mask, each once, in the policy's order."""
        ids = self._ids.get(mask)
        if ids is None:
            ids = self._ids[mask] = tuple(dict.fromkeys(part.clause.id for part in self.parts(mask) if part.clause))
        return ids

    def duties(self, mask: int) -> tuple[Duty, ...]:
        """Return the duties of the parts of a mask, in the policy's order."""
        duties = self._duties.get(mask)
        if duties is None:
            duties = self._duties[mask] = tuple(duty for part in self.parts(mask) for duty in _duty(part))
        return duties


@dataclass(frozen=True, slots=True)
class _Excepted:
    """A part with exceptions: the bits of them all and of the ways to have met it, and what each other sets aside."""

    part: Part
    bits: int
    met: int
    asides: tuple[tuple[int, SetAside], ...]

    @classmethod
    def of(cls, part: Part) -> _Excepted:
        unless = part.norm.unless if part.norm else ()
        clause = part.clause.id if part.clause else ""
        bits = [bit for _, bit in part.exceptions]
        asides = [(bit, SetAside(clause, words_of(one))) for one, bit in zip(unless, bits, strict=False)]
        return cls(part, sum(bits), sum(bits[len(unless) :]), tuple(asides))


class Weighing:
    """The norms that speak in one situation, once declared priorities have been heeded."""

    __slots__ = ("_applies", "_doubted", "_lifted", "_lifts", "_only_lifted", "_overridden", "_scales", "_undetermined")

    def __init__(self, scales: Scales, evaluated: Evaluated) -> None:
        """Take what an evaluator returned for the situation."""
        self._scales = scales
        _, self._applies, self._undetermined, self._lifts, self._only_lifted = evaluated
        self._overridden: list[tuple[int, Part]] = []
        self._doubted: list[tuple[int, Part]] = []
        for special in scales.special:
            self._heed(special)
        self._lifted = [one for one in scales.excepted if one.bits & self._lifts] if self._lifts else []

    def _heed(self, special: Part) -> None:
        if self._applies & special.bit:
            self._overridden.append((self._applies & special.targets, special))
            self._applies &= ~special.targets
            self._undetermined &= ~special.targets
        elif self._undetermined & special.bit:
            self._doubted.append(((self._applies | self._undetermined) & special.targets, special))
            self._undetermined |= self._applies & special.targets
            self._applies &= ~special.targets

    def reasons(self, kinds: Sequence[Ranking]) -> Reasons:
        """Weigh for each kind of act that is still possible; where they differ it is undecided."""
        scales, applies = self._scales, self._applies
        of_force, ids = scales.of_force, scales.ids
        outcome, deciding, live = self._weigh(kinds[0])
        open_bits = 0
        if len(kinds) > 1:
            other, _, others = self._weigh(kinds[1])
            live |= others
            open_bits = scales.acts if live or other is not outcome else 0
        if live or open_bits:
            outcome, deciding = Outcome.UNDECIDED, 0
        waiting = tuple(scales.parts(live)) if live else ()
        instead = applies & deciding  # a lifted ban decides too, but has nothing to say instead
        noted = applies & scales.noted
        return Reasons(
            outcome=outcome,
            clauses=ids(deciding),
            exceptions=tuple(self._set_aside()) if self._lifted or self._overridden else (),
            duties=scales.duties(applies & of_force[Force.REQUIRED]),
            met=scales.duties(_bits(one.part for one in self._lifted if one.met & self._lifts)) if self._lifted else (),
            support=ids(applies & of_force[Force.PERMITTED]) if outcome is Outcome.REQUIRED else (),
            principles=ids(applies & of_force[Force.PRINCIPLE]),
            consequences=ids(applies & scales.consequences) if outcome in _FORBIDDING else (),
            instead=_instead(scales.parts(instead)) if instead else (),
            waiting=ids(live),
            noted=tuple(part.note for part in scales.parts(noted) if part.note) if noted else (),
            live=waiting,
            open_bits=open_bits | self._open(waiting) if waiting else open_bits,
        )

    def _weigh(self, ranking: Ranking) -> tuple[Outcome, int, int]:
        """Return the outcome so far, the norms that decide it and those that could still change it."""
        applies, undetermined, of_force = self._applies, self._undetermined, self._scales.of_force
        if not (applies | undetermined) & self._scales.deciding and not self._lifted:
            return Outcome.NOT_COVERED, 0, 0
        live = 0
        for force in ranking:
            found = applies & of_force[force]
            waiting = undetermined & of_force[force]
            if self._only_lifted and waiting:
                waiting &= ~self._only_lifted
            if force is Force.PERMITTED and (self._lifted or self._only_lifted):  # by its own exception a ban permits
                found |= _bits(one.part for one in self._lifted if one.part.bans)
                waiting |= undetermined & self._only_lifted
            if found:
                return OUTCOME_OF[force], found, live | self._doubting(live)
            live |= waiting
        return Outcome.NOT_COVERED, 0, live | self._doubting(live)

    def _doubting(self, live: int) -> int:
        """Return the special norms that may yet set one of those aside that could change the outcome."""
        if not self._doubted:
            return 0
        return sum({special.bit for targets, special in self._doubted if targets & live}) & ~live

    def _open(self, parts: Iterable[Part]) -> int:
        """Return all bits of the facts that some norms mention."""
        bits = 0
        for part in parts:
            for masks in (part.masks, *(exception for exception, _ in part.exceptions)):
                bits |= masks.bits
        vocabulary = self._scales.vocabulary
        return sum(vocabulary.span(name) for name in vocabulary.names(bits))

    def _set_aside(self) -> Iterator[SetAside]:
        for one in self._lifted:
            yield from (aside for bit, aside in one.asides if bit & self._lifts)
        for targets, special in self._overridden:
            for part in self._scales.parts(targets):
                if part.clause and special.clause:
                    yield SetAside(part.clause.id, special.clause.id)


def by_priority(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that set others aside, each after those that may set it aside itself.

    So the order of the clauses means nothing. Parts that set each other aside in a circle
    (a fault of the policy) stay in the policy's order.
    """
    waiting = [part for part in parts if part.targets]
    ordered: list[Part] = []
    while waiting:
        free = [part for part in waiting if not any(other.targets & part.bit for other in waiting if other is not part)]
        ordered += free or waiting
        waiting = [part for part in waiting if part not in free] if free else []
    return tuple(ordered)


def _bits(parts: Iterable[Part]) -> int:
    return sum(part.bit for part in parts)


def _duty(part: Part) -> Iterator[Duty]:
    if part.clause and part.norm:
        norm = part.norm
        yield Duty(part.clause.id, norm.what or part.clause.text, norm.by, norm.to, norm.of)


def _instead(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.norm.instead for part in parts if part.norm and part.norm.instead))
