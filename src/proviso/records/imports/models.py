"""A run of an import, and which column a heading was said to be."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proviso.records.imports.kinds import Scope
from proviso.records.people.models import Establishment, Person


class ImportRun(models.Model):
    """A file of rows of one kind, from its reading to the end of its application.

    What it says in `reading` and `plan`, and the file itself, are kept only until the run is over; counts and faults
    stay. While columns are unknown, `reading` holds the headings and some lines instead of rows.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Waiting for you to say which column is which")
        SCOPE = "scope", _("Waiting for you to say who is in it")
        READY = "ready", _("Waiting for you to confirm")
        APPLYING = "applying", _("Being applied")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped by an error")
        CANCELLED = "cancelled", _("Cancelled")
        UNREADABLE = "unreadable", _("Could not be read")

    WAITING = (State.MAPPING, State.SCOPE, State.READY)

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="import_runs")
    kind = models.CharField(max_length=40, default="people")
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    reading = models.JSONField(default=dict)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        verbose_name = _("import")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment"], condition=Q(state="applying"), name="one_import_at_a_time_and_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.read_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING


class ColumnChoice(models.Model):
    """Which column somebody said that a heading is, made plain, at an establishment; empty for one that is not read."""

    establishment = models.ForeignKey(Establishment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    heading = models.CharField(max_length=200)
    column = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("column of a table")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "kind", "heading"], name="a_heading_is_one_column_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.column}"
