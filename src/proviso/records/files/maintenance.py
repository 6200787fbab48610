"""What keeps rows and bytes together: blobs without a row go, rows without a blob are named, keys are exchanged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from proviso.records.files.errors import FileUnreadableError, KeyMissingError, KeyWrongError
from proviso.records.files.keys import KeyRing, WrappedKey, key_ring
from proviso.records.files.models import StoredFile, Vault
from proviso.records.files.sealing import CHUNK_BYTES
from proviso.records.files.services import file_storage, open_file
from proviso.records.files.vaults import rewrap, vault_key

# A change that is still going on has written its blob and not yet its row.
ORPHAN_AGE = timedelta(hours=24)
AT_ONCE = 200


@dataclass
class Verification:
    """What a verification saw: how many files it looked at and hold, and what is wrong, in words for operators."""

    checked: int = 0
    held: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Rotation:
    """How many data keys were wrapped anew, and which files could not be, because a key is missing."""

    rotated: int = 0
    faults: list[str] = field(default_factory=list)


def remove_orphans(*, now: datetime) -> int:
    """Remove blobs that no row knows and that are a day old, and those of deleted files; return how many."""
    removed = 0
    storage = file_storage()
    for part in _parts(_blobs()):
        known = dict(StoredFile.objects.filter(blob__in=part).values_list("blob", "deleted_at"))
        for blob in part:
            if blob in known:
                is_orphan = known[blob] is not None
            else:
                is_orphan = now - storage.get_modified_time(blob) > ORPHAN_AGE
            if is_orphan:
                storage.delete(blob)
                removed += 1
    return removed


def verify() -> Verification:
    """Read every file to its end, and try the key of every vault; name each that is gone, changed, or cannot be opened.

    Nothing is written.
    """
    verification = Verification()
    verification.faults += _vaults_that_do_not_open()
    for file in StoredFile.objects.filter(deleted_at=None).select_related("vault").iterator(chunk_size=AT_ONCE):
        verification.checked += 1
        try:
            size = _read_through(file)
        except FileUnreadableError as error:
            verification.faults.append(f"{file.owner} “{file.name}” (file {file.pk}): {error}")
        else:
            if size != file.size:
                verification.faults.append(f"{file.owner} “{file.name}” (file {file.pk}): {size} bytes of {file.size}")
            else:
                verification.held += 1
    return verification


def rotate_keys() -> Rotation:
    """Wrap every key of a file or vault by the key in use now. No content is touched; it may be stopped at any time."""
    ring = key_ring()
    rotation = Rotation()
    _rotate_vaults(ring, rotation)
    older = StoredFile.objects.filter(deleted_at=None, vault=None).exclude(key_id=ring.current)
    for file in older.iterator(chunk_size=AT_ONCE):
        try:
            data_key = ring.unwrap(WrappedKey(file.key_id, file.wrapped_key), file.blob)
        except (KeyMissingError, KeyWrongError) as error:
            rotation.faults.append(f"{file.owner} “{file.name}” (file {file.pk}): {error}")
            continue
        wrapped = ring.wrap(data_key, file.blob)
        # Only if nobody deleted or rotated it meanwhile: a deleted file must not get a key again.
        unchanged = StoredFile.objects.filter(pk=file.pk, wrapped_key=file.wrapped_key)
        rotation.rotated += unchanged.update(key_id=wrapped.key_id, wrapped_key=wrapped.wrapped)
    return rotation


def _vaults_that_do_not_open() -> Iterator[str]:
    for vault in Vault.objects.filter(shredded_at=None).iterator(chunk_size=AT_ONCE):
        try:
            vault_key(vault)
        except FileUnreadableError as error:
            yield f"the vault of {vault.owner}: {error}"


def _rotate_vaults(ring: KeyRing, rotation: Rotation) -> None:
    for vault in Vault.objects.filter(shredded_at=None).exclude(key_id=ring.current).iterator(chunk_size=AT_ONCE):
        try:
            wrapped = rewrap(vault)
        except FileUnreadableError as error:
            rotation.faults.append(f"the vault of {vault.owner}: {error}")
            continue
        # Only if nobody shredded or rotated it meanwhile: a shredded vault must not get a key again.
        unchanged = Vault.objects.filter(pk=vault.pk, wrapped_key=vault.wrapped_key)
        rotation.rotated += unchanged.update(key_id=wrapped.key_id, wrapped_key=wrapped.wrapped)


def _read_through(file: StoredFile) -> int:
    size = 0
    with open_file(file) as content:
        while part := content.read(CHUNK_BYTES):
            size += len(part)
    return size


def _blobs() -> Iterator[str]:
    storage = file_storage()
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return
    for folder in sorted(folders):
        _folders, names = storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in sorted(names))


def _parts(blobs: Iterator[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for blob in blobs:
        part.append(blob)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
