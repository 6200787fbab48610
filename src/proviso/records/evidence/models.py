"""Items of evidence, their custody log, and until when what an owner has is kept."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from proviso.records.files.models import StoredFile, Vault

OWNER = r"^[a-z]+:[0-9]+$"


class EvidenceItem(models.Model):
    """Something that was kept as evidence. `name`, `address` and `note` are sealed under the key of `vault`.

    `sha256` is that of the content as it came in. `form` says which sent form made it, so that a form that is sent
    twice makes it once. `picture_hash` is what a picture looks like, roughly, in 64 bits.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        SCREENSHOT = "screenshot", _("Picture or screenshot")
        TEXT = "text", _("Pasted text")
        EMAIL = "email", _("Email")
        WEB_CAPTURE = "web_capture", _("Saved web page")

    class State(models.TextChoices):
        KEPT = "kept", _("Kept")
        SEALED = "sealed", _("Sealed unseen")
        REMOVED = "removed", _("Removed")

    owner = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.KEPT)
    vault = models.ForeignKey(Vault, on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.BinaryField(default=bytes)
    address = models.BinaryField(default=bytes, help_text="of the page on which it was seen")
    seen_at = models.DateTimeField(null=True)
    note = models.BinaryField(default=bytes)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    derived_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="derived")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    picture_hash = models.CharField(max_length=16, blank=True)
    form = models.CharField(max_length=48, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("item of evidence")
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="items_of_an_owner_are_numbered"),
            models.UniqueConstraint(fields=["owner", "form"], condition=~Q(form=""), name="a_form_makes_an_item_once"),
            models.CheckConstraint(condition=Q(owner__regex=OWNER), name="an_item_has_an_owner"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="an_item_has_its_hash"),
            models.CheckConstraint(
                condition=Q(picture_hash="") | Q(picture_hash__regex=r"^[0-9a-f]{16}$"),
                name="a_picture_hash_is_64_bits",
            ),
            models.CheckConstraint(
                condition=~Q(derived_from=F("pk")) & ~Q(duplicate_of=F("pk")), name="an_item_comes_from_another"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return how the item is called within its owner: `E3`."""
        return f"E{self.number}"

    @property
    def is_kept(self) -> bool:
        return self.state == self.State.KEPT

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: the services of this room leave the stub that has to stay."""
        raise NotImplementedError("evidence is removed by the services of its room, which leave a stub")


class CustodyEntry(models.Model):
    """That somebody did something with an item; rows are only ever added. Without `by` it was the program itself."""

    class Event(models.TextChoices):
        ENTERED = "entered", _("Added")
        OPENED = "opened", _("Opened")
        PREVIEWED = "previewed", _("Shown")
        EXPORTED = "exported", _("Original taken out")
        SEALED = "sealed", _("Sealed unseen")
        REMOVED = "removed", _("Removed")
        VERIFIED = "verified", _("Checked against its hash")
        STAMPED = "stamped", _("Time-stamped")

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="custody")
    event = models.CharField(max_length=10, choices=Event.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    token = models.BinaryField(default=bytes, help_text="the time stamp itself, as its authority signed it")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("entry of custody")

    def __str__(self) -> str:
        return f"{self.item}: {self.event}"


class Retention(models.Model):
    """Until when what an owner has is kept, under which rule; a reason to hold it stops every deletion.

    `due_on` is the day of the review: nothing is deleted before a named person confirmed it. None is for good.
    """

    owner = models.CharField(max_length=80, unique=True)
    rule = models.CharField(max_length=40, help_text="the id of a rule of the schedule")
    starts_on = models.DateField()
    due_on = models.DateField(null=True)
    held_why = models.CharField(max_length=300, blank=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("retention")
        constraints = [
            models.CheckConstraint(condition=Q(owner__regex=OWNER), name="a_retention_has_an_owner"),
            models.CheckConstraint(
                condition=Q(held_why="", held_at=None, held_by=None)
                | ~Q(held_why="") & Q(held_at__isnull=False, held_by__isnull=False, confirmed_at=None),
                name="a_hold_has_a_reason_and_stops_deletion",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_why="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_why=""),
                name="a_deletion_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.rule}"
