"""Faults that only show in a policy's meaning: norms that never speak, norms at odds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proviso.rules.norms._compile import Masks, Part, parts_of
from proviso.rules.norms._facts import Vocabulary
from proviso.rules.norms._language import Force, Policy

_STRENGTH = {Force.PERMITTED: 1, Force.CAUTION: 2, Force.DISCOURAGED: 3, Force.PROHIBITED: 4}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a clause (or with its norm number `norm`, from 0), and what to do."""

    clause: str
    what: str
    do: str
    norm: int | None = None


def faults(policy: Policy, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """Return every fault of meaning in a policy whose names are all known."""
    parts = [part for part in parts_of(policy, (), vocabulary) if part.norm is not None]
    return (*_never(parts), *_circles(parts), *_contradictions(parts))


def implies(one: Masks, other: Masks) -> bool:
    """Whether a situation that meets `one` must also meet `other`."""
    if other.yes & ~one.yes or other.no & ~one.no:
        return False
    return all(one.yes & group or any(not mine & ~group for mine in one.groups) for group in other.groups)


def _never(parts: Sequence[Part]) -> Iterator[Fault]:
    for part in parts:
        masks = part.masks
        if masks.yes & masks.no or any(group & ~masks.no == 0 for group in masks.groups):
            yield _fault(
                parts, part, "a norm that can never apply: it asks for a fact and denies it", "drop one of them"
            )
        elif any(implies(masks, exception) for exception, _ in part.exceptions):
            yield _fault(
                parts, part, "a norm that can never apply: its exception always lifts it", "narrow the exception"
            )
        else:
            for special in parts:
                if special.targets & part.bit and not special.exceptions and implies(masks, special.masks):
                    what = f"a norm that can never apply: {_id(special)} always sets it aside"
                    yield _fault(parts, part, what, f"narrow {_id(special)} or drop this norm")


def _circles(parts: Sequence[Part]) -> Iterator[Fault]:
    for part in parts:
        reached = part.targets
        while reached != (further := reached | _targets(parts, reached)):
            reached = further
        if reached & part.bit:
            what = "a norm that sets aside, directly or by way of others, what sets it aside: neither has priority"
            yield _fault(parts, part, what, "drop one of the `overrides`")


def _targets(parts: Sequence[Part], mask: int) -> int:
    targets = 0
    for part in parts:
        targets |= part.targets if part.bit & mask else 0
    return targets


def _contradictions(parts: Sequence[Part]) -> Iterator[Fault]:
    for milder in parts:
        for stronger in parts:
            if (
                _STRENGTH.get(milder.force or Force.PRINCIPLE, 9) < _STRENGTH.get(stronger.force or Force.PRINCIPLE, 0)
                and not stronger.exceptions
                and not milder.targets & stronger.bit
                and implies(milder.masks, stronger.masks)
            ):
                what = (
                    f"{milder.force} wherever {_id(stronger)} says {stronger.force}: a contradiction without priority"
                )
                yield _fault(parts, milder, what, f"write `overrides: [{_id(stronger)}]`, or an exception there")


def _id(part: Part) -> str:
    return part.clause.id if part.clause else ""


def _fault(parts: Sequence[Part], part: Part, what: str, do: str) -> Fault:
    siblings = [other for other in parts if other.clause is part.clause]
    return Fault(_id(part), what, do, siblings.index(part))
