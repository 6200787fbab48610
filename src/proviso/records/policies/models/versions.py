"""A policy's versions: each is prepared, approved, adopted, and never overwritten."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment, Role

IN_FORCE = ("adopted", "withdrawn")  # a withdrawn version is in force until its last day
OPEN_STATES = ("draft", "approval", "approved")  # being prepared: one version at a time


class VersionQuerySet(models.QuerySet["Version"]):
    def in_force(self, on: date) -> "VersionQuerySet":
        """Return the versions in force on a day; an establishment has at most one."""
        return self.filter(in_force(on))

    def without_texts(self) -> "VersionQuerySet":
        """Leave out what is long and what lists do not show."""
        own = ("text", "model_text", "particulars")
        return self.defer(*own, *(f"model_version__{name}" for name in own))

    def latest_adopted(self, establishment: Establishment) -> "Version | None":
        """Return the version that was adopted last, be its first day still to come."""
        return self.filter(establishment=establishment, state=Version.State.ADOPTED).order_by("-number").first()


def in_force(on: date) -> Q:
    """Return the condition of being in force on a day."""
    until = Q(in_force_until=None) | Q(in_force_until__gte=on)
    return until & Q(in_force_from__lte=on, state__in=IN_FORCE)


class Version(models.Model):
    """One version of an establishment's policy, as the text of a rulebook file; `fingerprint` is that text's SHA-256.

    `model` is the rulebook policy, and `model_version` the trust's or authority's version, that it was
    made from; `model_text` that model as it was then. `edition` counts the changes of a draft, so that
    two people who change it at a time are told of each other.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVAL = "approval", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DISCARDED = "discarded", _("Discarded")

    class Change(models.TextChoices):
        FIRST = "first", _("The first version")
        MATERIAL = "material", _("A material change: everybody is asked to sign again")
        CORRECTION = "correction", _("A correction: signatures stay valid")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    edition = models.PositiveIntegerField(default=1)
    model = models.CharField(max_length=60, blank=True)
    model_version = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="adopted_by")
    model_text = models.TextField(blank=True)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    change = models.CharField(max_length=10, choices=Change.choices, default=Change.FIRST)
    summary = models.TextField(_("What changes, in a sentence or two"), blank=True)
    particulars = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    adopted_on = models.DateField(null=True)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    fixed_clauses = models.JSONField(default=list)
    withdrawal_reason = models.TextField(blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["establishment", "-number"]
        verbose_name = _("version of a policy")
        constraints = [
            models.UniqueConstraint(fields=["establishment", "number"], name="a_version_has_a_number_of_its_own"),
            models.UniqueConstraint(
                fields=["establishment"],
                condition=Q(state__in=["draft", "approval", "approved"]),
                name="one_version_is_prepared_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(adopted_on__isnull=False, in_force_from__isnull=False),
                name="an_adopted_version_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.establishment} {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether its text may still be changed."""
        return self.state == self.State.DRAFT

    @property
    def model_number(self) -> int:
        """The number of the published version that it was made from; 0 where there is none."""
        return self.model_version.number if self.model_version else 0

    def in_force_on(self, day: date) -> bool:
        begun = self.in_force_from is not None and self.in_force_from <= day
        return self.state in IN_FORCE and begun and (self.in_force_until is None or day <= self.in_force_until)


class Variation(models.Model):
    """A clause that a draft changes, adds or switches off, and why."""

    class Kind(models.TextChoices):
        AMENDED = "amended", _("Changed")
        ADDED = "added", _("Added")
        SWITCHED_OFF = "switched_off", _("Switched off")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="variations")
    clause = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["clause"]
        verbose_name = _("variation")
        constraints = [models.UniqueConstraint(fields=["version", "clause"], name="one_variation_per_clause")]

    def __str__(self) -> str:
        return f"{self.clause}: {self.kind}"


class Consultation(models.Model):
    """That a union, an association or another body was consulted on a version, when, and what it said."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="consultations")
    body = models.CharField(_("Who was consulted"), max_length=160)
    consulted_on = models.DateField(_("When"))
    note = models.TextField(_("What they said"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["consulted_on", "pk"]
        verbose_name = _("consultation")

    def __str__(self) -> str:
        return self.body


class Approval(models.Model):
    """A named person who is asked to approve a version, and what they decided.

    `fingerprint` is that of the text which they approved: an approval of another text is none.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned for changes")
        LAPSED = "lapsed", _("Lapsed")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    capacity = models.CharField(max_length=20, choices=Role.Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    typed_name = models.CharField(max_length=160, blank=True)
    comment = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("approval")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person", "capacity"],
                condition=Q(state__in=["waiting", "approved"]),
                name="one_is_asked_once_in_a_capacity",
            ),
            models.UniqueConstraint(
                fields=["version", "person"], condition=Q(state="waiting"), name="approvers_are_distinct_persons"
            ),
            # Of governors and trustees, a whole committee may be asked.
            models.UniqueConstraint(
                fields=["version", "capacity"],
                condition=Q(state="waiting", capacity__in=["headteacher", "chair", "executive"]),
                name="one_person_is_asked_in_a_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.state}"
