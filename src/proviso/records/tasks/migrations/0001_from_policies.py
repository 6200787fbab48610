"""Tasks and calendars as they come from the room of policies, whose migration renames their tables: no row changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def person(related_name: str, **named: object) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
        **named,  # type: ignore[arg-type]  # what a field takes, passed on
    )


def key() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


EVERY = [("", "Once"), ("term", "Every term"), ("year", "Every year"), ("2 years", "Every two years")]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_accounts_and_imports"),
        ("policies", "0003_tasks_move_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Calendar",
                    fields=[
                        ("id", key()),
                        ("secret", models.CharField(max_length=64, unique=True)),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendar",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={"verbose_name": "calendar"},
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        ("id", key()),
                        ("clause", models.CharField(max_length=40)),
                        ("duty", models.PositiveSmallIntegerField(default=0)),
                        ("what", models.TextField()),
                        ("every", models.CharField(blank=True, choices=EVERY, max_length=10)),
                        ("due_on", models.DateField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("note", models.TextField(blank=True)),
                        ("dropped_on", models.DateField(null=True)),
                        ("done_by", person("+", null=True)),
                        (
                            "establishment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="people.establishment",
                            ),
                        ),
                        ("person", person("tasks", null=True)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="policies.version"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(fields=["person", "due_on"], name="tasks_of_person"),
                            models.Index(fields=["establishment", "due_on"], name="tasks_of_establishment"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=Q(dropped_on=None, person__isnull=False),
                                fields=("establishment", "clause", "duty", "person", "due_on"),
                                name="a_duty_makes_one_task_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=Q(dropped_on=None, person=None),
                                fields=("establishment", "clause", "duty", "due_on"),
                                name="a_duty_of_the_school_makes_one_task_a_day",
                            ),
                            models.CheckConstraint(
                                condition=Q(done_at=None, done_by=None)
                                | Q(done_at__isnull=False, done_by__isnull=False),
                                name="done_means_by_whom_and_when",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
