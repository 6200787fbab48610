"""Two policies compared exactly: every class of situations in which they answer differently, or the proof of none.

Compared are complete situations: every flag is yes or no, and every fact with values has those it has and no others.
For each outcome that one policy comes to, the differences hold the smallest situations in which the other does not
come to it. So whatever situation the two differ in, it has all that one of these has; and where there are no
differences, there is no such situation: regions of situations are diagrams (see `_diagrams`), and an empty one is
known to be empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from proviso.rules.norms._answer_diff import Among
from proviso.rules.norms._assume import STRICTNESS
from proviso.rules.norms._diagrams import NEVER
from proviso.rules.norms._diff_merge import Cell, Values, merged
from proviso.rules.norms._facts import FactValue, Kind, Situation
from proviso.rules.norms._language import Force
from proviso.rules.norms._reasons import Duty, Outcome, duty_of
from proviso.rules.norms._regions import ActRegions, RegionMaker, Regions, bits_of
from proviso.rules.norms._ruling import CompiledPolicy


class Verdict(StrEnum):
    """How one policy stands to another, all in all."""

    EQUIVALENT = "equivalent"
    A_STRICTER = "a_stricter"
    B_STRICTER = "b_stricter"
    BOTH_WAYS = "both_ways"


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """What one policy says in a situation: the outcome, the clauses that decide it, and what must be done."""

    outcome: Outcome
    clauses: tuple[str, ...]
    duties: tuple[Duty, ...]

    @property
    def strictness(self) -> int:
        """How strict it is; to be silent is as mild as to permit."""
        return max(STRICTNESS[self.outcome], STRICTNESS[Outcome.PERMITTED])

    @property
    def cited(self) -> tuple[str, ...]:
        """The clauses that decide, or, where nothing is decided, those that ask for something."""
        return self.clauses or tuple(dict.fromkeys(duty.clause for duty in self.duties))


@dataclass(frozen=True, slots=True)
class DifferentAnswer:
    """A class of situations in which two policies answer differently, all in the same way.

    In each of them one value of every fact of `where`, all of `flags`, and one of `either` if there are any, are so,
    and nothing else is. `situation` is the first of them, complete: what is not yes in it is no.
    """

    where: tuple[Among, ...]
    flags: tuple[str, ...]
    either: tuple[str, ...]
    a: OneAnswer
    b: OneAnswer
    topic: str
    situation: Situation
    facts: Mapping[str, FactValue] = field(repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many facts its situations need: the fewer, the more general."""
        return self.situation.yes.bit_count()

    @property
    def stricter(self) -> Verdict:
        """Which of the two is the stricter here; where it is no outcome that differs, the one that asks for more."""
        a, b = self.a.strictness, self.b.strictness
        if a == b and self.a.outcome is self.b.outcome:
            a, b = (len(set(one.duties) - set(other.duties)) for one, other in ((self.a, self.b), (self.b, self.a)))
        if a == b:
            return Verdict.BOTH_WAYS
        return Verdict.A_STRICTER if a > b else Verdict.B_STRICTER


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policies and all in which they differ: in the outcome, and in nothing but the duties."""

    a: CompiledPolicy
    b: CompiledPolicy
    differences: tuple[DifferentAnswer, ...]
    duties: tuple[DifferentAnswer, ...]

    @property
    def verdict(self) -> Verdict:
        """Which is the stricter; where one permits what the other does not mention, neither of them is."""
        every = (*self.differences, *self.duties)
        ways = {each.stricter for each in self.differences} - {Verdict.BOTH_WAYS}
        ways = ways or {each.stricter for each in every} - {Verdict.BOTH_WAYS}
        if not every:
            return Verdict.EQUIVALENT
        return ways.pop() if len(ways) == 1 else Verdict.BOTH_WAYS

    def counts(self) -> dict[Verdict, int]:
        """Return in how many classes of situations the outcome of each is the stricter, and of neither."""
        return Counter(each.stricter for each in self.differences)


def compare(a: CompiledPolicy, b: CompiledPolicy) -> Comparison:
    """Return in which situations two policies over one vocabulary answer differently: all of them, and how.

    Of duties it compares whether there is one at all, and, of a duty that both policies know in the same words,
    whether both ask for it. Versions of one policy (they have clauses of the same ids) are compared in every duty
    of theirs. A situation in which the outcome differs as well is told once, with its outcomes.
    """
    comparing = _Comparing(a, b)
    outcomes: dict[Cell, _Found] = {}
    duties: dict[Cell, _Found] = {}
    for regions in comparing.maker.each():
        comparing.put(outcomes, regions, comparing.other_outcomes(regions))
        comparing.put(duties, regions, comparing.other_duties(regions))
    alone = {cell: found for cell, found in duties.items() if cell not in outcomes}
    return Comparison(a, b, comparing.told(outcomes), comparing.told(alone))


@dataclass(frozen=True, slots=True)
class _Found:
    """What both policies say in a situation; situations with the same are told together.

    `happened` says that it is of an act that has happened, which is told in other words than one that is meant.
    """

    a: OneAnswer
    b: OneAnswer
    happened: bool
    yes: int = field(compare=False)


class _Comparing:
    """Two policies side by side."""

    def __init__(self, a: CompiledPolicy, b: CompiledPolicy) -> None:
        self.a, self.b = a, b
        self.maker = RegionMaker(a, b)
        self.vocabulary = a.vocabulary
        self.valued = [fact for fact in self.vocabulary.facts.values() if fact.kind is not Kind.FLAG]
        self.every = (1 << self.vocabulary.width) - 1
        self.versions = bool({clause.id for clause in a.policy.clauses} & {clause.id for clause in b.policy.clauses})

    def other_outcomes(self, regions: ActRegions) -> Iterator[int]:
        """Yield where one policy comes to an outcome and the other to another, for each of each."""
        diagrams = self.maker.diagrams
        ours, theirs = (book.outcomes for book in regions.books)
        for mine, others in ((ours, theirs), (theirs, ours)):
            for outcome, region in mine.items():
                yield diagrams.both(diagrams.but_not(region, others[outcome]), regions.possible)

    def other_duties(self, regions: ActRegions) -> Iterator[int]:
        """Yield where one policy asks for something that the other does not."""
        diagrams = self.maker.diagrams
        asked, others = (self._asked(book) for book in regions.books)
        labels = asked.keys() | others.keys() if self.versions else asked.keys() & others.keys()
        pairs = [(asked.get(label, NEVER), others.get(label, NEVER)) for label in sorted(labels, key=repr)]
        pairs.append((diagrams.some(asked.values()), diagrams.some(others.values())))
        for mine, yours in pairs:
            yield diagrams.both(regions.possible, diagrams.but_not(mine, yours))
            yield diagrams.both(regions.possible, diagrams.but_not(yours, mine))

    def _asked(self, book: Regions) -> dict[tuple[str | None, ...], int]:
        asked: dict[tuple[str | None, ...], int] = {}
        for compiled in book.norms:
            duty = duty_of(compiled) if compiled.force is Force.REQUIRED else None
            if duty is not None:
                label = duty.clause if self.versions else "", duty.what, duty.by, duty.to, duty.of
                asked[label] = self.maker.diagrams.either(asked.get(label, NEVER), book.applies[compiled.bit])
        return asked

    def put(self, found: dict[Cell, _Found], regions: ActRegions, differing: Iterable[int]) -> None:
        """Put the smallest situations of some regions among what was found."""
        for region in dict.fromkeys(differing):
            for yes in self.maker.diagrams.least(region):
                situation = yes | regions.act
                no = self.every & ~situation
                answers = (book.rule_bits(situation, no) for book in (self.a, self.b))
                a, b = (OneAnswer(ruling.outcome, ruling.clauses, ruling.duties) for ruling in answers)
                happened = any(map(self.vocabulary.has_happened, regions.acts))
                found[self._cell(regions, yes)] = _Found(a, b, happened, situation)

    def _cell(self, regions: ActRegions, yes: int) -> Cell:
        """Return a situation as the values of each fact and the flags; values that are so at once are one word."""
        held: dict[str, list[tuple[str, ...]]] = {"act": [regions.acts] if regions.acts else []}
        flags = yes
        for bit in bits_of(yes):
            if bit in regions.values:
                fact, values = regions.values[bit]
                held.setdefault(fact, []).append(values)
                flags &= ~bit
        cells = (self._values(held.get(fact.name, [])) for fact in self.valued)
        return tuple(cells), frozenset(self.vocabulary.names(flags))

    def _values(self, held: list[tuple[str, ...]]) -> Values:
        if not held:
            return frozenset([None])
        return frozenset(held[0]) if len(held) == 1 else frozenset([" ".join(values[0] for values in held)])

    def told(self, found: dict[Cell, _Found]) -> tuple[DifferentAnswer, ...]:
        """Return what was found, merged and in the order of reading: by topic, the smallest situations first."""
        answers = [self._answer(cells, flags, found[example]) for cells, flags, example in merged(found)]
        return tuple(sorted(answers, key=self._rank))

    def _answer(self, cells: tuple[Values, ...], flags: tuple[frozenset[str], ...], found: _Found) -> DifferentAnswer:
        every = frozenset.intersection(*flags)
        either = frozenset.union(*flags) - every
        names = [fact.name for fact in self.vocabulary.flags]
        situation = Situation(found.yes, self.every & ~found.yes)
        return DifferentAnswer(
            tuple(self._among(number, cell) for number, cell in enumerate(cells) if None not in cell),
            tuple(name for name in names if name in every),
            tuple(name for name in names if name in either),
            found.a,
            found.b,
            self._topic(found),
            situation,
            self.vocabulary.plain(situation),
        )

    def _among(self, number: int, cell: Values) -> Among:
        fact = self.valued[number]
        words = [word for word in cell if word is not None]
        if len(words) == 1 and " " in words[0]:
            return Among(fact.name, tuple(words[0].split()), at_once=True)
        return Among(fact.name, tuple(value for value in fact.values if value in cell))

    def _topic(self, found: _Found) -> str:
        """Return what a difference is about: the first topic of the stricter side's first clause."""
        sides = [(found.a, self.a.policy), (found.b, self.b.policy)]
        sides.sort(key=lambda side: (not side[0].cited, -STRICTNESS[side[0].outcome]))
        answer, policy = sides[0]
        return next(iter(policy.clause(answer.cited[0]).topics), "")

    def _rank(self, answer: DifferentAnswer) -> tuple[object, ...]:
        where = {among.fact: among.values for among in answer.where}
        order = [[fact.values.index(value) for value in where.get(fact.name, ())] for fact in self.valued]
        gap = abs(answer.a.strictness - answer.b.strictness)
        return answer.topic, answer.size, -gap, order, answer.flags, answer.either
