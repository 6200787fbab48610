"""Batches: one pass over arrays of situations, and any ruling among them when it is asked for.

The only module that needs NumPy . A test gives 0 (no), 1 (unknown) or 3 (yes): written so, *and*
is `&` and *or* is `|`, on whole columns as on single numbers. Rows are taken in chunks that fit the processor's cache;
in each, every distinct test of a fact is made once. What is found of every norm is kept, four findings to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import and_, or_
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from proviso.rules.norms._compile import CompiledNorm, Evaluated, Masks
from proviso.rules.norms._facts import Fact, FactError, FactValue, Kind, Vocabulary, nearest
from proviso.rules.norms._language import Force
from proviso.rules.norms._reasons import ORDINARY, OUTCOME_OF, Outcome, Ranking, by_priority
from proviso.rules.norms._ruling import CompiledPolicy, Ruling

ORDER = tuple(Outcome)
NO, UNKNOWN, YES = 0, 1, 3
_CHUNK = 1 << 16
_MOST_VALUES = 63
_FEW_VALUES = 4

Column: TypeAlias = NDArray[Any]
Tested: TypeAlias = "NDArray[Any] | int"  # a number says the same of every row
Term: TypeAlias = tuple[str, int, bool]  # a fact, some of its values by their bits, whether it is denied
Terms: TypeAlias = tuple[Term, ...]  # any of these
Test: TypeAlias = tuple[Terms, ...]  # all of these
_Heard: TypeAlias = "dict[Force | None, Tested]"  # whether a norm of a force is heard


@dataclass(frozen=True, slots=True, eq=False)
class _PartTests:
    """A compiled norm of a policy with the tests of its condition and of its exceptions."""

    compiled: CompiledNorm
    condition: Test
    exceptions: tuple[Test, ...]


@dataclass(slots=True, eq=False)
class _Spoken:
    """What a compiled norm says of some rows, or of one.

    `state` is whether it applies, its exceptions heeded. Of a ban, `lifted` is YES where an
    exception lifts it, and `only_lifted` UNKNOWN where it is not yet known to concern the
    act but could only turn out lifted.
    """

    compiled: CompiledNorm
    state: Tested
    lifted: Tested = NO
    only_lifted: Tested = NO

    @classmethod
    def of(cls, compiled: CompiledNorm, holds: Tested, exceptions: Sequence[Tested]) -> _Spoken:
        if not exceptions:
            return cls(compiled, holds)
        lifted = reduce(or_, exceptions)
        state = holds & _not(lifted)
        if not compiled.bans:
            return cls(compiled, state)
        return cls(compiled, state, _where(holds & lifted, YES) * YES, _where(holds, UNKNOWN) & _where(lifted, YES))


class Batch:
    """The outcomes of many situations, in one array, and each ruling in full when it is asked for.

    `outcomes` are positions in `order`. The columns are kept, not copied where their type
    allows it: leave them as they are while the batch is in use.
    """

    order = ORDER

    def __init__(self, policy: CompiledPolicy, columns: Mapping[str, Column], size: int, on: date | None) -> None:
        self.policy = policy
        self.on = on
        self.outcomes: NDArray[np.uint8] = np.empty(size, np.uint8)
        self._columns = columns
        self._tests = _part_tests(policy)
        self._kind_of_act, self._outcome_of = _tables(policy)
        self._ranked = sum(
            {compiled.bit for compiled in policy.norms if compiled.targets or compiled.bit & _targets(policy)}
        )
        findings = sum(1 + len(test.exceptions) for test in self._tests)
        self._kept: NDArray[np.uint8] = np.empty(((findings + 3) // 4, size), np.uint8)
        for start in range(0, size, _CHUNK):
            self._evaluate(slice(start, start + _CHUNK))

    def __len__(self) -> int:
        return len(self.outcomes)

    def facts(self, row: int) -> dict[str, FactValue]:
        """Return the facts of a row as plain values; what is unknown is left out."""
        facts = self.policy.vocabulary.facts
        plain = {name: _plain(facts[name], int(column[row])) for name, column in self._columns.items()}
        return {name: value for name, value in plain.items() if value is not None}

    def ruling(self, row: int) -> Ruling:
        """Return the ruling of a row: the one that `CompiledPolicy.rule` gives for its facts."""
        yes, no = self.policy.vocabulary.masks(self.facts(row))
        findings = self._findings(row)
        spoken = [(test, next(findings), [next(findings) for _ in test.exceptions]) for test in self._tests]
        possible = yes & self.policy.acts or self.policy.acts & ~no
        return self.policy.rule_evaluated(yes, no, _evaluated(possible, spoken), self.on)

    def counts(self) -> dict[Outcome, int]:
        """Return how many rows have each outcome."""
        return dict(zip(ORDER, np.bincount(self.outcomes, minlength=len(ORDER)).tolist(), strict=True))

    def _evaluate(self, rows: slice) -> None:
        columns = {name: column[rows] for name, column in self._columns.items()}
        terms = _Terms(self.policy.vocabulary, columns)
        heard: _Heard = dict.fromkeys(ORDINARY, NO)
        ranked: list[_Spoken] = []
        findings: list[Tested] = []
        kept = iter(self._kept)
        for test in self._tests:
            holds = terms.all(test.condition)
            exceptions = [terms.all(exception) for exception in test.exceptions]
            findings += [holds, *exceptions]
            while len(findings) >= 4:
                next(kept)[rows] = _packed(findings)
                del findings[:4]
            spoken = _Spoken.of(test.compiled, holds, exceptions)
            if test.compiled.bit & self._ranked:
                ranked.append(spoken)
            else:
                _hear(heard, spoken)
        if findings:
            next(kept)[rows] = _packed(findings)
        for spoken in _with_priorities(ranked):
            _hear(heard, spoken)
        kinds = self._kind_of_act[columns["act"]] if "act" in columns else self._kind_of_act[-1]
        codes = [np.asarray(heard[force], np.uint16) << 2 * place for place, force in enumerate(ORDINARY)]
        self.outcomes[rows] = self._outcome_of[reduce(or_, codes) + kinds]

    def _findings(self, row: int) -> Iterator[int]:
        """Yield what was found of the condition and the exceptions of each compiled norm, in their order."""
        for kept in self._kept[:, row].tolist():
            for number in range(4):
                yield kept >> 2 * number & 3


def batch(policy: CompiledPolicy, columns: Mapping[str, ArrayLike], on: date | None = None) -> Batch:
    """Rule on many situations in one pass; `on` dates the notes.

    A column holds one fact as integers, a row a situation:

    * a flag: 1 it holds, 0 it does not;
    * a one-of fact: the position of the value in the vocabulary, or the number of values
      for none of them;
    * an any-of fact: the sum of `1 << position` of the values that hold, 0 for none;
    * in each of these -1 is unknown. A fact without a column is unknown throughout.

    Raises:
        FactError: an unknown fact, a number out of range, or columns of unequal length.
    """
    ready = {name: _column(policy.vocabulary, name, np.asarray(column)) for name, column in columns.items()}
    sizes = {len(column) for column in ready.values()}
    if len(sizes) != 1:
        lengths = ", ".join(f"{name} {len(column)}" for name, column in ready.items()) or "none given"
        raise FactError(f"columns must be of one length ({lengths}): give each a number for every situation")
    return Batch(policy, ready, sizes.pop(), on)


def _column(vocabulary: Vocabulary, name: str, column: Column) -> Column:
    """Check a column and bring it into the smallest type of integer that holds the fact."""
    fact = vocabulary.facts.get(name)
    if fact is None:
        raise FactError(f"unknown fact `{name}`{nearest(name, vocabulary.facts)}: `proviso decide --facts` lists them")
    if column.ndim != 1 or column.dtype.kind not in "biu":
        raise FactError(f"the column `{name}` is not a plain row of integers: see `batch` for what to put into it")
    if len(fact.values) > _MOST_VALUES:
        raise FactError(f"`{name}` has over {_MOST_VALUES} values, too many for a column: rule one by one")
    most = {Kind.FLAG: 1, Kind.ONE_OF: len(fact.values), Kind.ANY_OF: (1 << len(fact.values)) - 1}[fact.kind]
    if len(column) and not -1 <= int(column.min()) <= int(column.max()) <= most:
        raise FactError(f"the column `{name}` holds a number outside -1 to {most}: see `batch` for what they mean")
    return column.astype(np.min_scalar_type(-most - 1), copy=False)


def _plain(fact: Fact, number: int) -> FactValue:
    if number < 0:
        return None
    if fact.kind is Kind.FLAG:
        return bool(number)
    if fact.kind is Kind.ONE_OF:
        return fact.values[number] if number < len(fact.values) else []
    return [value for position, value in enumerate(fact.values) if number >> position & 1]


def _part_tests(policy: CompiledPolicy) -> tuple[_PartTests, ...]:
    spans = [(name, policy.vocabulary.span(name)) for name in policy.vocabulary.facts]
    return tuple(
        _PartTests(
            compiled, _test(compiled.masks, spans), tuple(_test(masks, spans) for masks, _ in compiled.exceptions)
        )
        for compiled in policy.norms
    )


def _test(masks: Masks, spans: list[tuple[str, int]]) -> Test:
    """Take masks apart into tests of one fact each; the values of a fact count from its own first bit."""
    everything = masks.bits
    tests: list[tuple[Term, ...]] = []
    groups: list[list[Term]] = [[] for _ in masks.groups]
    for name, span in spans:
        if not span & everything:
            continue
        first = span & -span
        bits = (masks.yes & span) // first
        tests += [((name, 1 << place, False),) for place in range(bits.bit_length()) if bits >> place & 1]
        if masks.no & span:
            tests.append(((name, (masks.no & span) // first, True),))
        for group, terms in zip(masks.groups, groups, strict=True):
            if group & span:
                terms.append((name, (group & span) // first, False))
    return (*tests, *(tuple(terms) for terms in groups))


class _Terms:
    """What the terms of a chunk of rows come to, each worked out once."""

    def __init__(self, vocabulary: Vocabulary, columns: Mapping[str, Column]) -> None:
        self._facts = vocabulary.facts
        self._columns = columns
        self._known: dict[str, NDArray[np.uint8]] = {}
        self._positions: dict[str, NDArray[np.uint32]] = {}
        self._found: dict[Terms, Tested] = {}

    def all(self, test: Test) -> Tested:
        return reduce(and_, [self._any(terms) for terms in test]) if test else YES

    def _any(self, terms: Terms) -> Tested:
        column = self._found.get(terms)
        if column is None:
            column = self._found[terms] = reduce(or_, [self._term(*term) for term in terms])
        return column

    def _term(self, name: str, bits: int, denied: bool) -> Tested:
        column = self._columns.get(name)
        if column is None:
            return UNKNOWN
        kind = self._facts[name].kind
        if kind is Kind.FLAG and not denied:
            return (column * np.int8(3) & np.int8(3)).view(np.uint8)  # 1, 0 and -1 become 3, 0 and 1
        if name not in self._known:
            # Not `np.where`: what is unknown comes as it comes, and a branch on it costs more than all the rest.
            self._known[name] = YES - 2 * (column < 0).view(np.uint8)
        if kind is Kind.FLAG:
            hit = column < 1
        elif kind is Kind.ANY_OF:
            hit = (column & column.dtype.type(bits)) != 0
        else:
            hit = self._is_one_of(name, column, bits)
        return hit * self._known[name]

    def _is_one_of(self, name: str, column: Column, bits: int) -> NDArray[np.bool_]:
        """Whether a one-of fact has one of the values, or is unknown."""
        if bits.bit_count() > _FEW_VALUES and len(self._facts[name].values) < 31:
            if name not in self._positions:
                self._positions[name] = np.uint32(1) << (column & column.dtype.type(31)).astype(np.uint32)
            hit: NDArray[np.bool_] = (self._positions[name] & np.uint32(bits | 1 << 31)) != 0  # -1 & 31 is 31
            return hit
        return reduce(or_, [column == place for place in range(bits.bit_length()) if bits >> place & 1], column < 0)


def _not(tested: Tested) -> Tested:
    if isinstance(tested, int):
        return {NO: YES, UNKNOWN: UNKNOWN, YES: NO}[tested]
    denied: NDArray[Any] = (tested == NO) * np.uint8(2) + (tested != YES)
    return denied


def _where(tested: Tested, value: int) -> Tested:
    """UNKNOWN where a test gave `value`, else NO: a mark that survives a conjunction with UNKNOWN."""
    if isinstance(tested, int):
        return UNKNOWN if tested == value else NO
    marks: NDArray[Any] = (tested == value).view(np.uint8)
    return marks


def _targets(policy: CompiledPolicy) -> int:
    return reduce(or_, [compiled.targets for compiled in policy.norms], 0)


def _packed(findings: Sequence[Tested]) -> Tested:
    packed: Tested = reduce(or_, [finding * 4**number for number, finding in enumerate(findings[:4])])
    return packed


def _with_priorities(ranked: Sequence[_Spoken]) -> Sequence[_Spoken]:
    """Heed declared priorities as `Resolution` does: what a special norm leaves unsaid is theirs that it sets aside."""
    of_bit = {spoken.compiled.bit: spoken for spoken in ranked}
    for compiled in by_priority([spoken.compiled for spoken in ranked]):
        remains = _not(of_bit[compiled.bit].state | of_bit[compiled.bit].only_lifted)
        for spoken in ranked:
            if spoken.compiled.bit & compiled.targets:
                spoken.state = spoken.state & remains
                spoken.only_lifted = spoken.only_lifted & remains
    return ranked


def _hear(heard: _Heard, spoken: _Spoken) -> None:
    force = spoken.compiled.force
    if force in heard:
        heard[force] = heard[force] | spoken.state
    if spoken.compiled.bans and spoken.compiled.exceptions:  # by its own exception a ban permits
        heard[Force.PERMITTED] = heard[Force.PERMITTED] | spoken.lifted | spoken.only_lifted


def _tables(policy: CompiledPolicy) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return the kind of each act, by its number in a column, and the outcomes by what is heard plus the kind."""
    values = policy.vocabulary.facts["act"].values
    possible = [*(policy.vocabulary.bit("act", value) for value in values), 0, policy.acts]  # none of them; unknown
    kinds = [policy.kinds(acts) for acts in possible]
    known = list(dict.fromkeys(kinds))
    codes = 4 ** len(ORDINARY)
    kind_of_act = np.array([codes * known.index(kind) for kind in kinds], np.uint16)
    return kind_of_act, np.concatenate([_outcomes(kind) for kind in known])


@cache
def _outcomes(kinds: tuple[Ranking, ...]) -> NDArray[np.uint8]:
    """Return outcomes, as positions in `order`, by what is heard: two bits for each force, as `ORDINARY` has them."""
    table = np.zeros(4 ** len(ORDINARY), np.uint8)
    for code in range(len(table)):
        states = {force: code >> 2 * place & 3 for place, force in enumerate(ORDINARY)}
        outcomes = {_outcome(ranking, states) for ranking in kinds}
        table[code] = ORDER.index(outcomes.pop() if len(outcomes) == 1 else Outcome.UNDECIDED)
    return table


def _outcome(ranking: Ranking, states: Mapping[Force, int]) -> Outcome:
    """Return the strongest force that is heard, unless a stronger one may be."""
    for force in ranking:
        if states[force]:
            return OUTCOME_OF[force] if states[force] == YES else Outcome.UNDECIDED
    return Outcome.NOT_COVERED


def _evaluated(possible: int, findings: Sequence[tuple[_PartTests, int, list[int]]]) -> Evaluated:
    """Return for one row what the act's evaluator returns for its situation."""
    applies = undetermined = lifts = only_lifted = 0
    for test, holds, exceptions in findings:
        compiled, spoken = test.compiled, _Spoken.of(test.compiled, holds, exceptions)
        if spoken.state == YES:
            applies |= compiled.bit
        elif spoken.state or spoken.only_lifted:
            undetermined |= compiled.bit
        if spoken.only_lifted:
            only_lifted |= compiled.bit
        for (_, bit), exception in zip(compiled.exceptions, exceptions, strict=True):
            lifts |= bit if holds == exception == YES else 0
    return possible, applies, undetermined, lifts, only_lifted
