"""What waits in the queue names its function by its path: where a function moved, the rows go with it."""

from typing import Any

from django.db import migrations

MOVED = {
    "proviso.jobs.tasks.send_letter": "proviso.jobs.reminder_emails.send_letter",
    "proviso.people.imports.tasks.apply_import": "proviso.records.imports.services.apply_import",
}


def follow(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    for before, after in MOVED.items():
        queue.filter(task_path=before).update(task_path=after)


def go_back(apps: Any, schema_editor: Any) -> None:
    queue = apps.get_model("django_tasks_database", "DBTaskResult").objects.using(schema_editor.connection.alias)
    for before, after in MOVED.items():
        queue.filter(task_path=after).update(task_path=before)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("django_tasks_database", "0021_conditional_partial_index_ordering")]
    operations = [migrations.RunPython(follow, go_back)]
