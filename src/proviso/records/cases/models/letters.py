"""Letters, referrals and requests of a case, and a school's own templates for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.cases import Case
from proviso.records.cases.models.steps import Step
from proviso.records.people.models import Establishment


class LetterTemplate(models.Model):
    """A school's own text for a kind of letter in a language, in the place of the one that comes with the program."""

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5, choices=Establishment.Language.choices)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "language"]
        verbose_name = _("letter template")
        constraints = [
            models.UniqueConstraint(fields=["establishment", "kind", "language"], name="a_school_has_one_template_each")
        ]

    def __str__(self) -> str:
        return f"{self.establishment}: {self.kind}, {self.language}"


class Letter(models.Model):
    """A letter of a case. Its texts are sealed; from the moment it is sent none of it changes any more.

    `sha256` is that of the text as it was approved. A request to a site is chased on `chase_on`, and goes to the
    helpline on `escalate_on`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SENT = "sent", _("Sent")
        DISCARDED = "discarded", _("Discarded")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5, choices=Establishment.Language.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    recipient = models.BinaryField()
    subject = models.BinaryField()
    body = models.BinaryField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_how = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    chase_on = models.DateField(null=True)
    escalate_on = models.DateField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("letter")
        constraints = [
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=F("author")), name="nobody_approves_their_own_letter"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent"])
                | Q(approver__isnull=False, approved_at__isnull=False) & ~Q(sha256=""),
                name="an_approved_letter_says_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False, sent_by__isnull=False)
                | ~Q(state="sent") & Q(sent_at=None, sent_by=None),
                name="a_sent_letter_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.kind}"
