"""The steps of a case: what a clause asks for, of whom, by when, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.cases.models.cases import Case


class Step(models.Model):
    """A step of a case, as its clause says it. `reason` (why it is not needed, or what was done) is sealed.

    `due_on` is by when it is to be done, `remind_on` when whoever is to do it is reminded; both are empty where the
    clause sets no time. `person` is somebody to whom it was handed over.
    """

    class State(models.TextChoices):
        TO_DO = "to_do", _("To do")
        HANDED_OVER = "handed_over", _("Handed over")
        DONE = "done", _("Done")
        NOT_NEEDED = "not_needed", _("Not needed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, help_text="the kind of case to whose procedure it belongs")
    part = models.CharField(max_length=20)
    who = models.CharField(max_length=200)
    what = models.TextField()
    by = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=40)
    clause_label = models.CharField(max_length=40)
    is_baseline = models.BooleanField()
    letter = models.CharField(max_length=40, blank=True)
    refer_to = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_DO)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    remind_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("step")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_case_numbers_its_steps"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "not_needed"], settled_at__isnull=False, settled_by__isnull=False)
                | Q(state__in=["to_do", "handed_over"], settled_at=None, settled_by=None),
                name="a_settled_step_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(reason=b""), name="a_step_not_needed_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over") | Q(person__isnull=False), name="a_step_is_handed_over_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(remind_on=None) | Q(remind_on__lte=models.F("due_on")), name="a_reminder_comes_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.TO_DO, self.State.HANDED_OVER)
