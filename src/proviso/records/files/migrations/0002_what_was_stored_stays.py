"""The database refuses to delete a stored file's row, and to change what was stored."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

TABLE = "files_storedfile"
COLUMNS = "owner, name, content_type, size, sha256, blob, stored_at"


def guard(apps: Any, schema_editor: Any) -> None:
    message = "a stored file leaves a stub, and what it was does not change"
    guards.frozen(schema_editor, TABLE, message, verbs=("update", "delete"), columns=COLUMNS)


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, TABLE, ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
