"""The roll: pupils and staff by name, and whether they may be named and shown."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

COLUMNS = ("id", "given", "family", "known_as", "kind", "name_consent", "picture_consent")
REQUIRED = ("id", "given", "family")
STAFF = "staff"
MOST_BYTES = 50_000_000


class RollError(ValueError):
    """A roll that cannot be read; the message says what, where and what to do."""


class Consent(StrEnum):
    """Whether somebody may be named, or shown."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class RolledPerson:
    """Somebody on the roll; `kind` is `pupil` or `staff`."""

    id: str
    given: str
    family: str
    known_as: str = ""
    kind: str = "pupil"
    name_consent: Consent = Consent.NOT_ASKED
    picture_consent: Consent = Consent.NOT_ASKED

    @property
    def is_staff(self) -> bool:
        return self.kind == STAFF


Roll = tuple[RolledPerson, ...]


def read_roll(path: Path) -> Roll:
    """Return the people of a CSV file with the columns `id,given,family,known_as,kind,name_consent,picture_consent`.

    Raises:
        RollError: not such a file: which line, what is wrong, what to do.
        OSError: no file, or one that cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise RollError(f"{path}: the roll is larger than {MOST_BYTES // 1_000_000} MB: give one school's roll")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise RollError(f"{path}: not a text in UTF-8: save the table as CSV (UTF-8)") from None
    try:
        return _people(path, csv.DictReader(text.splitlines()))
    except csv.Error as error:
        raise RollError(f"{path}: not a CSV table ({error}): save the table as CSV (UTF-8)") from None


def _people(path: Path, rows: csv.DictReader[str]) -> Roll:
    columns = [name.strip().lower() for name in rows.fieldnames or ()]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise RollError(f"{path}: line 1: no column `{missing[0]}`: the columns are {','.join(COLUMNS)}")
    rows.fieldnames = columns
    people = [_person(path, rows.line_num, row) for row in rows]
    _check_once(path, people)
    return tuple(people)


def _person(path: Path, line: int, row: dict[str, str | None]) -> RolledPerson:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    where = f"{path}: line {line}"
    empty = [name for name in ("id", "given") if not cells[name]]
    if empty:
        raise RollError(f"{where}: no `{empty[0]}`: fill it in, or remove the line")
    kind = cells["kind"].lower() or "pupil"
    if kind not in ("pupil", STAFF):
        raise RollError(f"{where}: unknown kind `{cells['kind']}`: pupil or staff")
    consents = [_consent(where, name, cells[name]) for name in ("name_consent", "picture_consent")]
    return RolledPerson(cells["id"], cells["given"], cells["family"], cells["known_as"], kind, *consents)


def _consent(where: str, column: str, cell: str) -> Consent:
    word = cell.lower().replace(" ", "_").replace("-", "_")
    try:
        return Consent(word or Consent.NOT_ASKED)
    except ValueError:
        states = ", ".join(Consent)
        raise RollError(f"{where}: unknown `{column}` `{cell}`: one of {states}, or empty") from None


def _check_once(path: Path, people: Iterable[RolledPerson]) -> None:
    seen: set[str] = set()
    for person in people:
        if person.id in seen:
            raise RollError(f"{path}: the id `{person.id}` stands there twice: each person has an id of their own")
        seen.add(person.id)
