"""The database refuses to change what was signed in a declaration, and what was said and decided about it."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

SIGNED = "OLD.text <> NEW.text OR OLD.fingerprint <> NEW.fingerprint OR OLD.person_id <> NEW.person_id"


def guard(apps: Any, schema_editor: Any) -> None:
    guards.append_only(schema_editor, "registers_declarationstep", "a step of a declaration can only be added")
    message = "a declaration that was signed cannot be changed"
    guards.frozen(
        schema_editor,
        "registers_declaration",
        message,
        verbs=("update",),
        condition=SIGNED,
        columns="text, fingerprint, person_id",
    )
    guards.frozen(schema_editor, "registers_declaration", message, verbs=("delete",))


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "registers_declarationstep")
    guards.lifted(schema_editor, "registers_declaration", ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
