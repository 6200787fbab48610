"""What waited in the queue before an upgrade is done after it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from proviso.jobs.reminder_emails import send_reminder_email

MOVES = ("0002_queued_functions_moved", "0003_reminders", "0004_kinds_of_needs")


@pytest.mark.parametrize("path", ["proviso.people.tasks.invite_all", "proviso.jobs.tasks.send_letter"])
def test_a_row_with_a_path_of_before_the_move_names_a_function_that_is_there(db: None, path: str) -> None:
    row = DBTaskResult.objects.filter(pk=send_reminder_email.enqueue(0).id)
    row.update(task_path=path)
    for name in MOVES:
        import_module(f"proviso.jobs.migrations.{name}").follow(apps, connection.schema_editor())
    moved = row.get().task_path
    assert moved != path and import_string(moved).name == path.rpartition(".")[2].replace("letter", "reminder_email")
