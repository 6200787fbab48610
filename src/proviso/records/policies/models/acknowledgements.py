"""Reading and signing: who was asked, and what they answered. Answers are only ever added."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment
from proviso.records.policies.models.versions import Version


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open_on(self, day: date) -> "CampaignQuerySet":
        """Return the signings in which people are asked on a day; an establishment has at most one."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)

    def without_end(self, establishments: Collection[int]) -> "CampaignQuerySet":
        """Return the signings of which no last day is known, one in an establishment; some begin in the future."""
        return self.filter(establishment__in=establishments, closed_on=None)


class Campaign(models.Model):
    """Asking everybody whom a version covers to read and sign it by a day, from `opened_on` to before `closed_on`.

    `version` is the one with which it was opened. A correction keeps the campaign: signed is the text that
    is in force on the day. A version that is adopted ahead of time has its campaign ready: it opens on its
    first day, on which the one before is closed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        ADOPTION = "adoption", _("A version was adopted")
        YEARLY = "yearly", _("The yearly signing")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="campaigns")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="campaigns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("signing")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("opened_on")), name="a_signing_is_due_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["establishment"], condition=Q(closed_on=None), name="one_signing_is_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.kind} {self.opened_on}"

    @property
    def state(self) -> str:
        """Closed is one whose end is set, be it in the future."""
        return self.State.OPEN if self.closed_on is None else self.State.CLOSED

    def is_open_on(self, day: date) -> bool:
        """Say whether people are asked in it on a day."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


class Acknowledgement(models.Model):
    """What somebody said when asked to sign, bound to the very text that they read.

    `recorded_by` is another person only where somebody entered it for them, say from paper; pages and
    documents always show that. The last row of a person in a campaign, by `number` and whatever the
    clock said, is how things stand.
    """

    class Kind(models.TextChoices):
        SIGNED = "signed", _("Signed")
        DECLINED = "declined", _("Declined")
        EXEMPTION_ASKED = "exemption_asked", _("Asked for an exemption")
        EXEMPTED = "exempted", _("Exempted")
        EXEMPTION_REFUSED = "exemption_refused", _("Exemption refused")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements")
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    statement = models.TextField(blank=True)
    typed_name = models.CharField(max_length=160, blank=True)
    answers = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("acknowledgement")
        indexes = [models.Index(fields=["campaign", "person"], name="acknowledged_by")]
        constraints = [
            models.CheckConstraint(condition=Q(kind="signed") | ~Q(reason=""), name="only_a_signature_needs_no_reason"),
            models.UniqueConstraint(
                fields=["campaign", "person", "number"], name="answers_of_a_person_come_one_after_the_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
