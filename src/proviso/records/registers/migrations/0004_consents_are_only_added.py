"""The database refuses to change what was said about consents, and the words of the forms."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

TABLES = {
    "registers_consent": "a consent can only be added",
    "registers_consentwording": "the words of a form can only be added",
}


def guard(apps: Any, schema_editor: Any) -> None:
    for table, message in TABLES.items():
        guards.append_only(schema_editor, table, message)


def unguard(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        guards.lifted(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_consents")]
    operations = [migrations.RunPython(guard, unguard)]
