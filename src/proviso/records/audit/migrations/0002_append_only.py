"""The database refuses to change or delete entries of the log."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards


def guard(apps: Any, schema_editor: Any) -> None:
    guards.append_only(schema_editor, "audit_entry", "the action log can only be added to")


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "audit_entry")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
