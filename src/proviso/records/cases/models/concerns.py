"""What somebody shares about conduct or a child's welfare, who has a part in it, and the messages about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.cases import Case
from proviso.records.cases.models.kinds import APART, HarmThreshold, Matter, PartyRole
from proviso.records.files.models import Vault
from proviso.records.people.models import Establishment

# Signs of harm with which no picture, pasted data or address comes into a concern.
IMAGES = frozenset(("sexual_image", "sextortion"))


class Concern(models.Model):
    """A concern as it was shared. `text`, `sharer_name` and `sharer_contact` are sealed under the key of `vault`.

    `sharer` is somebody signed in; whoever shares without signing in holds a receipt, of which only the digest is kept.
    `capacity` says as what its handler was chosen (`headteacher`, `dsl`, `chair`, `executive`), `clause` and
    `policy_version` under which clause, of the school's policy or of the national baseline (`is_baseline`).
    `harms` are the signs of harm that were recognised in it (values of the fact `harm`).
    `particulars` are its other answers (when, where, who, wishes), sealed as one text. `submission` is the digest of
    what made the form one form, so that sending it twice shares it once. `passed_over` says why it did not go to whom
    it would have gone to first.
    """

    class Kind(models.TextChoices):
        PUPIL = "pupil", _("Something about a pupil")
        ADULT = "adult", _("An adult who works here")
        ONLINE = "online", _("Posts or accounts on the internet")
        CONTACT = "contact", _("Contact from a pupil")
        SEXUAL_IMAGE = "sexual_image", _("A sexual image of somebody under 18")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        SHARED = "shared", _("Shared")
        SEEN = "seen", _("Being looked at")
        IN_CASE = "in_case", _("Being dealt with")
        CLOSED = "closed", _("Closed")

    class PassedOver(models.TextChoices):
        NOBODY = "", _("It went to whom it goes to first")
        AWAY = "away", _("Whom it goes to first is away")
        NAMED = "named", _("Whom it goes to first may be named in it")
        VACANT = "vacant", _("Nobody holds the role that it goes to first")

    class SharerKind(models.TextChoices):
        STAFF = "staff", _("A member of staff")
        PUPIL = "pupil", _("A pupil")
        PARENT = "parent", _("A parent or carer")
        PUBLIC = "public", _("Somebody else")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="concerns")
    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    matter = models.CharField(max_length=6, choices=Matter.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHARED)
    shared_at = models.DateTimeField()
    aware_on = models.DateField(help_text="the day on which the school came to know; clocks count from it")
    sharer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="concerns_shared"
    )
    sharer_kind = models.CharField(max_length=6, choices=SharerKind.choices)
    receipt_digest = models.CharField(max_length=64, blank=True)
    vault = models.OneToOneField(Vault, on_delete=models.PROTECT, related_name="+")
    sharer_name = models.BinaryField(default=bytes)
    sharer_contact = models.BinaryField(default=bytes)
    text = models.BinaryField()
    particulars = models.BinaryField(default=bytes)
    has_removed_links = models.BooleanField(default=False, help_text="addresses or pasted data were left out")
    submission = models.CharField(max_length=64, blank=True, default="")
    declaration = models.TextField(help_text="the words that the sharer declared, as they were shown")
    harms = models.JSONField(default=list)
    capacity = models.CharField(max_length=20)
    clause = models.CharField(max_length=40, blank=True)
    policy_version = models.BigIntegerField(null=True)
    is_baseline = models.BooleanField(default=False)
    passed_over = models.CharField(max_length=8, choices=PassedOver.choices, blank=True, default="")
    promised_on = models.DateField(help_text="by when the sharer hears")
    harm_threshold = models.CharField(max_length=12, choices=HarmThreshold.choices, default=HarmThreshold.NOT_ASSESSED)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="concerns")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closing_reasons = models.BinaryField(default=bytes, help_text="what the sharer is told, sealed")

    class Meta:
        ordering = ["-shared_at", "-pk"]
        verbose_name = _("concern")
        indexes = [models.Index(fields=["establishment", "state"], name="concerns_of_establishment")]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt_digest"], condition=~Q(receipt_digest=""), name="a_receipt_opens_one_concern"
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=~Q(submission=""), name="a_form_shares_one_concern"
            ),
            models.CheckConstraint(
                condition=Q(sharer__isnull=False, receipt_digest="") | Q(sharer=None) & ~Q(receipt_digest=""),
                name="a_concern_has_a_sharer_or_a_receipt",
            ),
            models.CheckConstraint(
                condition=Q(matter=Matter.ADULT) | Q(harm_threshold=HarmThreshold.NOT_ASSESSED),
                name="only_concerns_about_adults_have_a_threshold",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | ~Q(state="closed") & Q(closed_at=None, closed_by=None),
                name="a_closed_concern_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_case") | Q(case__isnull=False), name="a_concern_in_a_case_names_it"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def takes_no_pictures(self) -> bool:
        """Whether no file, pasted data or address may come into it: it may be about a sexual image."""
        return self.kind == self.Kind.SEXUAL_IMAGE or not IMAGES.isdisjoint(self.harms)


class ConcernParty(models.Model):
    """Somebody with a part in a concern. `person` is empty for whoever has no record here; `name` is sealed."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=8, choices=PartyRole.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.BinaryField(default=bytes)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person in a concern")
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "person"],
                condition=Q(role__in=APART, ended_at=None, person__isnull=False),
                name="nobody_handles_a_concern_about_themselves",
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern}: {self.role}"


class Message(models.Model):
    """What the sharer of a concern and whoever handles it write to each other; the text is sealed."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="messages")
    is_from_sharer = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.BinaryField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("message")

    def __str__(self) -> str:
        return f"{self.concern}, {self.sent_at:%Y-%m-%d}"


class ConcernDraft(models.Model):
    """What somebody has not shared yet and wants to go on with: for whoever signed in, or whoever holds its code.

    It is sealed under a key of its own (`owner` names it), and is deleted, key and all, after some days.
    """

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64, blank=True)
    owner = models.CharField(max_length=80, unique=True)
    key_id = models.CharField(max_length=60)
    wrapped_key = models.CharField(max_length=200)
    content = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("concern that is not shared yet")
        constraints = [
            models.UniqueConstraint(
                fields=["code_digest"], condition=~Q(code_digest=""), name="a_draft_code_opens_one_draft"
            ),
            models.UniqueConstraint(
                fields=["person", "establishment"],
                condition=Q(person__isnull=False),
                name="one_draft_a_person_and_place",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, code_digest="") | Q(person=None) & ~Q(code_digest=""),
                name="a_draft_has_a_person_or_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.owner
