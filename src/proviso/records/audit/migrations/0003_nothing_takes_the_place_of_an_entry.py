"""No entry takes the place of another, and the end of the log only moves on."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

HEAD = "the end of the action log only moves on"


def guard(apps: Any, schema_editor: Any) -> None:
    guards.not_replaced(schema_editor, "audit_entry", "the action log can only be added to", same="number = NEW.number")
    # Made here, so that an end that is missing was taken away; where entries have none, it stays missing and is told.
    if not apps.get_model("audit", "Entry").objects.exists():
        apps.get_model("audit", "Head").objects.get_or_create(pk=1)
    guards.frozen(schema_editor, "audit_head", HEAD, verbs=("delete",))
    guards.frozen(schema_editor, "audit_head", HEAD, verbs=("update",), condition="NEW.number <= OLD.number")
    guards.not_replaced(schema_editor, "audit_head", HEAD)


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "audit_entry", ("insert",))
    guards.lifted(schema_editor, "audit_head", ("delete", "update", "insert"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
