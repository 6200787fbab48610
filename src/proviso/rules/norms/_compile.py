"""From written norms to integers, and from integers to one function for each act.

A condition becomes masks over the vocabulary's bits. For each act the norms that can
concern it become one generated function of two integers, the bits known to be so and the
bits known not to be so. It returns five: the acts that are possible, the norms that
apply, those that are undetermined, the exceptions that lift a norm whose condition holds,
and the bans among the undetermined that can only turn out lifted. Everything else
(rulings, batches, explanations) reads these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import TypeAlias

from proviso.rules.norms._facts import Vocabulary
from proviso.rules.norms._language import Clause, Condition, Force, Norm, Note, Policy

Evaluated: TypeAlias = tuple[int, int, int, int, int]
Evaluator: TypeAlias = Callable[[int, int], Evaluated]


@dataclass(frozen=True, slots=True)
class Masks:
    """A condition as integers: all of `yes`, none of `no`, at least one of each of `groups`."""

    yes: int = 0
    no: int = 0
    groups: tuple[int, ...] = ()

    @property
    def bits(self) -> int:
        """Every bit that the condition mentions."""
        together = self.yes | self.no
        for group in self.groups:
            together |= group
        return together

    def unknown(self, yes: int, no: int) -> int:
        """Return the bits that still keep the condition open, for a condition that is not false."""
        open_bits = self.yes & ~yes | self.no & ~no
        for group in self.groups:
            if not group & yes:
                open_bits |= group & ~no
        return open_bits

    def holds(self, yes: int, no: int) -> bool:
        """Whether the condition is known to be true."""
        return yes & self.yes == self.yes and no & self.no == self.no and all(yes & group for group in self.groups)

    def fails(self, yes: int, no: int) -> bool:
        """Whether the condition is known to be false."""
        return bool(no & self.yes or yes & self.no) or any(no & group == group for group in self.groups)


@dataclass(frozen=True, slots=True, eq=False)
class CompiledNorm:
    """One norm, consequence or note, as the evaluators see it.

    `force` is None for a consequence or a note. `exceptions` pairs the masks of each
    exception with its bit among all exceptions of the policy. `targets` are the bits of
    the norms that this one sets aside.
    """

    bit: int
    masks: Masks
    force: Force | None
    clause: Clause | None
    norm: Norm | None
    note: Note | None
    exceptions: tuple[tuple[Masks, int], ...]
    targets: int = 0

    @property
    def bans(self) -> bool:
        return self.force is Force.PROHIBITED


def masks_of(condition: Condition, policy: Policy, vocabulary: Vocabulary) -> Masks:
    """Turn a written condition into masks; the policy's group words are replaced by their values."""
    yes = no = 0
    groups: list[int] = []
    for fact, words in condition.values:
        group = 0
        for value in policy.expand(words):
            group |= vocabulary.bit(fact, value)
        if group.bit_count() == 1:
            yes |= group
        else:
            groups.append(group)
    for flag in condition.flags:
        yes |= vocabulary.bit(flag)
    for flag in condition.no:
        no |= vocabulary.bit(flag)
    if condition.either:
        group = 0
        for flag in condition.either:
            group |= vocabulary.bit(flag)
        groups.append(group)
    return Masks(yes, no, tuple(groups))


def compile_norms(policy: Policy, notes: Iterable[Note], vocabulary: Vocabulary) -> tuple[CompiledNorm, ...]:
    """List the norms, consequences and noted conditions of a policy, each with a bit of its own."""
    written: list[tuple[Clause | None, Norm | None, Note | None, Condition]] = []
    for source in policy.clauses:
        written += [(source, norm, None, norm.when) for norm in source.norms]
        written += [(source, None, None, condition) for condition in source.consequence]
    written += [(None, None, note, note.when) for note in notes if note.when is not None]
    bits_of_clause: dict[str, int] = {}
    for index, (clause, norm, _, _) in enumerate(written):
        if clause is not None and norm is not None:
            bits_of_clause[clause.id] = bits_of_clause.get(clause.id, 0) | 1 << index
    norms: list[CompiledNorm] = []
    exception_bit = 1
    for index, (clause, norm, note, condition) in enumerate(written):
        exceptions: list[tuple[Masks, int]] = []
        targets = 0
        if norm is not None:
            for exception in (*norm.unless, *norm.met):
                exceptions.append((masks_of(exception, policy, vocabulary), exception_bit))
                exception_bit <<= 1
            for clause_id in norm.overrides:
                targets |= bits_of_clause.get(clause_id, 0)
        norms.append(
            CompiledNorm(
                1 << index,
                masks_of(condition, policy, vocabulary),
                norm.force if norm else None,
                clause,
                norm,
                note,
                tuple(exceptions),
                targets,
            )
        )
    return tuple(norms)


def evaluator(norms: Iterable[CompiledNorm], act: int, acts: int, name: str) -> Evaluator:
    """Generate the function that evaluates `norms` when `act` is the known act.

    `act` is the bit of the act and `acts` the bits of all acts; an `act` of 0 gives the
    function for situations in which the act is not known. Norms that share their first
    tests share the code for them.
    """
    bodies = [
        (_tests(_without_act(compiled.masks, act, acts)), compiled)
        for compiled in norms
        if concerns(compiled, act, acts)
    ]
    bodies.sort(key=lambda body: body[0])
    lines = ["def evaluate(y, n):", "    A = U = X = L = 0"]
    _emit(lines, [(tests, _leaf(_without_act(compiled.masks, act, acts), compiled)) for tests, compiled in bodies], 1)
    lines.append(f"    return {act or f'{acts} & ~n'}, A, U, X, L")
    module = compile("\n".join(lines), f"<{name}>", "exec")
    code = next(constant for constant in module.co_consts if isinstance(constant, CodeType))
    return FunctionType(code, {})


def concerns(compiled: CompiledNorm, act: int, acts: int) -> bool:
    """Whether a norm can speak of the act of bit `act` (0: not known), of `acts` that there are."""
    wanted = compiled.masks.yes & acts
    return not act or all(act & group for group in (wanted, *(g & acts for g in compiled.masks.groups)) if group)


def _without_act(masks: Masks, act: int, acts: int) -> Masks:
    if not act:
        return masks
    return Masks(masks.yes & ~acts, masks.no, tuple(group for group in masks.groups if not group & acts))


def _tests(masks: Masks) -> tuple[str, ...]:
    """Return the tests that must pass for a condition not to be false, the widest first."""
    tests = [f"n & {group} != {group}" for group in masks.groups]
    if masks.yes:
        tests.append(f"not n & {masks.yes}")
    if masks.no:
        tests.append(f"not y & {masks.no}")
    return tuple(tests)


def _true(masks: Masks) -> str:
    tests = [f"y & {group}" for group in masks.groups]
    if masks.yes:
        tests.append(f"y & {masks.yes} == {masks.yes}")
    if masks.no:
        tests.append(f"n & {masks.no} == {masks.no}")
    return " and ".join(tests) or "True"


def _false(masks: Masks) -> str:
    tests = [f"n & {group} == {group}" for group in masks.groups]
    if masks.yes:
        tests.append(f"n & {masks.yes}")
    if masks.no:
        tests.append(f"y & {masks.no}")
    return f"({' or '.join(tests)})" if tests else "False"


def _leaf(masks: Masks, compiled: CompiledNorm) -> list[str]:
    """Write what happens once the condition of a norm is known not to be false."""
    holds, bit = _true(masks), compiled.bit
    if not compiled.exceptions:
        applies = [f"A |= {bit}"]
        unknown = [f"U |= {bit}"]
    else:
        lifted = " or ".join(f"({_true(exception)})" for exception, _ in compiled.exceptions)
        applies = [f"if {lifted}:"]
        for exception, exception_bit in compiled.exceptions:
            applies += [f"    if {_true(exception)}:", f"        X |= {exception_bit}"]
        applies += [
            f"elif {' and '.join(_false(exception) for exception, _ in compiled.exceptions)}:",
            f"    A |= {bit}",
            "else:",
            f"    U |= {bit}",
        ]
        if compiled.bans:
            unknown = [f"U |= {bit}", f"if {lifted}:", f"    L |= {bit}"]
        else:  # with its exception it cannot speak, whatever the rest turns out to be
            unknown = [f"if not ({lifted}):", f"    U |= {bit}"]
    if holds == "True":
        return applies
    return [f"if {holds}:", *("    " + line for line in applies), "else:", *("    " + line for line in unknown)]


def _emit(lines: list[str], bodies: list[tuple[tuple[str, ...], list[str]]], depth: int) -> None:
    """Write the bodies, those with the same next test under one `if`."""
    indent = "    " * depth
    position = 0
    while position < len(bodies):
        tests, leaf = bodies[position]
        if not tests:
            lines += [indent + line for line in leaf]
            position += 1
            continue
        end = position
        while end < len(bodies) and bodies[end][0][:1] == tests[:1]:
            end += 1
        lines.append(f"{indent}if {tests[0]}:")
        _emit(lines, [(rest[1:], body) for rest, body in bodies[position:end]], depth + 1)
        position = end
