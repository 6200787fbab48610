"""Somebody as a file gives them, in one form, whatever the file's own."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from proviso.records.imports.parsed import Row


@dataclass(frozen=True)
class ImportedRole:
    """A role as a file gives it; without a first day it begins when the file is applied."""

    kind: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class PersonRow:
    """Somebody in all their roles. `left`: the file itself says that they have gone."""

    source_id: str
    given_name: str
    family_name: str
    email: str
    roles: tuple[ImportedRole, ...]
    line: int
    left: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def as_json(self) -> Row:
        """Return it as it is kept until somebody confirms; `from_json` reads it back."""
        roles = [[role.kind, _written(role.starts_on), _written(role.ends_on)] for role in self.roles]
        return asdict(self) | {"roles": roles}

    @classmethod
    def from_json(cls, kept: Row) -> Self:
        roles = tuple(ImportedRole(kind, _day(starts), _day(ends)) for kind, starts, ends in kept["roles"])
        return cls(**{**kept, "roles": roles})


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
