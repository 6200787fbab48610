"""Store, open, scan and delete a file. Rooms above call these inside their own change; this room knows no actor.

A file is stored in two steps. `write_blob` puts the sealed bytes into the storage before the change begins: that may
take long, and must not hold a transaction. `keep` makes the row, inside the change. If that fails, the blob is left
without a row, and `maintenance.remove_orphans` takes it away.
"""

import io
import os
import uuid
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connection, transaction
from django.utils.translation import gettext as _

from proviso.records.files import sealing, vaults
from proviso.records.files.content_types import content_type
from proviso.records.files.errors import FileRefusedError, FileUnreadableError
from proviso.records.files.keys import WrappedKey, key_ring
from proviso.records.files.models import StoredFile, Vault
from proviso.records.files.scanning import ScanResult, scanner
from proviso.records.files.uploads import SealedUpload


@dataclass(frozen=True)
class Blob:
    """Sealed bytes in the storage that no row knows yet, and everything that a row says of them."""

    name: str
    content_type: str
    size: int
    sha256: str
    blob: str
    key: WrappedKey
    scan: ScanResult


def file_storage() -> Storage:
    """Return where the bytes lie: a folder, or an object store, as the setting says."""
    return storages["files"]


def check_upload(upload: SealedUpload, allowed: Collection[str]) -> str:
    """Return the type of an upload by its content.

    Raises:
        FileRefusedError: too large, empty, or of a type that is not among `allowed`.
    """
    upload.check_size()
    kind = content_type(upload.content, upload.name or "")
    if kind not in allowed:
        what = {"file": upload.name, "kind": kind}
        raise FileRefusedError(
            _("“%(file)s” is a different kind of file (%(kind)s) from what its name says.") % what,
            _("Choose a file of a kind that is accepted here."),
        )
    return kind


def write_blob(upload: SealedUpload, allowed: Collection[str], *, infected: bool = False, kind: str = "") -> Blob:
    """Scan an upload and put its sealed bytes into the storage, to be kept by `keep` afterwards.

    `kind` is its type, where the room above has found it by the content already.

    Raises:
        FileRefusedError: see `check_upload`; or malware was found, unless the caller takes `infected` files, too.
        OSError: a storage that is full or away.
    """
    if kind:
        upload.check_size()
    else:
        kind = check_upload(upload, allowed)
    scanning = scanner()
    result = scanning.scan(upload.content) if scanning else ScanResult(StoredFile.Scan.NOT_SCANNED)
    if result.state == StoredFile.Scan.INFECTED and not infected:
        what = _("Malware was found in this file (%(name)s).") % {"name": result.details}
        raise FileRefusedError(what, _("Do not open it. Tell your IT support."))
    blob = f"{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"
    key = key_ring().wrap(upload.key, blob)
    storage = file_storage()
    try:
        if storage.save(blob, File(upload.sealed, blob)) != blob:
            raise FileExistsError(blob)
        _flush(storage, blob)
    except OSError:
        with suppress(OSError):  # a disk that is full keeps no half of it
            storage.delete(blob)
        raise
    return Blob(upload.name or "", kind, upload.size or 0, upload.sha256, blob, key, result)


def discard_blob(blob: Blob) -> None:
    """Remove sealed bytes that nobody is going to keep."""
    file_storage().delete(blob.blob)


def keep(blob: Blob, owner: str, *, now: datetime, vault: Vault | None = None) -> StoredFile:
    """Make the row of a blob, for an owner `kind:id`, inside the caller's change.

    In a vault, the key of the file is wrapped by that of the vault: without the one, nobody reads the other.

    Raises:
        TransactionManagementError: outside a transaction: the row would stay though the change failed.
        FileUnreadableError: the vault was shredded, or its key is missing.
    """
    _require_change()
    key = blob.key if vault is None else _wrapped_by(vault, blob)
    return StoredFile.objects.create(
        owner=owner,
        name=blob.name,
        content_type=blob.content_type,
        size=blob.size,
        sha256=blob.sha256,
        blob=blob.blob,
        key_id=key.key_id,
        wrapped_key=key.wrapped,
        vault=vault,
        stored_at=now,
        scan=blob.scan.state,
        scan_details=blob.scan.details,
        scanned_at=None if blob.scan.state == StoredFile.Scan.NOT_SCANNED else now,
    )


def open_file(file: StoredFile) -> io.BufferedReader:
    """Return the content, to read in order or from anywhere; every byte given out is proved. Close it afterwards.

    Raises:
        FileUnreadableError: deleted, changed, gone from the storage, or its key is missing; the subclasses say which.
    """
    if file.is_deleted:
        raise FileUnreadableError(f"the file {file.pk} was deleted")
    key = _data_key(file)
    try:
        source = file_storage().open(file.blob)
    except FileNotFoundError:
        raise FileUnreadableError(f"the file {file.pk} is not in the storage any more") from None
    try:
        return sealing.opened(source, key)
    except FileUnreadableError:
        source.close()
        raise


def scan(file: StoredFile, *, now: datetime) -> str:
    """Look for malware with the scanner of the site, and return the scan state; without one nothing changes."""
    scanning = scanner()
    if scanning is None or file.is_deleted:
        return file.scan
    with open_file(file) as content:
        result = scanning.scan(content)
    file.scan, file.scan_details, file.scanned_at = result.state, result.details, now
    file.save(update_fields=["scan", "scan_details", "scanned_at"])
    return file.scan


def delete(file: StoredFile, why: str, *, now: datetime) -> None:
    """Delete a file inside the caller's change; the stub stays: name, size, hash, when and why. Twice is as once.

    The key goes with the change, so the bytes cannot be read from then on, whenever the storage lets go of them.
    """
    _require_change()
    rows = StoredFile.objects.filter(pk=file.pk, deleted_at=None)
    if rows.update(deleted_at=now, deleted_why=why, wrapped_key="", key_id=""):
        transaction.on_commit(partial(file_storage().delete, file.blob), robust=True)
    file.refresh_from_db()


def shred(vault: Vault, why: str, *, now: datetime) -> None:
    """Destroy the key of a vault inside the caller's change: nobody reads its texts and files again. Twice is as once.

    The stubs stay: of the vault, and of each of its files. The sealed bytes of the files go when the change is done.
    """
    _require_change()
    rows = Vault.objects.filter(pk=vault.pk, shredded_at=None)
    rows.update(shredded_at=now, shredded_why=why, wrapped_key="", key_id="")
    for file in StoredFile.objects.filter(vault=vault, deleted_at=None):
        delete(file, why, now=now)
    vault.refresh_from_db()


def _wrapped_by(vault: Vault, blob: Blob) -> WrappedKey:
    return WrappedKey(StoredFile.VAULT_KEY, vaults.wrap(vault, key_ring().unwrap(blob.key, blob.blob), blob.blob))


def _data_key(file: StoredFile) -> bytes:
    if file.vault is not None:
        return vaults.unwrap(file.vault, file.wrapped_key, file.blob)
    return key_ring().unwrap(WrappedKey(file.key_id, file.wrapped_key), file.blob)


def _require_change() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "files are kept and deleted inside a change of the room that owns them"
        )


def _flush(storage: Storage, blob: str) -> None:
    """Make sure that a blob on a disk is there after the power fails, before a row says that it is."""
    if not isinstance(storage, FileSystemStorage):  # an object store answers when it has the whole
        return
    path = storage.path(blob)
    for place in (path, os.path.dirname(path)):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
