"""What happened in a case, and what was decided: rows that can be added and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.cases import Case
from proviso.records.cases.models.concerns import Concern


class ChronologyEntry(models.Model):
    """An entry of a case's chronology; `text` is sealed. A later entry `corrects` an earlier one, which stays."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("Case opened")
        NOTE = "note", _("Note")
        CORRECTION = "correction", _("Correction")
        CONCERN = "concern", _("Concern added")
        PEOPLE = "people", _("People in the case")
        STEP_DONE = "step_done", _("Step done")
        STEP_NOT_NEEDED = "step_not_needed", _("Step not needed")
        STEP_HANDED_OVER = "step_handed_over", _("Step handed over")
        STEPS_ADDED = "steps_added", _("Steps added")
        DECISION = "decision", _("Decision")
        LETTER = "letter", _("Letter")
        SEXUAL_IMAGE = "sexual_image", _("Sexual image of somebody under 18")
        HOLD = "hold", _("Legal hold")
        EXPORT = "export", _("Case file taken out")
        TRANSFER = "transfer", _("Transfer")
        CLOSED = "closed", _("Case closed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="chronology")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.BinaryField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("entry of a chronology")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False) | ~Q(kind="correction") & Q(corrects=None),
                name="a_correction_says_what_it_corrects",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.at:%Y-%m-%d}: {self.kind}"


class Decision(models.Model):
    """What a named person decided about a case or a concern, and why; `answers` and `reasons` are sealed.

    `answers` are what was known or weighed (JSON): the four limbs of the harm threshold, say.
    """

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", _("Harm threshold")
        PROPORTIONALITY = "proportionality", _("Whether a sanction would be proportionate")
        VIEWING = "viewing", _("Whether an image is to be viewed")
        OTHER = "other", _("Another decision")

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="decisions")
    concern = models.ForeignKey(Concern, null=True, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    choice = models.CharField(max_length=20)
    answers = models.BinaryField(default=bytes)
    reasons = models.BinaryField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, concern=None) | Q(case=None, concern__isnull=False),
                name="a_decision_is_about_a_case_or_a_concern",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case or self.concern}, {self.kind}: {self.choice}"
