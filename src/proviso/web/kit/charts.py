"""Two charts, drawn on the server: bars beside one another, and a line over time. Each says in words what it shows.

Words stand in the page and not in the drawing, so that they stay readable on a phone and in forced colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from proviso.web.kit.pages import Text


@dataclass(frozen=True)
class Bar:
    """A bar: so many of so many, with what else is said of it, and where its label leads."""

    label: Text
    value: int
    of: int
    note: Text = ""
    url: str = ""

    @property
    def percent(self) -> int:
        """Return the share as whole percent; nothing of nothing is none."""
        return 100 * self.value // self.of if self.of else 0


@dataclass(frozen=True)
class Bars:
    """Bars below one another, under a title."""

    title: Text
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Point:
    """How many there were on a day."""

    on: date
    value: int


@dataclass(frozen=True)
class TimeLine:
    """How a number grew towards a whole. `words` says it in a sentence; `marked` is a day that matters."""

    title: Text
    words: Text
    points: Sequence[Point]
    of: int
    marked: date | None = None
    marked_as: Text = ""

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def path(self) -> str:
        """Return the line in a square of 100 by 100: it goes on level until there are more."""
        steps, before = [f"M0 {self._up(self.first.value)}"], self.first
        for point in self.points[1:]:
            steps.append(f"H{self._across(point.on)}")
            if point.value != before.value:
                steps.append(f"V{self._up(point.value)}")
            before = point
        return "".join(steps)

    @property
    def mark(self) -> str:
        """Return how far across the marked day stands, or nothing where it is not in the picture."""
        is_shown = self.marked is not None and self.first.on <= self.marked <= self.last.on
        return self._across(self.marked) if is_shown and self.marked else ""

    @property
    def rows(self) -> Sequence[Point]:
        """Return the days on which the number changed, for whoever reads it as a table."""
        before = [None, *(point.value for point in self.points)]
        return [point for point, value in zip(self.points, before, strict=False) if point.value != value]

    def _across(self, on: date) -> str:
        days = (self.last.on - self.first.on).days or 1
        return f"{100 * (on - self.first.on).days / days:.4g}"

    def _up(self, value: int) -> str:
        return f"{100 - 100 * value / (self.of or 1):.4g}"
