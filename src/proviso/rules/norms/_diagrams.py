"""Decision diagrams: a condition over many bits as one small graph, so that *there is no such situation* is a proof.

A diagram is a number. `NEVER` and `ALWAYS` are the two that decide nothing more; every other one looks at one bit and
leads to two others. The bits are always looked at in the same order and equal diagrams are the same number, so two
conditions mean the same if and only if they have the same number.
"""

from __future__ import annotations

from collections.abc import Iterable

NEVER, ALWAYS = 0, 1
_LAST = 1 << 30  # the level of what looks at no bit


class Diagrams:
    """All diagrams of one comparison, each made once."""

    def __init__(self) -> None:
        self._nodes: list[tuple[int, int, int]] = [(_LAST, NEVER, NEVER), (_LAST, ALWAYS, ALWAYS)]
        self._known: dict[tuple[int, int, int], int] = {}
        self._chosen: dict[tuple[int, int, int], int] = {}
        self._least: dict[int, tuple[int, ...]] = {NEVER: (), ALWAYS: (0,)}

    def bit(self, bit: int) -> int:
        """Return the diagram of situations in which a bit is yes."""
        return self._node(bit.bit_length(), NEVER, ALWAYS)

    def no(self, diagram: int) -> int:
        return self.choose(diagram, NEVER, ALWAYS)

    def both(self, one: int, other: int) -> int:
        return self.choose(one, other, NEVER)

    def either(self, one: int, other: int) -> int:
        return self.choose(one, ALWAYS, other)

    def but_not(self, one: int, other: int) -> int:
        return self.choose(other, NEVER, one)

    def every(self, diagrams: Iterable[int]) -> int:
        together = ALWAYS
        for diagram in diagrams:
            together = self.both(together, diagram)
        return together

    def some(self, diagrams: Iterable[int]) -> int:
        together = NEVER
        for diagram in diagrams:
            together = self.either(together, diagram)
        return together

    def at_most_one(self, bits: Iterable[int]) -> int:
        """Return the situations in which no two of some bits are yes."""
        none, one = ALWAYS, ALWAYS
        for bit in sorted(bits, reverse=True):
            one, none = self._node(bit.bit_length(), one, none), self._node(bit.bit_length(), none, NEVER)
        return one

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        """Return `then` where a condition holds and `otherwise` where it does not."""
        if condition in (NEVER, ALWAYS) or then == otherwise:
            return then if condition == ALWAYS or then == otherwise else otherwise
        if then == ALWAYS and otherwise == NEVER:
            return condition
        key = condition, then, otherwise
        chosen = self._chosen.get(key)
        if chosen is None:
            nodes = self._nodes
            tests = nodes[condition], nodes[then], nodes[otherwise]
            level = min(tests[0][0], tests[1][0], tests[2][0])
            where_no = [node[1] if node[0] == level else whole for node, whole in zip(tests, key, strict=True)]
            where_yes = [node[2] if node[0] == level else whole for node, whole in zip(tests, key, strict=True)]
            chosen = self._node(level, self.choose(*where_no), self.choose(*where_yes))
            self._chosen[key] = chosen
        return chosen

    def least(self, diagram: int) -> tuple[int, ...]:
        """Return the smallest situations of a diagram, as the bits that are yes.

        Every situation of the diagram has all that one of these has, and none of these has all that another has.
        """
        known = self._least.get(diagram)
        if known is None:
            level, where_no, where_yes = self._nodes[diagram]
            without, bit = self.least(where_no), 1 << level - 1
            further = [some for some in self.least(where_yes) if not any(less & ~some == 0 for less in without)]
            known = self._least[diagram] = (*without, *(some | bit for some in further))
        return known

    def _node(self, level: int, where_no: int, where_yes: int) -> int:
        if where_no == where_yes:
            return where_no
        key = level, where_no, where_yes
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return node
