"""What is odd within one policy: norms that decide nothing, norms that others make needless, norms at odds.

All of it is found in regions of situations (see `_regions`), so what is said to decide nothing decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from proviso.rules.norms._assume import STRICTNESS
from proviso.rules.norms._compile import CompiledNorm
from proviso.rules.norms._diagrams import NEVER
from proviso.rules.norms._facts import FactValue
from proviso.rules.norms._language import Force
from proviso.rules.norms._reasons import OUTCOME_OF, Outcome
from proviso.rules.norms._regions import ActRegions, RegionMaker
from proviso.rules.norms._ruling import CompiledPolicy, Ruling


class Oddity(StrEnum):
    """What is odd about a norm."""

    NEVER_DECIDES = "never_decides"
    NEEDLESS = "needless"
    AT_ODDS = "at_odds"


@dataclass(frozen=True, slots=True)
class OddNorm:
    """A norm of a clause (its number `norm`, from 0) that is odd.

    One that never decides is always outweighed by a stronger one, lifted or set aside; a needless one decides only
    where others decide the same. Those are `beside`. Of norms at odds, `clause` permits what those of `beside` forbid
    or advise against, `outcome` comes of it, and `facts` are the smallest situation in which it does.
    """

    oddity: Oddity
    clause: str
    norm: int
    beside: tuple[str, ...]
    outcome: Outcome | None = None
    facts: Mapping[str, FactValue] | None = None


def odd_norms(book: CompiledPolicy) -> tuple[OddNorm, ...]:
    """Return every norm of a policy that is odd, in the policy's order."""
    looking = _Looking(book)
    order = [compiled for compiled in book.norms if compiled.norm is not None]
    return tuple(odd for compiled in order if compiled.force and compiled.force.decides for odd in looking.at(compiled))


class _Looking:
    """One policy, with its regions for every act."""

    def __init__(self, book: CompiledPolicy) -> None:
        self.book = book
        self.maker = RegionMaker(book)
        self.regions = tuple(self.maker.each())

    def at(self, compiled: CompiledNorm) -> Iterator[OddNorm]:
        """Yield what is odd about a norm; one that permits beside what must be done is not."""
        speaking = [each for each in self.regions if compiled.bit in each.books[0].applies]
        if not any(self._decides(compiled, each) for each in speaking):
            if not self._supports(compiled, speaking):
                yield self._odd(Oddity.NEVER_DECIDES, compiled, self._deciding_instead(compiled, speaking))
        elif not compiled.targets and not any(self._decides_alone(compiled, each) for each in speaking):
            yield self._odd(Oddity.NEEDLESS, compiled, self._deciding_instead(compiled, speaking))
        if compiled.force is Force.PERMITTED:
            yield from self._at_odds(compiled, speaking)

    def _supports(self, compiled: CompiledNorm, speaking: list[ActRegions]) -> bool:
        if compiled.force is not Force.PERMITTED:
            return False
        required = (
            self.maker.diagrams.both(each.books[0].applies[compiled.bit], each.books[0].outcomes[Outcome.REQUIRED])
            for each in speaking
        )
        return any(region != NEVER for region in required)

    def _decides(self, compiled: CompiledNorm, regions: ActRegions) -> bool:
        """Whether a norm decides anywhere, or permits by its exception."""
        (book,), diagrams = regions.books, self.maker.diagrams
        decided = diagrams.both(book.applies[compiled.bit], book.outcomes[_outcome(compiled)])
        permitted = diagrams.both(book.lifted.get(compiled.bit, NEVER), book.outcomes[Outcome.PERMITTED])
        return diagrams.both(regions.possible, diagrams.either(decided, permitted)) != NEVER

    def _decides_alone(self, compiled: CompiledNorm, regions: ActRegions) -> bool:
        """Whether a norm decides, or permits by its exception, where no other does so."""
        (book,), diagrams = regions.books, self.maker.diagrams
        others = [each for each in book.norms if each is not compiled]
        same = diagrams.some(book.applies[each.bit] for each in others if each.force is compiled.force)
        permits = [book.applies[each.bit] for each in others if each.force is Force.PERMITTED]
        permits += [region for bit, region in book.lifted.items() if bit != compiled.bit]
        decided = diagrams.both(book.applies[compiled.bit], book.outcomes[_outcome(compiled)])
        lifted = diagrams.both(book.lifted.get(compiled.bit, NEVER), book.outcomes[Outcome.PERMITTED])
        if compiled.force is Force.PERMITTED:
            same = diagrams.some((same, *permits))
        alone = diagrams.either(diagrams.but_not(decided, same), diagrams.but_not(lifted, diagrams.some(permits)))
        return diagrams.both(regions.possible, alone) != NEVER

    def _deciding_instead(self, compiled: CompiledNorm, speaking: list[ActRegions]) -> tuple[str, ...]:
        """Return the clauses that decide in the smallest situations that a norm speaks of."""
        beside: dict[str, None] = {}
        for regions in speaking:
            for ruling in self._least(regions, regions.books[0].applies[compiled.bit]):
                beside |= dict.fromkeys(ruling.clauses)
        own = compiled.clause.id if compiled.clause else ""
        return tuple(clause for clause in beside if clause != own) or tuple(beside)

    def _least(self, regions: ActRegions, region: int) -> Iterator[Ruling]:
        """Yield the rulings on the smallest situations of a region."""
        every = (1 << self.book.vocabulary.width) - 1
        for least in self.maker.diagrams.least(self.maker.diagrams.both(regions.possible, region)):
            yes = least | regions.act
            yield self.book.rule_bits(yes, every & ~yes)

    def _at_odds(self, compiled: CompiledNorm, speaking: list[ActRegions]) -> Iterator[OddNorm]:
        """Yield where what a norm permits is forbidden or advised against although nothing more is known of it."""
        seen: set[tuple[str, ...]] = set()
        for regions in speaking:
            for ruling in self._least(regions, regions.books[0].applies[compiled.bit]):
                forbidden = STRICTNESS[ruling.outcome] > STRICTNESS[Outcome.REQUIRED]
                if forbidden and ruling.clauses not in seen:
                    seen.add(ruling.clauses)
                    yield self._odd(Oddity.AT_ODDS, compiled, ruling.clauses, ruling.outcome, ruling.facts)

    def _odd(
        self,
        oddity: Oddity,
        compiled: CompiledNorm,
        beside: tuple[str, ...],
        outcome: Outcome | None = None,
        facts: Mapping[str, FactValue] | None = None,
    ) -> OddNorm:
        clause = compiled.clause
        siblings = [other for other in self.book.norms if other.clause is clause and other.norm is not None]
        return OddNorm(oddity, clause.id if clause else "", siblings.index(compiled), beside, outcome, facts)


def _outcome(compiled: CompiledNorm) -> Outcome:
    return OUTCOME_OF[compiled.force or Force.PRINCIPLE]
