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
from typing import TypeAlias

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


class FactError(ValueError):
    """A fact, value or combination that cannot be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the vocabulary. A flag has no values; a fact with values has no `unsaid`."""

    name: str
    kind: Kind
    meaning: str
    values: tuple[str, ...] = ()
    value_meanings: tuple[str, ...] = ()
    unsaid: Unsaid | None = None


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


@dataclass(frozen=True)
class Vocabulary:
    """The facts that policies and situations may name, each with its bits."""

    facts: Mapping[str, Fact]
    _bits: dict[tuple[str, str | None], int] = field(init=False, repr=False, compare=False)
    _spans: dict[str, int] = field(init=False, repr=False, compare=False)
    _pairs: dict[tuple[str, object], tuple[int, int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        bits: dict[tuple[str, str | None], int] = {}
        spans: dict[str, int] = {}
        pairs: dict[tuple[str, object], tuple[int, int]] = {}
        for fact in self.facts.values():
            keys: tuple[str | None, ...] = fact.values or (None,)
            for key in keys:
                bits[fact.name, key] = 1 << len(bits)
            spans[fact.name] = span = sum(bits[fact.name, key] for key in keys)
            if fact.kind is Kind.FLAG:
                pairs[fact.name, True], pairs[fact.name, False] = (span, 0), (0, span)
            else:
                for key in keys:
                    pairs[fact.name, key] = bits[fact.name, key], span & ~bits[fact.name, key]
        object.__setattr__(self, "_bits", bits)
        object.__setattr__(self, "_spans", spans)
        object.__setattr__(self, "_pairs", pairs)

    def bit(self, name: str, value: str | None = None) -> int:
        """Return the bit of a flag, or of one value of a fact with values."""
        return self._bits[name, value]

    def span(self, name: str) -> int:
        """Return all bits of a fact."""
        return self._spans[name]

    def names(self, mask: int) -> tuple[str, ...]:
        """Return the facts that have a bit in `mask`, in the vocabulary's order."""
        return tuple(name for name, span in self._spans.items() if span & mask)

    @property
    def flags(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts.values() if fact.kind is Kind.FLAG)

    def masks(self, facts: Facts) -> tuple[int, int]:
        """Return (yes, no) of plain facts; see `situation` for what may stand in them."""
        yes = no = 0
        pairs = self._pairs
        for item in facts.items():
            try:
                pair = pairs[item]
            except (KeyError, TypeError):
                pair = self._pair(*item)
            yes |= pair[0]
            no |= pair[1]
        return yes, no

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

    def _pair(self, name: str, value: FactValue) -> tuple[int, int]:
        if value is None:
            return 0, 0
        fact = self.facts.get(name)
        if fact is None:
            raise FactError(f"unknown fact `{name}`{nearest(name, self.facts)}: `proviso decide --facts` lists them")
        if fact.kind is Kind.FLAG:
            if not isinstance(value, bool):
                raise FactError(f"`{name}` is a flag and takes no value: write `{name}` or `no:{name}`")
            return self._pairs[name, value]
        return self._values(fact, value)

    def _values(self, fact: Fact, value: FactValue) -> tuple[int, int]:
        if isinstance(value, bool) or value is None:
            raise FactError(f"`{fact.name}` needs a value: one of {', '.join(fact.values)}")
        held = [value] if isinstance(value, str) else list(value)
        yes = 0
        for one in held:
            if one not in fact.values:
                raise FactError(
                    f"unknown value `{one}` of `{fact.name}`{nearest(one, fact.values)}: one of {', '.join(fact.values)}"
                )
            yes |= self._bits[fact.name, one]
        if fact.kind is Kind.ONE_OF and yes.bit_count() > 1:
            raise FactError(f"`{fact.name}` holds one value at a time, not {' and '.join(held)}: keep one of them")
        return yes, self._spans[fact.name] & ~yes
