"""Facts: what can be said of a situation, and how it becomes two integers.

Each flag, and each value of a fact with values, is one bit. A situation is a pair of
integers: the bits known to be so and the bits known not to be so. What stands in neither
is unknown, and unknown is not no.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import getitem
from typing import Any, TypeAlias

from proviso.rules.norms._phrases import Phrase

FactValue: TypeAlias = "bool | str | Sequence[str] | None"
Facts: TypeAlias = Mapping[str, FactValue]


class Kind(StrEnum):
    """How many values of a fact may hold at once."""

    ANY_OF = "any-of"
    ONE_OF = "one-of"
    FLAG = "flag"


class Unsaid(StrEnum):
    """What an answer does with a flag that a question left unsaid (both are taken as no)."""

    SO_LONG_AS = "no"
    UNLESS = "offer"


# An act that has happened, rather than one that somebody means to do: the one trait that rulings turn on.
_HAPPENED = "happened"


class FactError(ValueError):
    """A fact, value or combination that cannot be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Value:
    """What the vocabulary says of one value of a fact: its meaning, its words by what they are for, its traits."""

    meaning: str = ""
    words: Mapping[str, Phrase] = field(default_factory=dict, compare=False)
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """Values of a fact that are offered under one title."""

    title: Phrase
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the vocabulary. A flag has no values; a fact with values has `unsaid` where none of them is
    taken to hold unless it is said.

    `details` says what there is to know of the values; a value without an entry has no words and no traits.
    """

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    unsaid: Unsaid | None = None
    words: Mapping[str, Phrase] = field(default_factory=dict, compare=False, repr=False)
    traits: frozenset[str] = frozenset()
    details: Mapping[str, Value] = field(default_factory=dict, compare=False, repr=False)
    groups: tuple[ValueGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Bits known to be so (`yes`) and bits known not to be so (`no`)."""

    yes: int = 0
    no: int = 0

    def __post_init__(self) -> None:
        if self.yes & self.no:
            raise FactError("the same fact is said to be so and not to be so: say it once")


def nearest(name: str, names: Iterable[str], count: int = 3) -> str:
    """Return ` (nearest: a, b)` for an unknown name, or an empty string when nothing is near."""
    near = difflib.get_close_matches(name, list(names), n=count, cutoff=0.5)
    return f" (nearest: {', '.join(near)})" if near else ""


_NOTHING_SAID = Value()
_MOST_VALUES_KEPT = 1_000  # of a fact: several at once are values of their own


@dataclass(frozen=True)
class Vocabulary:
    """The facts that policies and situations may name, each with its bits."""

    facts: Mapping[str, Fact]
    _bits: dict[tuple[str, str | None], int] = field(init=False, repr=False, compare=False)
    _spans: dict[str, int] = field(init=False, repr=False, compare=False)
    _owners: dict[int, str] = field(init=False, repr=False, compare=False)
    _said: dict[str, dict[Any, int]] = field(init=False, repr=False, compare=False)
    width: int = field(init=False, repr=False, compare=False)
    _every: int = field(init=False, repr=False, compare=False)
    happened_acts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        bits: dict[tuple[str, str | None], int] = {}
        spans: dict[str, int] = {}
        for fact in self.facts.values():
            keys: tuple[str | None, ...] = fact.values or (None,)
            for key in keys:
                bits[fact.name, key] = 1 << len(bits)
            spans[fact.name] = sum(bits[fact.name, key] for key in keys)
        object.__setattr__(self, "_bits", bits)
        object.__setattr__(self, "_spans", spans)
        object.__setattr__(self, "_owners", {bit: name for (name, _), bit in bits.items()})
        object.__setattr__(self, "width", len(bits))
        object.__setattr__(self, "_every", (1 << len(bits)) - 1)
        object.__setattr__(self, "_said", {name: {None: 0} for name in self.facts})
        for fact in self.facts.values():
            usual = (True, False) if fact.kind is Kind.FLAG else (*fact.values, *((name,) for name in fact.values), ())
            for value in usual:
                self._both(fact.name, value)
        object.__setattr__(self, "happened_acts", self.values_with("act", _HAPPENED))

    def bit(self, name: str, value: str | None = None) -> int:
        """Return the bit of a flag, or of one value of a fact with values."""
        return self._bits[name, value]

    def span(self, name: str) -> int:
        """Return all bits of a fact."""
        return self._spans[name]

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the facts that have a bit in `mask`, in the vocabulary's order."""
        names: list[str] = []
        while mask:
            name = self._owners[mask & -mask]
            names.append(name)
            mask &= ~self._spans[name]
        return tuple(names)

    def values_with(self, fact: str, trait: str) -> tuple[str, ...]:
        """Return the values of a fact that have a trait, in the vocabulary's order; none where it has no such fact."""
        entry = self.facts.get(fact)
        if entry is None:
            return ()
        return tuple(value for value in entry.values if trait in entry.details.get(value, _NOTHING_SAID).traits)

    def flags_with(self, trait: str) -> tuple[str, ...]:
        """Return the flags that have a trait, in the vocabulary's order."""
        return tuple(fact.name for fact in self.flags if trait in fact.traits)

    def has_happened(self, act: FactValue) -> bool:
        """Whether an act is one that has happened; no act is not."""
        return isinstance(act, str) and act in self.happened_acts

    @property
    def flags(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts.values() if fact.kind is Kind.FLAG)

    def masks(self, facts: Facts) -> tuple[int, int]:
        """Return (yes, no) of plain facts; see `situation` for what may stand in them."""
        said = self._said
        try:  # without a line of Python for each fact, as most of a ruling's time would go into that
            both = sum(map(getitem, map(said.__getitem__, facts), facts.values()))
        except (KeyError, TypeError):  # a value that is not remembered, or a list, which is no key
            both = sum(map(self._both, facts, facts.values()))
        return both & self._every, both >> self.width

    def _both(self, name: str, value: FactValue) -> int:
        """Return what a fact says as one integer, the known no above the known yes, and remember it."""
        key = tuple(value) if isinstance(value, list) else value
        remembered = self._said.get(name, {})
        if key in remembered:
            return remembered[key]
        yes, no = self.pair(name, value)
        if len(remembered) < _MOST_VALUES_KEPT:
            remembered[key] = yes | no << self.width
        return yes | no << self.width

    def situation(self, facts: Facts) -> Situation:
        """Turn plain facts into a situation.

        A flag is True, False or None (unknown); a fact with values is a value, a list of
        values or None. A list is the whole of it: values that are not in it do not hold,
        and an empty list says that none holds.

        Raises:
            FactError: an unknown fact or value, or two values of a fact that holds one.
        """
        return Situation(*self.masks(facts))

    def plain(self, situation: Situation) -> dict[str, bool | str | list[str]]:
        """Turn a situation back into plain facts; what is unknown is left out."""
        plain: dict[str, bool | str | list[str]] = {}
        for fact in self.facts.values():
            span = self._spans[fact.name]
            if fact.kind is Kind.FLAG:
                if (situation.yes | situation.no) & span:
                    plain[fact.name] = bool(situation.yes & span)
                continue
            held = [value for value in fact.values if situation.yes & self._bits[fact.name, value]]
            if fact.kind is Kind.ONE_OF and held:
                plain[fact.name] = held[0]
            elif held or situation.no & span == span:
                plain[fact.name] = held
        return plain

    def answers(self, name: str, situation: Situation) -> Iterator[tuple[FactValue, Situation]]:
        """Yield each answer to a fact that is still unknown, with the situation it leads to."""
        fact, span = self.facts[name], self._spans[name]
        if fact.kind is Kind.FLAG:
            yield True, Situation(situation.yes | span, situation.no)
            yield False, Situation(situation.yes, situation.no | span)
            return
        for value in fact.values:
            bit = self._bits[name, value]
            if not situation.no & bit:
                yield value, Situation(situation.yes | bit, situation.no | span & ~bit & ~situation.yes)
        if not situation.yes & span:
            yield [], Situation(situation.yes, situation.no | span)

    def pair(self, name: str, value: FactValue) -> tuple[int, int]:
        """Return (yes, no) of one fact; see `situation`."""
        if value is None:
            return 0, 0
        fact = self.facts.get(name)
        if fact is None:
            raise FactError(f"unknown fact `{name}`{nearest(name, self.facts)}: `proviso decide --facts` lists them")
        if fact.kind is Kind.FLAG:
            if not isinstance(value, bool):
                raise FactError(f"`{name}` is a flag and takes no value: write `{name}` or `no:{name}`")
            return (self._spans[name], 0) if value else (0, self._spans[name])
        return self._values(fact, value)

    def _values(self, fact: Fact, value: FactValue) -> tuple[int, int]:
        if isinstance(value, bool) or value is None:
            raise FactError(f"`{fact.name}` needs a value: one of {', '.join(fact.values)}")
        held = [value] if isinstance(value, str) else list(value)
        yes = 0
        for name in held:
            if name not in fact.values:
                near, known = nearest(name, fact.values), ", ".join(fact.values)
                raise FactError(f"unknown value `{name}` of `{fact.name}`{near}: one of {known}")
            yes |= self._bits[fact.name, name]
        if fact.kind is Kind.ONE_OF and yes.bit_count() > 1:
            raise FactError(f"`{fact.name}` holds one value at a time, not {' and '.join(held)}: keep one of them")
        return yes, self._spans[fact.name] & ~yes
