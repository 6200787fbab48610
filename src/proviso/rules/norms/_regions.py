"""A policy as regions: for one act, in which situations each norm applies and each outcome comes about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from proviso.rules.norms._compile import CompiledNorm, Masks, concerns
from proviso.rules.norms._diagrams import ALWAYS, NEVER, Diagrams
from proviso.rules.norms._facts import Kind, Vocabulary
from proviso.rules.norms._language import Force
from proviso.rules.norms._reasons import OUTCOME_OF, Outcome, Ranking, by_priority
from proviso.rules.norms._ruling import CompiledPolicy


@dataclass(frozen=True, slots=True)
class Regions:
    """Of one policy and one act: where each norm applies (once priorities are heeded), where the exception of a ban
    lifts it, and where each outcome comes about. Every situation is in the region of exactly one outcome.
    """

    norms: tuple[CompiledNorm, ...]
    applies: dict[int, int]
    lifted: dict[int, int]
    outcomes: dict[Outcome, int]


@dataclass(frozen=True, slots=True)
class ActRegions:
    """Several policies, for one act or for acts that no norm of theirs tells apart.

    `possible` are the situations that can be: of a fact that holds one value no two. `values` says for which values
    of which fact a bit stands: values that no norm tells apart stand under the bit of the first.
    """

    act: int
    acts: tuple[str, ...]
    possible: int
    values: dict[int, tuple[str, tuple[str, ...]]]
    books: tuple[Regions, ...]


class RegionMaker:
    """Makes the regions of policies over one vocabulary, act by act."""

    def __init__(self, *books: CompiledPolicy) -> None:
        """Take policies that are looked at together."""
        self.books = books
        self.vocabulary: Vocabulary = books[0].vocabulary
        self.diagrams = Diagrams()
        self.acts = books[0].acts
        self._norms = [tuple(compiled for compiled in book.norms if compiled.norm is not None) for book in books]

    def each(self) -> Iterator[ActRegions]:
        """Yield the regions for each act, the acts that nothing tells apart together, and last for no act at all."""
        known = self.vocabulary
        alike: dict[object, list[str]] = {}
        for value in known.facts["act"].values:
            key = known.has_happened(value), self._signature(known.bit("act", value))
            alike.setdefault(key, []).append(value)
        for acts in alike.values():
            yield self._of(known.bit("act", acts[0]), tuple(acts))
        yield self._of(0, ())

    def _of(self, act: int, acts: tuple[str, ...]) -> ActRegions:
        norms = [tuple(each for each in book if self._speaks(each, act)) for book in self._norms]
        conditions = [masks for book in norms for compiled in book for masks in _conditions(compiled)]
        values, first = self._alike(conditions)
        diagram = self._reader(act, first)
        possible = ALWAYS
        for fact in self.vocabulary.facts.values():
            if fact.kind is Kind.ONE_OF and fact.name != "act":
                possible = self.diagrams.both(
                    possible, self.diagrams.at_most_one(bit for bit, (name, _) in values.items() if name == fact.name)
                )
        regions = (self._regions(book, of_book, diagram, act) for book, of_book in zip(self.books, norms, strict=True))
        return ActRegions(act, acts, possible, values, tuple(regions))

    def _speaks(self, compiled: CompiledNorm, act: int) -> bool:
        if act:
            return concerns(compiled, act, self.acts)
        return not compiled.masks.yes & self.acts and not any(group & self.acts for group in compiled.masks.groups)

    def _signature(self, bit: int) -> tuple[bool, ...]:
        """Return all that conditions say of a bit: two with the same are not told apart."""
        every = (masks for book in self._norms for compiled in book for masks in _conditions(compiled))
        return tuple(bool(mask & bit) for masks in every for mask in (masks.yes, masks.no, *masks.groups))

    def _alike(self, conditions: list[Masks]) -> tuple[dict[int, tuple[str, tuple[str, ...]]], dict[int, int]]:
        """Return which values each bit stands for, and under which bit each of those that are named stands."""
        masks = list(dict.fromkeys(mask for each in conditions for mask in (each.yes, each.no, *each.groups)))
        stands: dict[int, tuple[str, tuple[str, ...]]] = {}
        first: dict[int, int] = {}
        for fact in self.vocabulary.facts.values():
            seen: dict[tuple[bool, ...], int] = {}
            for value in fact.values if fact.name != "act" else ():
                bit = self.vocabulary.bit(fact.name, value)
                signature = tuple(bool(mask & bit) for mask in masks)
                if any(signature):
                    first[bit] = seen.setdefault(signature, bit)
                    _, others = stands.get(first[bit], ("", ()))
                    stands[first[bit]] = fact.name, (*others, value)
        return stands, first

    def _reader(self, act: int, first: dict[int, int]) -> Callable[[Masks], int]:
        """Return what turns a condition into a diagram, the act being known."""
        diagrams, acts, known = self.diagrams, self.acts, dict[Masks, int]()

        def some_of(group: int) -> int:
            if group & act:
                return ALWAYS
            bits = {first.get(bit, bit) for bit in bits_of(group & ~acts)}
            return diagrams.some(diagrams.bit(bit) for bit in bits)

        def read(masks: Masks) -> int:
            if masks not in known:
                if masks.yes & acts & ~act or masks.no & act:
                    known[masks] = NEVER
                else:
                    wanted = (diagrams.bit(first.get(bit, bit)) for bit in bits_of(masks.yes & ~acts))
                    denied = (diagrams.no(diagrams.bit(first.get(bit, bit))) for bit in bits_of(masks.no & ~acts))
                    known[masks] = diagrams.every((*wanted, *denied, *map(some_of, masks.groups)))
            return known[masks]

        return read

    def _regions(
        self, book: CompiledPolicy, norms: tuple[CompiledNorm, ...], diagram: Callable[[Masks], int], act: int
    ) -> Regions:
        diagrams = self.diagrams
        applies: dict[int, int] = {}
        lifted: dict[int, int] = {}
        for compiled in norms:
            holds = diagram(compiled.masks)
            excepted = diagrams.some(diagram(exception) for exception, _ in compiled.exceptions)
            applies[compiled.bit] = diagrams.but_not(holds, excepted)
            if compiled.bans and compiled.exceptions:
                lifted[compiled.bit] = diagrams.both(holds, excepted)
        for special in by_priority(norms):
            for bit in bits_of(special.targets):
                if bit in applies:
                    applies[bit] = diagrams.but_not(applies[bit], applies[special.bit])
        (ranking,) = book.kinds(act)
        return Regions(norms, applies, lifted, self._outcomes(norms, applies, lifted, ranking))

    def _outcomes(
        self, norms: Iterable[CompiledNorm], applies: dict[int, int], lifted: dict[int, int], ranking: Ranking
    ) -> dict[Outcome, int]:
        diagrams, left = self.diagrams, ALWAYS
        outcomes: dict[Outcome, int] = {}
        every = tuple(norms)
        for force in ranking:
            speaks = diagrams.some(applies[compiled.bit] for compiled in every if compiled.force is force)
            if force is Force.PERMITTED:
                speaks = diagrams.either(speaks, diagrams.some(lifted.values()))
            outcomes[OUTCOME_OF[force]] = diagrams.both(left, speaks)
            left = diagrams.but_not(left, speaks)
        outcomes[Outcome.NOT_COVERED] = left
        return outcomes


def bits_of(mask: int) -> Iterator[int]:
    """Yield the single bits of a mask, the lowest first."""
    while mask:
        yield mask & -mask
        mask &= mask - 1


def _conditions(compiled: CompiledNorm) -> Iterator[Masks]:
    yield compiled.masks
    for exception, _ in compiled.exceptions:
        yield exception
