"""What was read from a file: rows of one kind, whatever the file's own form, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

Row = dict[str, Any]
MOST_FAULTS = 1000
MOST_ROWS = 30_000


class UnreadableError(ValueError):
    """A file of which nothing can be read; the message says what is wrong, and `do` what to do."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.do = do


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what to do, each as a sentence. Line 0 is the file as a whole."""

    file: str
    line: int
    what: str
    do: str


@dataclass
class Parsed:
    """All that a file says. `rows` are plain values, as they are kept until somebody confirms.

    `headings` are those of a table. `doubtful` are the keys of those of whom a line was wrong: they stay as they are.
    `complete` is false where the file itself says that it holds changes only. `stopped`: nothing could be read.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    complete: bool = True
    stopped: bool = False
    headings: list[str] = field(default_factory=list)

    def fault(self, file: str, line: int, what: str, do: str) -> None:
        """Note a fault.

        Raises:
            UnreadableError: there are so many that it must be the wrong file.
        """
        if len(self.faults) >= MOST_FAULTS:
            raise UnreadableError(
                _("More than %(most)d lines are wrong.") % {"most": MOST_FAULTS},
                _("Look at the first of them, and whether this is the right file."),
            )
        self.faults.append(Fault(file, line, what, do))

    def keep(self, row: Row) -> None:
        """Keep a row.

        Raises:
            UnreadableError: there are more than any school can have.
        """
        if len(self.rows) >= MOST_ROWS:
            raise UnreadableError(
                _("The file holds more than %(most)d people or things of this school.") % {"most": MOST_ROWS},
                _("Import it in parts."),
            )
        self.rows.append(row)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept until somebody confirms; `from_json` reads it back."""
        return {
            "rows": self.rows,
            "faults": [asdict(fault) for fault in self.faults],
            "notices": self.notices,
            "doubtful": sorted(self.doubtful),
            "complete": self.complete,
            "headings": self.headings,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        faults = [Fault(**fault) for fault in kept["faults"]]
        parsed = cls(list(kept["rows"]), faults, list(kept["notices"]), set(kept["doubtful"]), kept["complete"])
        parsed.headings = list(kept.get("headings", ()))
        return parsed
