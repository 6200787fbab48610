"""Stored files and vaults: what a file is, whose, where its bytes lie, and the keys that open files and texts."""

from typing import Any, Never

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Vault(models.Model):
    """The key under which all texts and files of an owner lie sealed; without `wrapped_key` nobody can read them."""

    owner = models.CharField(max_length=80, unique=True)
    key_id = models.CharField(max_length=60, blank=True)
    wrapped_key = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)
    shredded_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vault")
        constraints = [
            models.CheckConstraint(condition=Q(owner__regex=r"^[a-z]+:[0-9a-f-]+$"), name="a_vault_has_an_owner"),
            models.CheckConstraint(
                condition=Q(shredded_at=None, shredded_why="") & ~Q(wrapped_key="") & ~Q(key_id="")
                | Q(shredded_at__isnull=False, wrapped_key="", key_id="") & ~Q(shredded_why=""),
                name="a_shredded_vault_has_a_reason_and_no_key",
            ),
        ]

    def __str__(self) -> str:
        return self.owner


class StoredFile(models.Model):
    """A file, or the stub that is left of it after its deletion: what it was, its size and hash, when it went and why.

    The bytes lie sealed in the storage under `blob`; without `wrapped_key` nobody can read them any more. The key of
    the site wraps it, or that of `vault`, where the file lies in one: then `key_id` is `VAULT_KEY`.
    """

    VAULT_KEY = "vault"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("Not scanned")
        CLEAN = "clean", _("No malware found")
        INFECTED = "infected", _("Malware found")
        FAILED = "failed", _("The scan failed")

    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes of the content, not of what is stored")
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=100, unique=True)
    key_id = models.CharField(max_length=60, blank=True)
    wrapped_key = models.CharField(max_length=200, blank=True)
    vault = models.ForeignKey(Vault, null=True, on_delete=models.PROTECT, related_name="files")
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED)
    scan_details = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    deleted_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["stored_at", "pk"]
        verbose_name = _("stored file")
        indexes = [models.Index(fields=["owner"], name="files_of_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(owner__regex=r"^[a-z]+:[0-9]+$"), name="a_file_has_an_owner"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_file_has_its_hash"),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_why="") & ~Q(wrapped_key="") & ~Q(key_id="")
                | Q(deleted_at__isnull=False, wrapped_key="", key_id="") & ~Q(deleted_why=""),
                name="a_deleted_file_has_a_reason_and_no_key",
            ),
            models.CheckConstraint(
                condition=Q(scan="not_scanned", scanned_at=None) | ~Q(scan="not_scanned") & Q(scanned_at__isnull=False),
                name="a_scan_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(key_id="") | Q(vault=None) & ~Q(key_id="vault") | Q(vault__isnull=False, key_id="vault"),
                name="a_file_of_a_vault_is_opened_by_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.owner}"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: `services.delete` leaves the stub that has to stay."""
        raise NotImplementedError("a stored file is deleted by the services of its room, which leave a stub")
