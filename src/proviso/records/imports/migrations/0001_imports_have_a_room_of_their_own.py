"""Runs of imports come from the room of people: the table and its rows are there already, under their former name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("people", "0003_imports_have_a_room_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("ready", "Waiting for you to confirm"),
                                    ("applying", "Being applied"),
                                    ("done", "Done"),
                                    ("failed", "Stopped by an error"),
                                    ("cancelled", "Cancelled"),
                                    ("unreadable", "Could not be read"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("reading", models.JSONField(default=dict)),
                        ("plan", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("faults", models.JSONField(default=list)),
                        ("conflicts", models.JSONField(default=list)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("read_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("touched_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "establishment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_runs",
                                to="people.establishment",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "people_importrun",
                        "verbose_name": "import",
                        "ordering": ["-read_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "applying")),
                                fields=("establishment",),
                                name="one_import_at_a_time_and_place",
                            )
                        ],
                    },
                )
            ]
        )
    ]
