"""Add an entry to the log, and prove that nothing was changed in it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from proviso.records.audit import actions, proofs
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
    fields = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.establishment,
        entry.about,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first thing that does not hold, such as `entry 3` or `acknowledgement:12`, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Receipt:
    """The end of the log at some time, kept outside of the database: no chain that was written anew can meet it."""

    number: int
    digest: str

    @classmethod
    def of(cls, text: str) -> "Receipt":
        """Read one as `verify` prints it: `500:6f1e…`.

        Raises:
            ValueError: not of that form.
        """
        number, separator, digest = text.strip().partition(":")
        if not separator or not number.isdecimal() or not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError(f"`{text}` is no receipt: write it as `audit verify` printed it, number:digest")
        return cls(int(number), digest)

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def receipt() -> Receipt:
    """Return the end of the log, to be kept elsewhere."""
    last = Entry.objects.order_by("-number").first()
    return Receipt(last.number, last.digest) if last else Receipt(0, "0" * 64)


def verify(since: Receipt | None = None) -> tuple[int, Broken | None]:
    """Walk the whole chain, and compare with it what it proves; return how many entries hold, and what does not.

    It only reads. Whoever can write to the database can also write a whole new chain, or take all of it away: only
    a receipt of earlier, kept outside, shows that.
    """
    held, previous = 0, ""
    latest: dict[str, str] = {}
    for entry in _entries():
        why = _fault(entry, held, previous, since)
        if why:
            return held, Broken(f"entry {min(entry.number, held + 1)}", why)
        held, previous = entry.number, entry.digest
        latest |= entry.details.get(proofs.KEY, {})
    if since is not None and held < since.number:
        return held, Broken(f"entry {held + 1}", "is missing: the log was cut off since the receipt")
    head = Head.objects.filter(pk=1).first()
    if head is None:
        return held, Broken("the end of the log", "is missing")
    if (head.number, head.digest) != (held, previous):
        return held, Broken(f"entry {held + 1}", "is missing: the log was cut off")
    fault = next(proofs.faults(latest), None)
    return held, Broken(fault.what, fault.why) if fault else None


def _fault(entry: Entry, held: int, previous: str, since: Receipt | None) -> str:
    if entry.number != held + 1:
        return "is missing"
    if entry.previous != previous:
        return "does not follow the entry before it"
    if entry.digest != digest(entry):
        return "was changed after it was written"
    if since is not None and entry.number == since.number and entry.digest != since.digest:
        return "is another than that of the receipt: the log was written anew"
    return ""


def _entries() -> Iterator[Entry]:
    return Entry.objects.order_by("number").iterator(chunk_size=2000)
