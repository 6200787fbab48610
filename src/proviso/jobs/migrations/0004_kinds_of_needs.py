"""Reminders are of whatever rooms put on the list of what needs whom; and one more function of the queue has moved."""

from typing import Any

from django.db import migrations, models

BEFORE, AFTER = "proviso.people.tasks.invite_all", "proviso.records.people.tasks.invite_all"


def follow(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    queue.filter(task_path=BEFORE).update(task_path=AFTER)


def go_back(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    queue.filter(task_path=AFTER).update(task_path=BEFORE)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_reminders")]
    operations = [
        migrations.AlterField("reminder", "kind", models.CharField(max_length=20)),
        migrations.RunPython(follow, go_back),
    ]
