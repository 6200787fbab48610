"""Tasks that a policy's duties make for people, and for the school itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment
from proviso.records.policies.models.versions import Version


class Task(models.Model):
    """Something that a clause asks of somebody by a day; without a `person` it is the school's own.

    `duty` is the place of the duty in its clause. A repeated duty makes its next task when one is done.
    """

    class Interval(models.TextChoices):
        ONCE = "", _("Once")
        TERM = "term", _("Every term")
        YEAR = "year", _("Every year")
        TWO_YEARS = "2 years", _("Every two years")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="tasks")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="tasks")
    clause = models.CharField(max_length=40)
    duty = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="tasks")
    what = models.TextField()
    every = models.CharField(max_length=10, choices=Interval.choices, blank=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("task")
        indexes = [
            models.Index(fields=["person", "due_on"], name="tasks_of_person"),
            models.Index(fields=["establishment", "due_on"], name="tasks_of_establishment"),
        ]
        constraints = [
            # Making tasks twice makes none twice.
            models.UniqueConstraint(
                fields=["establishment", "clause", "duty", "person", "due_on"],
                condition=Q(dropped_on=None, person__isnull=False),
                name="a_duty_makes_one_task_a_day",
            ),
            models.UniqueConstraint(
                fields=["establishment", "clause", "duty", "due_on"],
                condition=Q(dropped_on=None, person=None),
                name="a_duty_of_the_school_makes_one_task_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_means_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause}: {self.what[:60]}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_on is None


class Calendar(models.Model):
    """The secret of the address under which somebody's dates can be fetched by a calendar program."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar")
    secret = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("calendar")

    def __str__(self) -> str:
        return str(self.person)
