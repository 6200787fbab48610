"""Kinds of rows that can be imported: a room registers one, and gets reading, preview, confirmation and application.

A room's `row_kinds.py` is imported when Django starts; it calls `register`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zipfile import ZipFile

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from proviso.records.files import content_types
from proviso.records.imports.parsed import Fault, Parsed
from proviso.records.imports.tables import Line, plain_heading
from proviso.records.people import change
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment

Entry = dict[str, Any]
Text = str | Promise


class Scope(models.TextChoices):
    """Who is in a file: whoever is known and not in it has left, or is no concern of it."""

    EVERYBODY = "everybody", _("This is everybody")
    ONLY_THESE = "only_these", _("Only these")


@dataclass(frozen=True)
class Column:
    """A column of a table: our name, what people call it, and other headings under which it is known."""

    name: str
    label: Text
    aliases: Sequence[str] = ()
    required: bool = False

    def is_called(self, heading: str) -> bool:
        """Say whether a heading, made plain, names this column, in the English of offices."""
        return heading in {plain_heading(self.name), *map(plain_heading, self.aliases)}


@dataclass(frozen=True)
class Part:
    """A list of changes in a plan, such as those who are added, in the order in which parts are applied."""

    name: str
    label: Text


@dataclass
class Plan:
    """What would be done. Everything in it is plain, so that it is kept as it is until somebody confirms it.

    An entry of a part is whatever its kind needs to apply and describe it. One that is there because somebody is *not*
    in the file says `absent`.
    """

    parts: dict[str, list[Entry]]
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        faults = [asdict(fault) for fault in self.faults]
        rest = {"unchanged": self.unchanged, "notices": self.notices, "warnings": self.warnings}
        return {**self.parts, **rest, "faults": faults}

    @property
    def counts(self) -> dict[str, int]:
        """Return how many entries each part has, how many lines are not used, and how many change nothing."""
        unused = {(fault.file, fault.line) for fault in self.faults if fault.line}
        parts = {name: len(entries) for name, entries in self.parts.items()}
        return parts | {"faults": len(unused), "unchanged": self.unchanged}

    @property
    def absent(self) -> int:
        """Return how many entries are there because somebody is not in the file."""
        return sum(bool(entry.get("absent")) for entries in self.parts.values() for entry in entries)


@dataclass(frozen=True)
class Description:
    """An entry of a plan in words: whom or what it is about, and what changes, a sentence to a line."""

    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class RowKind:
    """A kind of rows.

    `permission` lets somebody read and preview a file, `apply_permission` confirm it. `read` takes a table's lines into
    the rows of what was parsed; `read_archive` does so with a zip, where the kind knows one. `plan` says what a scope
    would change, in `parts`; `apply` carries out one entry inside an open change, returns what it could not do, and
    does nothing the second time. `example` are the lines of the table to fill in.
    """

    name: str
    label: Text
    permission: str
    apply_permission: str
    columns: Sequence[Column]
    parts: Sequence[Part]
    example: Sequence[Sequence[str]]
    read: Callable[[Iterator[Line], str, Parsed], None]
    plan: Callable[[Actor, Establishment, Parsed, Scope], Plan]
    apply: Callable[[Actor, Establishment, "Step"], list[str]]
    describe: Callable[[Establishment, str, Entry], Description]
    read_archive: Callable[[ZipFile, Establishment, Parsed], None] | None = None
    archive_members: Collection[str] = ()

    @property
    def accepts(self) -> frozenset[str]:
        """Return the types of files that this kind is read from."""
        tables = {content_types.CSV, content_types.TEXT, content_types.XLSX}
        return frozenset(tables | ({content_types.ZIP} if self.read_archive else set()))

    def action(self, name: str) -> str:
        """Return what an act of an import of this kind is called in the log: `people.import_started`."""
        return f"{self.name}.{name}"


@dataclass(frozen=True)
class Step:
    """One entry of a plan that is to be applied."""

    part: str
    entry: Entry
    now: datetime


_KINDS: dict[str, RowKind] = {}
_WAITING = ("mapping", "scope", "ready")


def register(kind: RowKind) -> None:
    """Add a kind, and its acts to the action log.

    Raises:
        ValueError: two kinds of one name.
    """
    if _KINDS.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two kinds of rows are called {kind.name}")
    change.register(_actions(kind))


def kind_named(name: str) -> RowKind:
    """Return a kind.

    Raises:
        KeyError: nobody registered it.
    """
    return _KINDS[name]


def registered() -> Mapping[str, RowKind]:
    """Return every kind by its name."""
    return _KINDS


def _actions(kind: RowKind) -> dict[str, change.Action]:
    def to(state: str, *states: str) -> dict[str, str]:
        return dict.fromkeys(states, state)

    acts = {
        "import_started": (gettext_noop("read %(file)s, to import it"), kind.permission, {}),
        "import_prepared": (
            gettext_noop("said how %(file)s is to be read"),
            kind.permission,
            to("ready", *_WAITING),
        ),
        "import_confirmed": (
            gettext_noop("confirmed the import of %(file)s"),
            kind.apply_permission,
            to("applying", "ready"),
        ),
        "import_cancelled": (
            gettext_noop("cancelled the import of %(file)s"),
            kind.permission,
            to("cancelled", *_WAITING),
        ),
        "import_resumed": (
            gettext_noop("resumed the import of %(file)s"),
            kind.permission,
            to("applying", "applying"),
        ),
        "imported": (
            gettext_noop("imported %(file)s: %(added)s added, %(changed)s changed, %(closed)s left"),
            kind.permission,
            {},
        ),
        "import_failed": (
            gettext_noop("stopped the import of %(file)s because of an error"),
            "imports.run",
            to("failed", "applying"),
        ),
        "import_expired": (
            gettext_noop("let the import of %(file)s lapse: nobody confirmed it"),
            "imports.run",
            to("cancelled", *_WAITING),
        ),
    }
    return {kind.action(name): change.Action(*act) for name, act in acts.items()}
