"""Ties that people declare, and what was said and decided about each, step by step."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment


class Declaration(models.Model):
    """A tie that somebody declares: with whom, of which kind, since when, and in which way they are in touch.

    `text` is what they signed, which never changes, and `fingerprint` its SHA-256. `clause` is the clause that asks for
    it, and `policy_version` the number (the key) of the version that holds it, where one does. `goes_to` says who
    acknowledges it: whoever leads the establishment, or the chair where it is the leader's own.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", _("My family")
        FRIEND_BEFORE = "friend_before", _("A friend from before the school")
        SHARED_CIRCLE = "shared_circle", _("A shared social circle")
        OWN_CHILD = "own_child", _("My own child at the school")
        CONFLICT = "conflict", _("A conflict of interest")
        TUITION = "tuition", _("Private tuition")
        PARENT_GROUP = "parent_group", _("A group chat with parents")

    class Other(models.TextChoices):
        PUPIL = "pupil", _("A pupil")
        PARENT = "parent", _("A parent or carer")
        FAMILY = "family", _("A whole family, or several people")

    class State(models.TextChoices):
        SENT = "sent", _("Waiting to be acknowledged")
        MORE_ASKED = "more_asked", _("More information needed")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class GoesTo(models.TextChoices):
        LEADER = "leader", _("The headteacher")
        CHAIR = "chair", _("The chair")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations")
    kind = models.CharField(_("Kind of tie"), max_length=20, choices=Kind.choices)
    other = models.CharField(_("With"), max_length=10, choices=Other.choices)
    name = models.CharField(_("Name"), max_length=160)
    since = models.CharField(_("Since"), max_length=80)
    way = models.CharField(_("How you are in touch"), max_length=200)
    details = models.TextField(blank=True)
    clause = models.CharField(max_length=40, blank=True)
    policy_version = models.BigIntegerField(null=True)
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    goes_to = models.CharField(max_length=10, choices=GoesTo.choices)
    state = models.CharField(max_length=15, choices=State.choices, default=State.SENT)
    declared_at = models.DateTimeField()
    conditions = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-declared_at", "-pk"]
        verbose_name = _("declaration")
        indexes = [
            models.Index(fields=["establishment", "state"], name="declarations_by_state"),
            models.Index(fields=["person", "state"], name="declarations_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | Q(review_on__isnull=False), name="acknowledged_means_until_review"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.WITHDRAWN


class DeclarationStep(models.Model):
    """What somebody said or decided about a declaration. Steps are only ever added."""

    class Kind(models.TextChoices):
        DECLARED = "declared", _("Declared")
        MORE_ASKED = "more_asked", _("Asked for more")
        ANSWERED = "answered", _("Answered")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        REVIEWED = "reviewed", _("Reviewed")
        CONFIRMED = "confirmed", _("Confirmed that it still holds")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of a declaration")

    def __str__(self) -> str:
        return f"{self.declaration_id}: {self.kind}"
