"""Reading and signing: who was asked, and what they answered. Answers are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.policies.models.versions import Version


class Campaign(models.Model):
    """Asking everybody whom a version covers to read and sign it by a day.

    A correction of the version keeps the campaign: `version` is the one whose text is signed from now on.
    """

    class Kind(models.TextChoices):
        ADOPTION = "adoption", _("A version was adopted")
        YEARLY = "yearly", _("The yearly signing")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="campaigns")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("signing")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("opened_on")), name="a_signing_is_due_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.kind} {self.opened_on}"


class Acknowledgement(models.Model):
    """What somebody said when asked to sign, bound to the very text that they read.

    `recorded_by` is another person only where somebody entered it for them, say from paper; pages and
    documents always show that. The latest row of a person in a campaign is how things stand.
    """

    class Kind(models.TextChoices):
        SIGNED = "signed", _("Signed")
        DECLINED = "declined", _("Declined")
        EXEMPTION_ASKED = "exemption_asked", _("Asked to be exempted")
        EXEMPTED = "exempted", _("Exempted")
        EXEMPTION_REFUSED = "exemption_refused", _("Exemption refused")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="acknowledgements")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acknowledgements")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    statement = models.TextField(blank=True)
    typed_name = models.CharField(max_length=160, blank=True)
    answers = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("acknowledgement")
        indexes = [models.Index(fields=["campaign", "person"], name="acknowledged_by")]
        constraints = [
            models.CheckConstraint(condition=Q(kind="signed") | ~Q(reason=""), name="only_a_signature_needs_no_reason")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
