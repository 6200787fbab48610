"""The evidence of an owner as files for a zip that anybody can check without Proviso, with `sha256sum -c`."""

import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from proviso.documents import ArchiveFile, csv_lines, safe_name, write_archive
from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.evidence.owners import kind_of, name_of
from proviso.records.files.services import open_file
from proviso.records.files.vaults import read_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import change

SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class EvidencePackage:
    """What goes out: files for an archive, open to read; `SHA256SUMS` names each with the hash that it came in with."""

    files: tuple[ArchiveFile, ...]


@contextmanager
def evidence_package(
    actor: Actor, owner: Model, *, folder: str = "", why: str = "", now: datetime
) -> Iterator[EvidencePackage]:
    """Give the whole evidence of an owner as files, in a folder of an archive: originals, what was made from them,
    hashes, the custody log, and words that say how to check it.

    That it went out is in the custody log of each item, and in the one that goes with it. Nothing is taken from what is
    sealed or removed, nor where no file may be seen: of these the list says that they are there, and why not more.

    Raises:
        Hidden, FreshSecondFactorNeeded: the actor does not handle the owner, or has to prove themselves anew.
        FileUnreadableError: the bytes of an item changed, or are gone.
    """
    with change(actor, "evidence.packed", owner, now) as changed:
        items = _items(owner)
        open_to_see = kind_of(changed.record).takes_files(changed.record)
        taken = [item for item in items if item.is_kept and open_to_see]
        for item in taken:
            custody.note(changed, item, Event.EXPORTED, why=why)
        changed.named = changed.record
        changed.details = {"owner": kind_of(owner).reference(owner)}
    with ExitStack() as stack:
        yield EvidencePackage(tuple(_files(owner, items, taken, folder, stack)))


def write_package(actor: Actor, owner: Model, *, now: datetime) -> io.BufferedRandom:
    """Return the evidence of an owner as a zip, open to read from its start in a temporary file; errors as above."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    with evidence_package(actor, owner, now=now) as package:
        write_archive(target, package.files, now)
    target.seek(0)
    return target


def _items(owner: Model) -> list[EvidenceItem]:
    rows = EvidenceItem.objects.filter(owner=name_of(owner)).order_by("number")
    return list(rows.select_related("file__vault", "vault", "captured_by", "derived_from", "duplicate_of"))


def _files(
    owner: Model, items: list[EvidenceItem], taken: list[EvidenceItem], folder: str, stack: ExitStack
) -> Iterator[ArchiveFile]:
    names = {item.pk: f"items/{_file_name(item)}" for item in taken}
    made = {
        "README.txt": _readme(owner).encode(),
        "items.csv": _table(_ITEM_HEAD, (_item_row(item, names.get(item.pk, "")) for item in items)),
        "custody.csv": _table(_CUSTODY_HEAD, _custody_rows(owner)),
    }
    for entry in CustodyEntry.objects.filter(item__in=items, event=Event.STAMPED).select_related("item"):
        made[f"time-stamps/{entry.item.label}-{entry.pk}.tsr"] = bytes(entry.token)
    sums = {names[item.pk]: item.sha256 for item in taken}
    sums |= {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    for item in taken:
        yield ArchiveFile(folder + names[item.pk], stack.enter_context(open_file(item.file)))
    for name, content in {**made, SUMS: lines.encode()}.items():
        yield ArchiveFile(folder + name, content)


def _file_name(item: EvidenceItem) -> str:
    return safe_name(f"{item.label} {read_text(item.vault, item.name)}", item.label)


_ITEM_HEAD = (
    *("item", "state", "kind", "file", "sha256", "bytes", "type", "captured_at_utc", "captured_by", "seen_at_utc"),
    *("address", "note", "made_from", "copy_of", "malware"),
)
_CUSTODY_HEAD = ("item", "at_utc", "event", "by", "why")


def _item_row(item: EvidenceItem, name: str) -> list[str]:
    texts = [read_text(item.vault, each) if name else "" for each in (item.address, item.note)]
    return [
        item.label,
        item.state,
        item.kind,
        name,
        item.sha256,
        str(item.file.size),
        item.file.content_type,
        _utc(item.captured_at),
        item.captured_by.name,
        _utc(item.seen_at) if item.seen_at else "",
        *texts,
        item.derived_from.label if item.derived_from else "",
        item.duplicate_of.label if item.duplicate_of else "",
        item.file.scan,
    ]


def _custody_rows(owner: Model) -> Iterator[list[str]]:
    entries = CustodyEntry.objects.filter(item__owner=name_of(owner)).select_related("item", "by")
    for entry in entries.order_by("at", "pk"):
        by = entry.by.name if entry.by else "Proviso"
        yield [entry.item.label, _utc(entry.at), entry.event, by, entry.why]


def _table(head: Iterable[str], rows: Iterable[list[str]]) -> bytes:
    return "".join(csv_lines(list(head), rows)).encode()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _readme(owner: Model) -> str:
    return _(
        "The evidence of %(owner)s\n"
        "\n"
        "items/        each item as it came in, under its number; redacted copies are items of their own\n"
        "items.csv     what each is, its SHA-256, who added it and when (UTC), where and when it was seen\n"
        "custody.csv   everybody who added, opened, was shown, took out, sealed or removed an item\n"
        "SHA256SUMS    the SHA-256 that each file had when it came in\n"
        "\n"
        "To check that nothing changed, open a terminal in this folder and run:\n"
        "\n"
        "    sha256sum -c SHA256SUMS        (on a Mac: shasum -a 256 -c SHA256SUMS)\n"
        "\n"
        "Every line must end in OK. On Windows, certutil -hashfile FILE SHA256 shows the hash of one file.\n"
        "An item that is sealed or removed is in items.csv alone. Time stamps (.tsr) are checked with\n"
        "openssl ts -verify -in STAMP.tsr -data FILE -CAfile ROOT.pem, where ROOT.pem is of the authority.\n"
    ) % {"owner": kind_of(owner).reference(owner)}
