"""What was told to whom, when each job is next due, and which workers are alive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment


class Reminder(models.Model):
    """One reason for which somebody was told that something waits. The row is what keeps it from being told twice.

    `kind` is that of the need (see `people/needs.py`) or `digest`, and `key` names the reason and how far it is: a
    signing and `week`, a review date and `30`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="a_reason_is_told_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.key}"


class ReminderEmail(models.Model):
    """The one email that somebody gets in a day, whatever the reasons. Without `establishment`: of several places."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_emails")
    establishment = models.ForeignKey(Establishment, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("reminder email")
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_letter_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.on}"


class Schedule(models.Model):
    """When a job is due next. `claimed_until` is set while somebody does it, so that dying over it blocks nobody."""

    name = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    last_result = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("schedule")

    def __str__(self) -> str:
        return f"{self.name}, {self.next_at}"


class Worker(models.Model):
    """A process that works through what waits in the background, and when it was last seen alive."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = _("worker")

    def __str__(self) -> str:
        return self.name
