"""Weighing: from the norms that apply or are undetermined to an outcome with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from proviso.norms._compile import Part
from proviso.norms._language import Condition, Force, Note


class Outcome(StrEnum):
    """What a ruling says."""

    PROHIBITED = "prohibited"
    DISCOURAGED = "discouraged"
    CAUTION = "caution"
    PERMITTED = "permitted"
    REQUIRED = "required"
    UNDECIDED = "undecided"
    NOT_COVERED = "not_covered"


Ranks = Mapping[Force | None, int]

# For what somebody means to do, a duty is heard only where nothing else speaks; for what
# has happened, what must be done comes first.
ORDINARY: Ranks = {
    Force.PROHIBITED: 5,
    Force.DISCOURAGED: 4,
    Force.CAUTION: 3,
    Force.PERMITTED: 2,
    Force.REQUIRED: 1,
}
HAPPENED: Ranks = {**ORDINARY, Force.REQUIRED: 6}
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


@dataclass(frozen=True)
class Reasons:
    """What a ruling rests on; situations that meet the same norms in the same way share it.

    `live` are the undetermined norms that could still change the outcome, `open_bits` the
    bits that they mention; `missing` remembers the order of missing facts by unknown bits.
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
    missing: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False)


def words_of(condition: Condition) -> str:
    """Say a condition in facts, as `fact=value, flag, no:flag`."""
    words = [f"{fact}={'/'.join(values)}" for fact, values in condition.values]
    words += [*condition.flags, *(f"no:{flag}" for flag in condition.no)]
    if condition.either:
        words.append(" or ".join(condition.either))
    return ", ".join(words)


class Weighing:
    """The norms that speak in one situation, once declared priorities have been heeded."""

    def __init__(self, parts: Sequence[Part], evaluated: tuple[int, int, int, int]) -> None:
        """Take all parts of a policy and the four masks that an evaluator returned."""
        applies, undetermined, self._lifts, self._only_lifted = evaluated
        self._parts = parts
        self._overridden: list[tuple[Part, Part]] = []
        self._doubted: list[tuple[Part, Part]] = []
        for special in parts:
            if special.targets and applies & special.bit:
                self._overridden += [(part, special) for part in parts if part.bit & applies & special.targets]
                applies &= ~special.targets
                undetermined &= ~special.targets
            elif special.targets and undetermined & special.bit:
                doubted = (applies | undetermined) & special.targets
                self._doubted += [(part, special) for part in parts if part.bit & doubted]
                undetermined |= applies & special.targets
                applies &= ~special.targets
        self._applied = [part for part in parts if part.bit & applies]
        self._undetermined = [part for part in parts if part.bit & undetermined]
        self._lifted = [part for part in parts if any(bit & self._lifts for _, bit in part.exceptions)]

    def reasons(self, kinds: Sequence[Ranks], acts: int) -> Reasons:
        """Weigh for each kind of act that is still possible; where they differ it is undecided.

        `acts` are the bits of all acts, which are open when the kind of act matters.
        """
        weighed = [self._weigh(ranks) for ranks in kinds]
        outcome, deciding, _ = weighed[0]
        waiting = [part for _, _, live in weighed for part in live]
        open_bits = _open(waiting)
        if waiting or any(other is not outcome for other, _, _ in weighed):
            outcome, deciding = Outcome.UNDECIDED, []
            open_bits |= acts if len(kinds) > 1 else 0
        required = [part for part in self._applied if part.force is Force.REQUIRED]
        permitted = [part for part in self._applied if part.force is Force.PERMITTED]
        following = [part for part in self._applied if part.force is None and outcome in _FORBIDDING]
        return Reasons(
            outcome=outcome,
            clauses=_ids(deciding),
            exceptions=tuple(self._set_aside()),
            duties=tuple(duty for part in required for duty in _duty(part)),
            met=tuple(duty for part in self._lifted if self._is_met(part) for duty in _duty(part)),
            support=_ids(permitted) if outcome is Outcome.REQUIRED else (),
            principles=_ids(part for part in self._applied if part.force is Force.PRINCIPLE),
            consequences=_ids(following),
            instead=tuple(dict.fromkeys(p.norm.instead for p in deciding if p.norm and p.norm.instead)),
            waiting=_ids(waiting),
            noted=tuple(part.note for part in self._applied if part.note),
            live=tuple(dict.fromkeys(waiting)),
            open_bits=open_bits,
        )

    def _weigh(self, ranks: Ranks) -> tuple[Outcome, list[Part], list[Part]]:
        """Return the outcome so far, the norms that decide it and those that could still change it."""
        heard = [(ranks[part.force], part) for part in self._applied if part.force in ranks]
        heard += [(ranks[Force.PERMITTED], part) for part in self._lifted if part.bans]
        best = max((rank for rank, _ in heard), default=0)
        outcome = next((Outcome(force) for force, rank in ranks.items() if force and rank == best), Outcome.NOT_COVERED)
        live = [part for part in self._undetermined if self._at_most(part, ranks) > best]
        live += [special for part, special in self._doubted if part in live and special not in live]
        return outcome, [part for rank, part in heard if rank == best], live

    def _at_most(self, part: Part, ranks: Ranks) -> int:
        """Return the strongest rank that an undetermined norm may still turn out to have."""
        return ranks[Force.PERMITTED] if part.bit & self._only_lifted else ranks.get(part.force, 0)

    def _is_met(self, part: Part) -> bool:
        return part.norm is not None and any(bit & self._lifts for _, bit in part.exceptions[len(part.norm.unless) :])

    def _set_aside(self) -> Iterator[SetAside]:
        for part in self._lifted:
            for written, (_, bit) in zip(part.norm.unless if part.norm else (), part.exceptions, strict=False):
                if bit & self._lifts and part.clause:
                    yield SetAside(part.clause.id, words_of(written))
        for part, special in self._overridden:
            if part.clause and special.clause:
                yield SetAside(part.clause.id, special.clause.id)


def _ids(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the clauses of some norms, each once, in the policy's order."""
    ordered = sorted(parts, key=lambda part: part.bit)
    return tuple(dict.fromkeys(part.clause.id for part in ordered if part.clause))


def _duty(part: Part) -> Iterator[Duty]:
    if part.clause and part.norm:
        norm = part.norm
        yield Duty(part.clause.id, norm.what or part.clause.text, norm.by, norm.to, norm.of)


def _open(parts: Iterable[Part]) -> int:
    bits = 0
    for part in parts:
        bits |= part.masks.bits
        for exception, _ in part.exceptions:
            bits |= exception.bits
    return bits
