"""Faults that only show in a policy's meaning: norms that never speak, norms at odds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proviso.rules.norms._compile import CompiledNorm, Masks, compile_norms
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
    norms = [compiled for compiled in compile_norms(policy, (), vocabulary) if compiled.norm is not None]
    return (*_never(norms), *_circles(norms), *_contradictions(norms))


def implies(met: Masks, other: Masks) -> bool:
    """Whether a situation that meets `met` must also meet `other`."""
    if other.yes & ~met.yes or other.no & ~met.no:
        return False
    return all(met.yes & group or any(not mine & ~group for mine in met.groups) for group in other.groups)


def _never(norms: Sequence[CompiledNorm]) -> Iterator[Fault]:
    for compiled in norms:
        masks = compiled.masks
        if masks.yes & masks.no or any(group & ~masks.no == 0 for group in masks.groups):
            yield _fault(
                norms,
                compiled,
                "a norm that can never apply: it asks for a fact and denies it",
                "drop one of them",
            )
        elif any(implies(masks, exception) for exception, _ in compiled.exceptions):
            yield _fault(
                norms,
                compiled,
                "a norm that can never apply: its exception always lifts it",
                "narrow the exception",
            )
        else:
            for special in norms:
                if special.targets & compiled.bit and not special.exceptions and implies(masks, special.masks):
                    what = f"a norm that can never apply: {_id(special)} always sets it aside"
                    yield _fault(norms, compiled, what, f"narrow {_id(special)} or drop this norm")


def _circles(norms: Sequence[CompiledNorm]) -> Iterator[Fault]:
    for compiled in norms:
        reached = compiled.targets
        while reached != (further := reached | _targets(norms, reached)):
            reached = further
        if reached & compiled.bit:
            what = "a norm that sets aside, directly or by way of others, what sets it aside: neither has priority"
            yield _fault(norms, compiled, what, "drop one of the `overrides`")


def _targets(norms: Sequence[CompiledNorm], mask: int) -> int:
    targets = 0
    for compiled in norms:
        targets |= compiled.targets if compiled.bit & mask else 0
    return targets


def _contradictions(norms: Sequence[CompiledNorm]) -> Iterator[Fault]:
    for milder in norms:
        for stronger in norms:
            if (
                _STRENGTH.get(milder.force or Force.PRINCIPLE, 9) < _STRENGTH.get(stronger.force or Force.PRINCIPLE, 0)
                and not stronger.exceptions
                and not milder.targets & stronger.bit
                and implies(milder.masks, stronger.masks)
            ):
                what = (
                    f"{milder.force} wherever {_id(stronger)} says {stronger.force}: a contradiction without priority"
                )
                yield _fault(norms, milder, what, f"write `overrides: [{_id(stronger)}]`, or an exception there")


def _id(compiled: CompiledNorm) -> str:
    return compiled.clause.id if compiled.clause else ""


def _fault(norms: Sequence[CompiledNorm], compiled: CompiledNorm, what: str, do: str) -> Fault:
    siblings = [other for other in norms if other.clause is compiled.clause]
    return Fault(_id(compiled), what, do, siblings.index(compiled))
