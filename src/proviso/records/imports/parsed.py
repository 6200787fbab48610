"""What is read from a file: people in one form, whatever the file's own, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Held:
    """A role as a file gives it; without a first day it begins when the file is applied."""

    kind: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Row:
    """Somebody as a file gives them, in all their roles. `left`: the file itself says that they have gone."""

    source_id: str
    given_name: str
    family_name: str
    email: str
    roles: tuple[Held, ...]
    line: int
    left: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what to do. Line 0 is the file as a whole."""

    file: str
    line: int
    what: str
    do: str


@dataclass
class Reading:
    """All that a file says. `complete`: whoever is not in it has left. `stopped`: nothing could be read.

    `doubtful` are those of whom a line was wrong: they stay as they are, and have not left.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    complete: bool = True
    stopped: bool = False

    def fault(self, file: str, line: int, what: str, do: str) -> None:
        self.faults.append(Fault(file, line, what, do))

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept until somebody confirms; `from_json` reads it back."""
        return {
            "rows": [
                asdict(row)
                | {"roles": [[one.kind, _written(one.starts_on), _written(one.ends_on)] for one in row.roles]}
                for row in self.rows
            ],
            "faults": [asdict(one) for one in self.faults],
            "notices": self.notices,
            "doubtful": sorted(self.doubtful),
            "complete": self.complete,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        rows = [
            Row(**{**row, "roles": tuple(Held(kind, _day(starts), _day(ends)) for kind, starts, ends in row["roles"])})
            for row in kept["rows"]
        ]
        faults = [Fault(**one) for one in kept["faults"]]
        return cls(rows, faults, list(kept["notices"]), set(kept["doubtful"]), kept["complete"])


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
