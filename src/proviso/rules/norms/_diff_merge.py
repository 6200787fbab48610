"""Merging situations that differ in one fact only, so that a change is told in few lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeAlias

Values: TypeAlias = frozenset[str | None]  # None: no value
Cell: TypeAlias = tuple[tuple[Values, ...], frozenset[str]]  # values of each fact with values; the flags that hold
Merged: TypeAlias = tuple[tuple[Values, ...], tuple[frozenset[str], ...], Cell]
_Rows: TypeAlias = dict[tuple[tuple[Values, ...], frozenset[str]], Cell]


def merged(cells: Mapping[Cell, Hashable]) -> Iterator[Merged]:
    """Yield, for cells with equal findings, the values of each fact, the sets of flags, and one of the cells.

    A cell that another one has without some of its flags is left out.
    """
    by_finding: dict[Hashable, _Rows] = {}
    for cell, finding in cells.items():
        by_finding.setdefault(finding, {})[cell] = cell
    for rows in by_finding.values():
        rows_kept = _without_more_flags(rows)
        facts = len(next(iter(rows_kept))[0])
        for axis in sorted(range(facts), key=lambda number: _spread(rows_kept, number)):
            rows_kept = _along(rows_kept, axis)
        yield from _with_flags(rows_kept)


def _spread(rows: _Rows, axis: int) -> int:
    return len({values[axis] for values, _ in rows})


def _without_more_flags(rows: _Rows) -> _Rows:
    flags: dict[tuple[Values, ...], list[frozenset[str]]] = {}
    for values, some in rows:
        flags.setdefault(values, []).append(some)
    return {key: cell for key, cell in rows.items() if not any(less < key[1] for less in flags[key[0]])}


def _along(rows: _Rows, axis: int) -> _Rows:
    """Join the rows that differ in one fact only, but keep what holds for no value apart unless all values do."""
    joined: dict[tuple[tuple[Values, ...], frozenset[str]], tuple[Values, Cell]] = {}
    for (values, flags), cell in rows.items():
        rest = ((*values[:axis], *values[axis + 1 :]), flags)
        before, first = joined.get(rest, (frozenset(), cell))
        joined[rest] = (before | values[axis], first)
    return {((*rest[:axis], together, *rest[axis:]), flags): cell for (rest, flags), (together, cell) in joined.items()}


def _with_flags(rows: _Rows) -> Iterator[Merged]:
    """Join the rows that differ in one flag only."""
    by_values: dict[tuple[Values, ...], list[tuple[frozenset[str], Cell]]] = {}
    for (values, flags), cell in rows.items():
        by_values.setdefault(values, []).append((flags, cell))
    for values, several in by_values.items():
        common = frozenset.intersection(*(flags for flags, _ in several))
        near = [(flags, cell) for flags, cell in several if len(flags - common) == 1]
        if near:
            yield values, tuple(flags for flags, _ in near), near[0][1]
        yield from ((values, (flags,), cell) for flags, cell in several if len(flags - common) != 1)
