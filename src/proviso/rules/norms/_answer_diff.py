"""Which answers differ between two versions of a policy, found by ruling on situations under both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain, product

from proviso.rules.norms._assume import STRICTNESS
from proviso.rules.norms._compile import CompiledNorm, Masks, concerns, masks_of
from proviso.rules.norms._diff_merge import Cell, Values, merged
from proviso.rules.norms._facts import FactValue, Kind
from proviso.rules.norms._language import Condition, Norm
from proviso.rules.norms._reasons import Duty, Outcome
from proviso.rules.norms._ruling import CompiledPolicy, Ruling

MOST = 50_000


class Direction(StrEnum):
    """Whether an answer becomes stricter or milder; the weightiest first."""

    STRICTER = "stricter"
    MILDER = "milder"
    SAME = "same"


class Weight(StrEnum):
    """How much of an answer a change touches; the weightiest first."""

    OUTCOME = "outcome"
    DUTIES = "duties"
    CLAUSES = "clauses"


@dataclass(frozen=True, slots=True)
class VersionAnswer:
    """What one version says in a situation.

    `clauses` decide the outcome; where both versions come to the same outcome, they are those that
    the other does not cite. `duties` are always those that the other does not call for.
    """

    outcome: Outcome
    clauses: tuple[str, ...]
    duties: tuple[Duty, ...]

    @classmethod
    def of(cls, ruling: Ruling, other: Ruling) -> VersionAnswer:
        same = set(other.clauses) if ruling.outcome is other.outcome else set()
        clauses = tuple(clause for clause in ruling.clauses if clause not in same)
        return cls(ruling.outcome, clauses, tuple(duty for duty in ruling.duties if duty not in other.duties))


@dataclass(frozen=True, slots=True)
class Among:
    """The values of a fact that a changed answer holds for: any of `values`, or, with `at_once`, all of them together.

    With `but_not` it holds for every other value, and where none is given.
    """

    fact: str
    values: tuple[str, ...]
    but_not: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """Situations in which two versions answer differently, and all in the same way.

    `where` leaves out the facts with values that make no difference. Of the flags, all of `flags`
    hold, one of `either` if there are any, and no others.
    """

    where: tuple[Among, ...]
    flags: tuple[str, ...]
    either: tuple[str, ...]
    before: VersionAnswer
    after: VersionAnswer
    told: Callable[[], Iterator[Mapping[str, FactValue]]] = field(repr=False, compare=False)

    @property
    def situations(self) -> tuple[Mapping[str, FactValue], ...]:
        """Every situation, told one by one: there may be many thousand, so they are made when they are asked for."""
        return tuple(self.told())

    @property
    def weight(self) -> Weight:
        return _weight(self.before, self.after) or Weight.CLAUSES

    @property
    def direction(self) -> Direction:
        """Whether the outcome becomes stricter or milder; to be silent is as mild as to permit."""
        mildest = STRICTNESS[Outcome.PERMITTED]
        before, after = (max(STRICTNESS[answer.outcome], mildest) for answer in (self.before, self.after))
        if before == after:
            return Direction.SAME
        return Direction.STRICTER if after > before else Direction.MILDER


@dataclass(frozen=True, slots=True)
class ChangedAnswers:
    """The answers that differ, the weightiest first.

    `looked_at` situations were ruled on; `all_looked_at` is false where there were more of them than
    could be, so that further changes are possible.
    """

    changes: tuple[ChangedAnswer, ...]
    looked_at: int
    all_looked_at: bool

    def of(self, weight: Weight) -> tuple[ChangedAnswer, ...]:
        return tuple(change for change in self.changes if change.weight is weight)


def changed_answers(
    before: CompiledPolicy, after: CompiledPolicy, on: date | None = None, most: int = MOST
) -> ChangedAnswers:
    """Return which answers differ between two versions of a policy over one vocabulary.

    Looked at is every situation that a norm of only one version speaks of: each person, act, other
    person, way and time that any norm tells apart, with the flags that the norm needs, with each flag
    of its exceptions turned, and everything else taken as no. A person is taken as one kind of person
    at a time, and flags that only other clauses name stay no. What differs in the same way for
    several values is one change; a change that also comes without a flag is not told again with it.
    """
    looking = _Looking(before, after, on)
    differing: dict[Cell, tuple[VersionAnswer, VersionAnswer]] = {}
    seen: set[int] = set()
    complete = True
    for yes, cell in looking.situations():
        if yes in seen:
            continue
        if len(seen) >= most:
            complete = False
            break
        seen.add(yes)
        if pair := looking.differs(yes):
            differing[cell] = pair
    changes = [looking.change(cells, flags, differing[example]) for cells, flags, example in merged(differing)]
    return ChangedAnswers(tuple(sorted(changes, key=looking.rank)), len(seen), complete)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Values of one fact that no norm tells apart, and the bit of one of them; None stands for no value."""

    bit: int
    values: Values


class _Looking:
    """Two versions side by side."""

    def __init__(self, before: CompiledPolicy, after: CompiledPolicy, on: date | None) -> None:
        self.before, self.after, self.on = before, after, on
        self.vocabulary = before.vocabulary
        self.every = (1 << self.vocabulary.width) - 1
        self.valued = [fact for fact in self.vocabulary.facts.values() if fact.kind is not Kind.FLAG]
        self.norms = [compiled for compiled in (*before.norms, *after.norms) if compiled.norm is not None]
        self._axes: dict[int, dict[str, list[_Alike]]] = {}

    def differs(self, yes: int) -> tuple[VersionAnswer, VersionAnswer] | None:
        """Rule under both versions with everything else taken as no."""
        no = self.every & ~yes
        before, after = (book.rule_bits(yes, no, self.on) for book in (self.before, self.after))
        answers = VersionAnswer.of(before, after), VersionAnswer.of(after, before)
        return answers if _weight(*answers) else None

    def situations(self) -> Iterator[tuple[int, Cell]]:
        """Yield the situations that the changed norms speak of, in bits and as a cell of values and flags."""
        for masks, exceptions in self._changed():
            flags = sorted(self._flags(masks, exceptions))
            for act in self._acts:
                if _admits(masks, act.bit, self.before.acts):
                    axes = [self._among(masks, act, fact.name) for fact in self.valued]
                    for alike in product(*axes):
                        bits = sum(values_alike.bit for values_alike in alike)
                        values = tuple(values_alike.values for values_alike in alike)
                        for some in flags:
                            yield bits | some, (values, frozenset(self.vocabulary.names(some)))

    def _changed(self) -> Iterator[tuple[Masks, tuple[Masks, ...]]]:
        """Yield the conditions and exceptions of the norms that stand in one version only."""
        spoken = [set(_spoken(book)) for book in (self.before, self.after)]
        for book, others in ((self.before, spoken[1]), (self.after, spoken[0])):
            for compiled in book.norms:
                if (
                    compiled.norm
                    and compiled.clause
                    and (compiled.clause.id, _expanded(compiled.norm, book)) not in others
                ):
                    yield compiled.masks, tuple(masks for masks, _ in compiled.exceptions)

    def _flags(self, masks: Masks, exceptions: tuple[Masks, ...]) -> set[int]:
        """Return sets of flags: those that a norm needs, then with each other flag that it names turned."""
        valued = sum(self.vocabulary.span(fact.name) for fact in self.valued)
        either = [list(_single(group)) for group in masks.groups if not group & valued]
        bases = {masks.yes & ~valued | sum(some) for some in product(*either)}
        turned = set(_single((masks.bits | _together(exceptions)) & ~valued & ~masks.yes))
        met = {exception.yes & ~valued for exception in exceptions}
        return (
            bases | {base ^ bit for base in bases for bit in turned} | {base | more for base in bases for more in met}
        )

    @cached_property
    def _acts(self) -> list[_Alike]:
        """Return the acts, as many together as no norm tells apart."""
        alike: dict[object, list[str]] = {}
        for value in self.vocabulary.facts["act"].values:
            bit = self.vocabulary.bit("act", value)
            alike.setdefault((self.vocabulary.has_happened(value), _signature(self.norms, bit)), []).append(value)
        return [_Alike(self.vocabulary.bit("act", values[0]), frozenset(values)) for values in alike.values()]

    def _among(self, masks: Masks, act: _Alike, fact: str) -> list[_Alike]:
        if fact == "act":
            return [act]
        span = self.vocabulary.span(fact)
        return [values for values in self._axes_of(act)[fact] if _admits(masks, values.bit, span)]

    def _axes_of(self, act: _Alike) -> dict[str, list[_Alike]]:
        """Return the values of each fact that the norms on an act tell apart."""
        if act.bit not in self._axes:
            norms = [compiled for compiled in self.norms if concerns(compiled, act.bit, self.before.acts)]
            self._axes[act.bit] = {fact.name: self._told_apart(fact.name, norms) for fact in self.valued}
        return self._axes[act.bit]

    def _told_apart(self, fact: str, norms: list[CompiledNorm]) -> list[_Alike]:
        alike: dict[object, list[str | None]] = {_signature(norms, 0): [None]}
        for value in self.vocabulary.facts[fact].values:
            alike.setdefault(_signature(norms, self.vocabulary.bit(fact, value)), []).append(value)
        return [_Alike(self._bit(fact, values[0]), frozenset(values)) for values in alike.values()]

    def _bit(self, fact: str, value: str | None) -> int:
        return self.vocabulary.bit(fact, value) if value else 0

    def change(
        self, cells: tuple[Values, ...], flags: tuple[frozenset[str], ...], answers: tuple[VersionAnswer, VersionAnswer]
    ) -> ChangedAnswer:
        """Return merged cells as a change that can be told."""
        every = frozenset.intersection(*flags)
        either = frozenset.union(*flags) - every
        names = [fact.name for fact in self.vocabulary.flags]
        where = tuple(filter(None, (self._range(n, cell) for n, cell in enumerate(cells))))

        def told() -> Iterator[Mapping[str, FactValue]]:
            return (self._plain(values, some) for values in product(*map(self._ordered, cells)) for some in flags)

        return ChangedAnswer(
            where,
            tuple(name for name in names if name in every),
            tuple(name for name in names if name in either),
            *answers,
            told,
        )

    def _ordered(self, cell: Values) -> list[str | None]:
        return sorted(cell, key=lambda value: value or "")

    def _plain(self, values: tuple[str | None, ...], flags: frozenset[str]) -> Mapping[str, FactValue]:
        plain: dict[str, FactValue] = {}
        for fact, value in zip(self.valued, values, strict=True):
            if value:
                plain[fact.name] = value if fact.kind is Kind.ONE_OF else (value,)
        return {**plain, **dict.fromkeys(sorted(flags), True)}

    def _range(self, number: int, cell: Values) -> Among | None:
        fact = self.valued[number]
        but_not = None in cell
        values = tuple(value for value in fact.values if (value in cell) is not but_not)
        if len(values) == (0 if but_not else len(fact.values)):
            return None if but_not or fact.name == "act" else Among(fact.name, values)
        return Among(fact.name, values, but_not)

    def rank(self, change: ChangedAnswer) -> tuple[object, ...]:
        """Order changes: the weightiest first, then as the vocabulary has their facts."""
        where = {among.fact: among for among in change.where}
        order = []
        for fact in self.valued:
            among = where.get(fact.name)
            order.append((among.but_not, [fact.values.index(value) for value in among.values]) if among else (True, []))
        flags = (*change.flags, *change.either)
        return (*([*Weight].index(change.weight), len(flags), *order, *flags),)


def _weight(before: VersionAnswer, after: VersionAnswer) -> Weight | None:
    if before.outcome is not after.outcome:
        return Weight.OUTCOME
    if before.duties or after.duties:
        return Weight.DUTIES
    return Weight.CLAUSES if before.clauses or after.clauses else None


def _admits(masks: Masks, bit: int, span: int) -> bool:
    """Whether a condition can hold where, of the bits of a fact, only `bit` does."""
    if masks.yes & span & ~bit or masks.no & bit:
        return False
    return all(group & bit for group in masks.groups if group & span)


def _signature(norms: Iterable[CompiledNorm], bit: int) -> tuple[object, ...]:
    """Return all that norms say of a bit: two with the same are not told apart."""
    every = chain.from_iterable((compiled.masks, *(masks for masks, _ in compiled.exceptions)) for compiled in norms)
    return tuple(
        (bool(masks.yes & bit), bool(masks.no & bit), *(bool(group & bit) for group in masks.groups)) for masks in every
    )


def _spoken(book: CompiledPolicy) -> Iterator[tuple[str, tuple[object, ...]]]:
    for compiled in book.norms:
        if compiled.norm and compiled.clause:
            yield compiled.clause.id, _expanded(compiled.norm, book)


def _expanded(norm: Norm, book: CompiledPolicy) -> tuple[object, ...]:
    """Return what a norm says, its group words replaced by what they mean in its version."""

    def plain(conditions: Iterable[Condition]) -> tuple[Masks, ...]:
        return tuple(masks_of(condition, book.policy, book.vocabulary) for condition in conditions)

    sense = (norm.force, norm.overrides, norm.instead, norm.what, norm.by, norm.to, norm.of)
    return (*sense, plain([norm.when]), plain(norm.unless), plain(norm.met))


def _single(bits: int) -> Iterator[int]:
    while bits:
        yield bits & -bits
        bits &= bits - 1


def _together(masks: Iterable[Masks]) -> int:
    bits = 0
    for condition in masks:
        bits |= condition.bits
    return bits
