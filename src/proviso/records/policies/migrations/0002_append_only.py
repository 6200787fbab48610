"""The database refuses to change answers of those who sign, and the text of a version once it is submitted."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

TEXT = "OLD.state <> 'draft' AND (OLD.text <> NEW.text OR OLD.fingerprint <> NEW.fingerprint)"


def guard(apps: Any, schema_editor: Any) -> None:
    guards.append_only(schema_editor, "policies_acknowledgement", "an acknowledgement can only be added")
    message = "the text of a version that was submitted cannot be changed"
    guards.frozen(
        schema_editor, "policies_version", message, verbs=("update",), condition=TEXT, columns="text, fingerprint"
    )
    guards.frozen(schema_editor, "policies_version", message, verbs=("delete",))


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "policies_acknowledgement")
    guards.lifted(schema_editor, "policies_version", ("update", "delete"))


class Migration(migrations.Migration):
    replaces = [("policies", "0002_kept")]  # its name until November 2026: where that ran, this has run
    dependencies = [("policies", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
