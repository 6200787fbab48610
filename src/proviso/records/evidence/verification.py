"""The proof that no byte of the evidence has changed. It only reads."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from proviso.records.audit import proofs
from proviso.records.audit.models import Entry
from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.sealing import CHUNK_BYTES
from proviso.records.files.services import open_file
from proviso.records.files.vaults import read_text

AT_ONCE = 200
_TEXTS = ("name", "address", "note")
_RECORDS = tuple(f"{model._meta.model_name}:" for model in (EvidenceItem, CustodyEntry))


@dataclass
class Outcome:
    """What a verification saw: items that hold, records of items that are removed, and what is wrong, one line each."""

    held: int = 0
    removed: int = 0
    faults: int = 0


def verify(outcome: Outcome) -> Iterator[str]:
    """Read every item to its end and compare it with its hash; yield a line for each that changed.

    Then every record of evidence is compared with the action log, which proves it.
    """
    items = EvidenceItem.objects.select_related("file__vault", "vault").order_by("owner", "number")
    for item in items.iterator(chunk_size=AT_ONCE):
        if item.state == EvidenceItem.State.REMOVED:
            outcome.removed += 1
            continue
        fault = fault_of(item)
        if not fault:
            outcome.held += 1
            continue
        outcome.faults += 1
        yield f"{item.owner} {item.label} (item {item.pk}, file {item.file_id}): {fault}"
    for line in _changed_records():
        outcome.faults += 1
        yield line


def fault_of(item: EvidenceItem) -> str:
    """Return what is wrong with the bytes of an item; empty where they are as they came in."""
    digest = hashlib.sha256()
    try:
        with open_file(item.file) as content:
            while part := content.read(CHUNK_BYTES):
                digest.update(part)
        for name in _TEXTS:
            read_text(item.vault, getattr(item, name))
    except FileUnreadableError as error:
        return str(error)
    if digest.hexdigest() != item.sha256:
        return f"its SHA-256 is {digest.hexdigest()} and was {item.sha256} when it came in"
    return ""


def _changed_records() -> Iterator[str]:
    latest: dict[str, str] = {}
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        proven = entry.details.get(proofs.KEY, {})
        latest |= {name: digest for name, digest in proven.items() if name.startswith(_RECORDS)}
    wanted = {"evidenceitem", "custodyentry"}
    for fault in proofs.faults(latest):
        if fault.what.partition(":")[0] in wanted:
            yield f"{fault.what}: the record {fault.why}"
