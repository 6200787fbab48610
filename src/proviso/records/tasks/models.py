"""Tasks of people and of schools, the days on which nobody works, and who is away."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment


@dataclass(frozen=True)
class Source:
    """What asked for a task: a kind of thing that a room registers (see `sources`), and its number.

    `clause` is the clause behind it and `version` the number (the key) of the version of the policy that holds it.
    All of it is plain, so that this room knows none above it.
    """

    kind: str
    id: int
    clause: str = ""
    version: int | None = None


class Task(models.Model):
    """Something that is asked of somebody by a day; without a `person` it is the school's own.

    A repeated task makes its next one when it is done. From `remind_on` its bearer is reminded; from `escalate_on`
    somebody else hears that it is late: the person's deputy, or whoever leads the school.
    `declared` is what somebody said whose task it is to declare something: that there is nothing is an answer, too.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To be done")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("No longer assigned")

    class Interval(models.TextChoices):
        ONCE = "", _("Once")
        TERM = "term", _("Every term")
        YEAR = "year", _("Every year")
        TWO_YEARS = "2 years", _("Every two years")

    class Escalation(models.TextChoices):
        NOBODY = "", _("Nobody")
        DEPUTY = "deputy", _("Their deputy")
        LEADER = "leader", _("The leader of the school")

    class Declared(models.TextChoices):
        UNASKED = "", _("Nothing was asked")
        NOTHING = "nothing", _("Nothing to declare")
        SOMETHING = "something", _("Declared")

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="tasks")
    source_kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField(default=0)
    clause = models.CharField(max_length=40, blank=True)
    policy_version = models.BigIntegerField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="tasks")
    what = models.TextField()
    every = models.CharField(max_length=10, choices=Interval.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    remind_on = models.DateField(null=True)
    escalate_on = models.DateField(null=True)
    escalate_to = models.CharField(max_length=10, choices=Escalation.choices, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    declared = models.CharField(max_length=10, choices=Declared.choices, blank=True, default="")
    dropped_on = models.DateField(null=True)

    words: str = ""  # what it asks in the reader's language, where a selector has put it there

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
                fields=["establishment", "source_kind", "source_id", "clause", "person", "due_on"],
                condition=~Q(state="dropped") & Q(person__isnull=False),
                name="a_source_makes_one_task_a_day",
            ),
            models.UniqueConstraint(
                fields=["establishment", "source_kind", "source_id", "clause", "due_on"],
                condition=~Q(state="dropped") & Q(person=None),
                name="a_source_makes_one_task_of_the_school_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, done_by__isnull=False)
                | ~Q(state="done") & Q(done_at=None, done_by=None),
                name="done_means_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped", dropped_on__isnull=False) | ~Q(state="dropped") & Q(dropped_on=None),
                name="dropped_means_when",
            ),
            models.CheckConstraint(
                condition=Q(escalate_on=None, escalate_to="") | Q(escalate_on__isnull=False) & ~Q(escalate_to=""),
                name="escalation_says_when_and_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause or self.source_kind}: {self.what[:60]}"

    @property
    def source(self) -> Source:
        return Source(self.source_kind, self.source_id, self.clause, self.policy_version)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Calendar(models.Model):
    """The secret of the address under which somebody's dates can be fetched by a calendar program."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar")
    secret = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("calendar")

    def __str__(self) -> str:
        return str(self.person)


class SchoolHoliday(models.Model):
    """Days on which a school does not work, both included; those of a trust or an authority are those of its schools.

    A school that departs from them has a holiday of its own by the same name in the same school year.
    """

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="school_holidays")
    name = models.CharField(_("Name"), max_length=80)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("school holiday")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_holiday_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["establishment", "name", "starts_on"], name="a_holiday_is_entered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.starts_on}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Return the absences of a day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """That somebody is away from an establishment, from a day to a day, both included, and who stands in for them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("absence")
        indexes = [models.Index(fields=["establishment", "ends_on"], name="absences_of_establishment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="an_absence_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(deputy=models.F("person")), name="nobody_stands_in_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts_on}"
