"""Reminders and the emails that carry them are called so, in the queue too."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEFORE, AFTER = "proviso.jobs.reminder_emails.send_letter", "proviso.jobs.reminder_emails.send_reminder_email"


def follow(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    queue.filter(task_path=BEFORE).update(task_path=AFTER)


def go_back(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    queue.filter(task_path=AFTER).update(task_path=BEFORE)


def _of_a_person(name: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_queued_functions_moved")]
    operations = [
        migrations.RenameModel("Notice", "Reminder"),
        migrations.RenameModel("Letter", "ReminderEmail"),
        migrations.RenameField("Schedule", "last_said", "last_result"),
        migrations.AlterModelOptions("reminder", {"ordering": ["-on", "-pk"], "verbose_name": "reminder"}),
        migrations.AlterModelOptions("reminderemail", {"ordering": ["-on", "-pk"], "verbose_name": "reminder email"}),
        migrations.AlterField("reminder", "person", _of_a_person("reminders")),
        migrations.AlterField("reminderemail", "person", _of_a_person("reminder_emails")),
        migrations.RunPython(follow, go_back),
    ]
