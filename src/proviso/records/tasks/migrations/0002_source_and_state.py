"""What asked for a task stands in it as plain data; its state is a field; it may be reminded of and escalated by date."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def set_states(apps: Any, schema_editor: Any) -> None:
    """Derive the state of each task from its dates; one that was done stays done, whatever came after."""
    tasks = apps.get_model("tasks", "Task").objects.using(schema_editor.connection.alias)
    tasks.filter(done_at__isnull=False).update(state="done", dropped_on=None)
    tasks.filter(dropped_on__isnull=False).update(state="dropped")
    if schema_editor.connection.vendor == "postgresql":
        # Checks of foreign keys that wait for the end would keep indexes from being made after this.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


STATES = [("open", "To be done"), ("done", "Done"), ("dropped", "No longer assigned")]
ESCALATIONS = [("", "Nobody"), ("deputy", "Their deputy"), ("leader", "The leader of the school")]


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_from_policies")]

    operations = [
        migrations.RemoveConstraint("task", "a_duty_makes_one_task_a_day"),
        migrations.RemoveConstraint("task", "a_duty_of_the_school_makes_one_task_a_day"),
        migrations.RemoveConstraint("task", "done_means_by_whom_and_when"),
        migrations.AddField(
            "task", "source_kind", models.CharField(default="duty", max_length=20), preserve_default=False
        ),
        migrations.RenameField("task", "duty", "source_id"),
        migrations.AlterField("task", "source_id", models.BigIntegerField(default=0)),
        migrations.AlterField("task", "clause", models.CharField(blank=True, max_length=40)),
        migrations.AlterField("task", "version", models.BigIntegerField(null=True)),
        migrations.RenameField("task", "version", "policy_version"),
        migrations.AddField("task", "state", models.CharField(choices=STATES, default="open", max_length=10)),
        migrations.AddField("task", "remind_on", models.DateField(null=True)),
        migrations.AddField("task", "escalate_on", models.DateField(null=True)),
        migrations.AddField(
            "task",
            "escalate_to",
            models.CharField(blank=True, choices=ESCALATIONS, default="", max_length=10),
            preserve_default=False,
        ),
        # Undone, the state goes with its field.
        migrations.RunPython(set_states, migrations.RunPython.noop),
        migrations.AddConstraint(
            "task",
            models.UniqueConstraint(
                condition=~Q(state="dropped") & Q(person__isnull=False),
                fields=("establishment", "source_kind", "source_id", "clause", "person", "due_on"),
                name="a_source_makes_one_task_a_day",
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.UniqueConstraint(
                condition=~Q(state="dropped") & Q(person=None),
                fields=("establishment", "source_kind", "source_id", "clause", "due_on"),
                name="a_source_makes_one_task_of_the_school_a_day",
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False, done_by__isnull=False)
                | ~Q(state="done") & Q(done_at=None, done_by=None),
                name="done_means_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                condition=Q(state="dropped", dropped_on__isnull=False) | ~Q(state="dropped") & Q(dropped_on=None),
                name="dropped_means_when",
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                condition=Q(escalate_on=None, escalate_to="") | Q(escalate_on__isnull=False) & ~Q(escalate_to=""),
                name="escalation_says_when_and_to_whom",
            ),
        ),
    ]
