"""What lies in a vault is read with its key alone, and is gone for good when that key is destroyed."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from proviso.records.files import maintenance, services, vaults
from proviso.records.files.content_types import TEXT
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.models import StoredFile, Vault
from proviso.records.files.uploads import sealed_upload
from tests.clock import NOW
from tests.records.files.conftest import FIRST, SECOND

pytestmark = pytest.mark.django_db
TEXT_OF_A_POST = "A post that named a teacher. " * 5000


@pytest.fixture
def place() -> str:
    return "disk"


@pytest.fixture
def vault(storage: Storage) -> Vault:
    return vaults.open_vault("case:7", now=NOW)


def stored(vault: Vault | None, content: bytes = b"A post.") -> StoredFile:
    blob = services.write_blob(sealed_upload([content], "post.txt", 1_000_000), {TEXT})
    return services.keep(blob, "case:7", now=NOW, vault=vault)


def read(file: StoredFile) -> bytes:
    with services.open_file(file) as content:
        return content.read()


def test_a_file_in_a_vault_comes_back(vault: Vault) -> None:
    assert read(StoredFile.objects.get(pk=stored(vault).pk)) == b"A post."


def test_a_long_text_comes_back(vault: Vault) -> None:
    sealed = vaults.seal_text(vault, TEXT_OF_A_POST)
    assert b"teacher" not in sealed
    assert vaults.read_text(vault, sealed) == TEXT_OF_A_POST


def test_a_file_of_one_vault_is_not_opened_by_another(vault: Vault) -> None:
    file = stored(vault)
    file.vault = vaults.open_vault("case:8", now=NOW)
    with pytest.raises(FileUnreadableError):
        services.open_file(file)


def test_shredding_a_vault_takes_its_files_and_texts_and_no_others(
    vault: Vault, storage: Storage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file, other, text = stored(vault), stored(None), vaults.seal_text(vault, "A note.")
    wrapped = file.wrapped_key
    with django_capture_on_commit_callbacks(execute=True):
        services.shred(vault, "the time in the schedule was over", now=NOW)
    file.refresh_from_db()
    assert (file.is_deleted, file.deleted_why, file.sha256) == (True, "the time in the schedule was over", other.sha256)
    assert not storage.exists(file.blob)
    assert read(other) == b"A post."
    with pytest.raises(FileUnreadableError, match="destroyed"):
        vaults.read_text(vault, text)
    # Whoever kept the wrapped key and the sealed bytes has nothing either: the vault's key opened it.
    with pytest.raises(FileUnreadableError, match="destroyed"):
        vaults.unwrap(vault, wrapped, file.blob)


def test_a_file_does_not_come_into_a_shredded_vault(vault: Vault) -> None:
    services.shred(vault, "its time was over", now=NOW)
    with pytest.raises(FileUnreadableError, match="destroyed"):
        stored(vault)


def test_a_shredded_vault_gets_no_key_again(vault: Vault) -> None:
    key, wrapped = vault.key_id, vault.wrapped_key
    services.shred(vault, "its time was over", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Vault.objects.filter(pk=vault.pk).update(shredded_at=None, shredded_why="", key_id=key, wrapped_key=wrapped)


@pytest.mark.parametrize("change", [{"owner": "case:9"}, {"opened_at": NOW.replace(year=2020)}])
def test_a_vault_stays_whose_it_is(vault: Vault, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Vault.objects.filter(pk=vault.pk).update(**change)


def test_a_file_stays_in_its_vault_and_its_row_stays(vault: Vault) -> None:
    file = stored(vault)
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(vault=vaults.open_vault("case:8", now=NOW))
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk)._raw_delete("default")


def test_keys_of_vaults_are_exchanged_and_files_of_vaults_are_left(vault: Vault, settings: Settings) -> None:
    file, text = stored(vault), vaults.seal_text(vault, "A note.")
    settings.FILE_KEYS = {"second": SECOND, "first": FIRST}
    assert (maintenance.rotate_keys().rotated, maintenance.rotate_keys().rotated) == (1, 0)
    settings.FILE_KEYS = {"second": SECOND}
    vault.refresh_from_db()
    assert vaults.read_text(vault, text) == "A note."
    assert read(StoredFile.objects.get(pk=file.pk)) == b"A post."
    assert maintenance.verify().faults == []


def test_a_vault_whose_key_is_missing_is_named(vault: Vault, settings: Settings) -> None:
    settings.FILE_KEYS = {"second": SECOND}
    assert "the vault of case:7: the file key `first` is missing" in maintenance.verify().faults[0]


def test_a_changed_byte_of_a_file_in_a_vault_is_named(vault: Vault, storage: Storage) -> None:
    file = stored(vault)
    with storage.open(file.blob) as sealed:
        content = bytearray(sealed.read())
    content[-1] ^= 1
    storage.delete(file.blob)
    storage.save(file.blob, ContentFile(bytes(content)))
    (fault,) = maintenance.verify().faults
    assert fault.startswith(f"case:7 “post.txt” (file {file.pk}): the stored content was changed")
