"""Add an entry to the log, and prove that nothing was changed in it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from proviso.records.audit import actions
from proviso.records.audit.models import Entry, Head


@dataclass(frozen=True)
class Act:
    """What is to be logged: an action's registered name, where, to what (`kind:id`), and the words of its sentence."""

    action: str
    establishment: int | None = None
    about: str = ""
    details: Mapping[str, Any] | None = None


def record(actor: Any, act: Act, *, now: datetime) -> Entry:
    """Add an entry at the end of the chain; call it last in the transaction of the change that it tells of.

    `actor` is a person, or None for the program itself (a reminder, an import in the background).

    Raises:
        UnknownActionError: an action that is not registered.
        TransactionManagementError: outside a transaction: a change and its entry stand or fall together.
    """
    return record_all(actor, [act], now=now)[0]


def record_all(actor: Any, acts: list[Act], *, now: datetime) -> list[Entry]:
    """Add several entries at once; see `record`."""
    for act in acts:
        actions.known(act.action)
    with transaction.atomic(durable=False):
        head, _made = Head.objects.select_for_update().get_or_create(pk=1)
        entries = []
        for act in acts:
            entry = Entry(
                number=head.number + 1,
                at=now,
                actor=actor,
                action=act.action,
                establishment=act.establishment,
                about=act.about,
                details=dict(act.details or {}),
                previous=head.digest,
            )
            entry.digest = digest(entry)
            head.number, head.digest = entry.number, entry.digest
            entries.append(entry)
        Entry.objects.bulk_create(entries)
        head.save(update_fields=["number", "digest"])
    return entries


def digest(entry: Entry) -> str:
    """Return the SHA-256 of an entry together with the digest before it."""
    told = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.establishment,
        entry.about,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first entry at which the chain does not hold, and why."""

    number: int
    why: str


def verify() -> tuple[int, Broken | None]:
    """Walk the whole chain; return how many entries hold and the first that does not.

    Whoever can write to the database can also write a whole new chain: keep the last number and digest,
    which `proviso audit verify` prints, somewhere else if that is a danger.
    """
    held, previous = 0, ""
    for entry in _entries():
        if entry.number != held + 1:
            return held, Broken(held + 1, "is missing")
        if entry.previous != previous:
            return held, Broken(entry.number, "does not follow the entry before it")
        if entry.digest != digest(entry):
            return held, Broken(entry.number, "was changed after it was written")
        held, previous = entry.number, entry.digest
    head = Head.objects.filter(pk=1).first()
    if head and (head.number, head.digest) != (held, previous):
        return held, Broken(held + 1, "is missing: the log was cut off")
    return held, None


def _entries() -> Iterator[Entry]:
    return Entry.objects.order_by("number").iterator(chunk_size=2000)
