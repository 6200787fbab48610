"""A file is stored sealed, read back proved, scanned, deleted to a stub; on a disk as in an object store."""

import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from proviso.records.files import maintenance, services
from proviso.records.files.content_types import CSV, TEXT, ZIP
from proviso.records.files.errors import (
    ContentChangedError,
    FileRefusedError,
    FileUnreadableError,
    KeyMissingError,
    KeyWrongError,
)
from proviso.records.files.models import StoredFile
from proviso.records.files.uploads import SealedUpload, sealed_upload
from tests.clock import NOW
from tests.records.files.conftest import FIRST, SECOND

pytestmark = pytest.mark.django_db
TABLE = b"Identifier,First name\nS1,Hester Quillmore\n"
MEGABYTE = 1_000_000


def upload(content: bytes = TABLE, name: str = "people.csv", most: int = 20 * MEGABYTE) -> SealedUpload:
    return sealed_upload([content], name, most)


def stored(content: bytes = TABLE, name: str = "people.csv") -> StoredFile:
    return services.keep(services.write_blob(upload(content, name), {CSV, TEXT}), "importrun:7", now=NOW)


def raw(storage: Storage, blob: str) -> bytes:
    with storage.open(blob) as file:
        return bytes(file.read())


def put(storage: Storage, blob: str, content: bytes) -> None:
    storage.delete(blob)
    assert storage.save(blob, ContentFile(content)) == blob


def test_a_file_is_known_by_owner_type_size_and_hash_and_comes_back(storage: Storage) -> None:
    file = stored()
    assert (file.owner, file.name, file.content_type, file.size) == ("importrun:7", "people.csv", CSV, len(TABLE))
    assert file.sha256 == hashlib.sha256(TABLE).hexdigest()
    assert file.scan == StoredFile.Scan.NOT_SCANNED
    with services.open_file(file) as content:
        assert content.read() == TABLE


def test_nothing_that_can_be_read_lies_in_the_storage(storage: Storage) -> None:
    assert b"Quillmore" not in raw(storage, stored().blob)


def test_files_and_folders_on_a_disk_are_open_to_their_owner_alone(tmp_path: Path, settings: Settings) -> None:
    from proviso.web import environment

    settings.STORAGES = {**settings.STORAGES, "files": environment.file_storage(tmp_path)}
    path = tmp_path / "files" / stored().blob
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["people.csv", "people.txt"])
def test_a_zip_is_refused_whatever_it_is_called(storage: Storage, name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("users.csv", "a,b\n")
    with pytest.raises(FileRefusedError, match="a different kind of file"):
        services.write_blob(upload(packed.getvalue(), name), {CSV, TEXT})
    assert services.check_upload(upload(packed.getvalue(), name), {ZIP}) == ZIP
    assert storage.listdir("")[0] == [] if storage.exists("") else True


@pytest.mark.parametrize(("size", "refused"), [(1000, False), (1001, True), (0, True)])
def test_the_limit_is_to_the_byte(storage: Storage, size: int, refused: bool) -> None:
    came = upload(b"x" * size, most=1000)
    if refused:
        with pytest.raises(FileRefusedError):
            services.write_blob(came, {CSV})
    else:
        assert services.write_blob(came, {CSV}).size == 1000


def test_beyond_the_limit_nothing_more_is_read() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(100_000)

    came = sealed_upload(endless(), "film.mp4", 5 * MEGABYTE)
    assert came.is_too_large
    assert taken == 51
    assert came.read() == b""


def test_two_hundred_megabytes_are_never_held_in_memory(storage: Storage, place: str) -> None:
    block = b"a line of a long log, again and again\n" * 2000
    times = {"disk": 200, "s3": 60}[place] * MEGABYTE // len(block)  # the S3 server of the tests is slow
    tracemalloc.start()
    try:
        came = sealed_upload((block for _time in range(times)), "long.txt", 300 * MEGABYTE)
        file = services.keep(services.write_blob(came, {TEXT}), "evidence:1", now=NOW)
        came.close()
        digest = hashlib.sha256()
        with services.open_file(file) as content:
            while part := content.read(100_000):
                digest.update(part)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert file.size == times * len(block)
    assert digest.hexdigest() == file.sha256
    assert peak < {"disk": 3, "s3": 30}[place] * MEGABYTE  # an object store is sent parts of 8 MB


def test_a_file_is_kept_only_inside_a_change(storage: Storage) -> None:
    blob = services.write_blob(upload(), {CSV})
    with ThreadPoolExecutor() as threads:  # another thread has a connection of its own, outside this test's transaction
        kept = threads.submit(services.keep, blob, "importrun:7", now=NOW)
    assert isinstance(kept.exception(), transaction.TransactionManagementError)


def test_an_owner_is_a_kind_and_a_number(storage: Storage) -> None:
    blob = services.write_blob(upload(), {CSV})
    for owner in ("", "importrun", "importrun:", "7", "Import Run:7"):
        with pytest.raises(DatabaseError), transaction.atomic():
            services.keep(blob, owner, now=NOW)


@pytest.mark.parametrize("place_of_byte", [0, 9, 20, -1])
def test_a_byte_that_was_changed_in_the_storage_is_noticed(storage: Storage, place_of_byte: int) -> None:
    file = stored()
    kept = bytearray(raw(storage, file.blob))
    kept[place_of_byte] ^= 1
    put(storage, file.blob, bytes(kept))
    with pytest.raises(ContentChangedError), services.open_file(file) as content:
        content.read()
    assert [file.name in fault for fault in maintenance.verify().faults] == [True]


def test_two_files_cannot_be_exchanged(storage: Storage) -> None:
    first, second = stored(), stored(b"Another,table\n")
    first_raw, second_raw = raw(storage, first.blob), raw(storage, second.blob)
    put(storage, first.blob, second_raw)
    put(storage, second.blob, first_raw)
    assert len(maintenance.verify().faults) == 2


def test_a_key_of_another_file_does_not_open_it(storage: Storage) -> None:
    first, second = stored(), stored(b"Another,table\n")
    StoredFile.objects.filter(pk=first.pk).update(wrapped_key=second.wrapped_key)
    first.refresh_from_db()
    with pytest.raises(KeyWrongError):
        services.open_file(first)


def test_a_missing_key_is_named(storage: Storage, settings: Settings) -> None:
    file = stored()
    settings.FILE_KEYS = {"second": SECOND}
    with pytest.raises(KeyMissingError, match="`first` is missing: add it to PROVISO_FILE_KEYS"):
        services.open_file(file)


def test_another_secret_under_the_same_name_is_told_apart(storage: Storage, settings: Settings) -> None:
    file = stored()
    settings.FILE_KEYS = {"first": SECOND}
    with pytest.raises(KeyWrongError, match="`first` is not the one that the file was encrypted with"):
        services.open_file(file)


def test_keys_are_exchanged_without_touching_the_files(storage: Storage, settings: Settings) -> None:
    files = [stored(f"Table {number}\n".encode()) for number in range(3)]
    before = [raw(storage, file.blob) for file in files]
    settings.FILE_KEYS = {"second": SECOND, "first": FIRST}
    assert maintenance.rotate_keys().rotated == 3
    assert maintenance.rotate_keys().rotated == 0
    settings.FILE_KEYS = {"second": SECOND}
    assert maintenance.verify().faults == []
    assert [raw(storage, file.blob) for file in files] == before
    assert set(StoredFile.objects.values_list("key_id", flat=True)) == {"second"}


def test_a_rotation_that_misses_a_key_says_which_and_does_the_rest(storage: Storage, settings: Settings) -> None:
    stored()
    settings.FILE_KEYS = {"second": SECOND}
    stored(b"Another,table\n")
    settings.FILE_KEYS = {"third": FIRST + SECOND, "second": SECOND}
    rotation = maintenance.rotate_keys()
    assert rotation.rotated == 1
    assert ["`first` is missing" in fault for fault in rotation.faults] == [True]


def test_a_deleted_file_leaves_a_stub_and_no_bytes(
    storage: Storage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = stored()
    with django_capture_on_commit_callbacks(execute=True):
        services.delete(file, "the import is over", now=NOW)
    assert (file.size, len(file.sha256), file.deleted_at) == (len(TABLE), 64, NOW)
    assert (file.deleted_why, file.wrapped_key) == ("the import is over", "")
    assert not storage.exists(file.blob)
    with pytest.raises(FileUnreadableError, match="was deleted"):
        services.open_file(file)


def test_deleting_twice_keeps_the_first_reason(storage: Storage) -> None:
    file = stored()
    services.delete(file, "first", now=NOW)
    services.delete(file, "second", now=NOW + timedelta(days=1))
    assert (file.deleted_why, file.deleted_at) == ("first", NOW)


def test_a_file_is_deleted_only_inside_a_change_and_with_a_reason(storage: Storage) -> None:
    file = stored()
    with pytest.raises(DatabaseError), transaction.atomic():
        services.delete(file, "", now=NOW)
    with pytest.raises(NotImplementedError):
        file.delete()


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 1}, {"owner": "case:1"}, {"name": "other.csv"}])
def test_the_database_keeps_what_was_stored(storage: Storage, change: dict[str, object]) -> None:
    file = stored()
    rows = StoredFile.objects.filter(pk=file.pk)
    with pytest.raises(DatabaseError, match="leaves a stub"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="leaves a stub"), transaction.atomic():
        rows.delete()


def test_a_blob_whose_change_failed_goes_after_a_day(storage: Storage) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        lost = stored()
        raise ZeroDivisionError  # whatever goes wrong in a change after the file was written
    kept = stored()
    # The storage's own clock says when it was written, and that may be hours from the noon of the tests.
    assert maintenance.remove_orphans(now=NOW - timedelta(hours=12)) == 0
    assert maintenance.remove_orphans(now=NOW + timedelta(hours=49)) == 1
    assert (storage.exists(lost.blob), storage.exists(kept.blob)) == (False, True)


def test_the_blob_of_a_deleted_file_that_a_crash_left_goes_at_once(storage: Storage) -> None:
    file = stored()
    services.delete(file, "the import is over", now=NOW)  # the test's own transaction never commits: a crash
    assert storage.exists(file.blob)
    assert maintenance.remove_orphans(now=datetime.now(UTC)) == 1
    assert not storage.exists(file.blob)


def test_nothing_stored_yet_is_no_fault(storage: Storage) -> None:
    assert maintenance.remove_orphans(now=NOW) == 0
    assert maintenance.verify().faults == []


def test_a_row_without_its_blob_is_named(storage: Storage) -> None:
    whole, gone = stored(), stored(b"Another,table\n")
    storage.delete(gone.blob)
    verification = maintenance.verify()
    assert verification.checked == 2
    assert verification.faults == [
        f"importrun:7 “people.csv” (file {gone.pk}): the file {gone.pk} is not in the storage any more"
    ]
    assert services.open_file(whole).read() == TABLE
