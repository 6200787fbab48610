"""A vault stays whose it is, is never deleted, and once shredded never gets a key again; a file stays in its vault."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

VAULTS, FILES = "files_vault", "files_storedfile"
MESSAGE = "a vault leaves a stub, and a shredded one has no key again"
COLUMNS = "owner, name, content_type, size, sha256, blob, stored_at, vault_id"
KEYLESS = "OLD.owner <> NEW.owner OR OLD.opened_at <> NEW.opened_at OR OLD.shredded_at IS NOT NULL"


def guard(apps: Any, schema_editor: Any) -> None:
    guards.frozen(schema_editor, VAULTS, MESSAGE, verbs=("update",), condition=KEYLESS)
    guards.frozen(schema_editor, VAULTS, MESSAGE, verbs=("delete",))
    guards.not_replaced(schema_editor, VAULTS, MESSAGE, same="owner = NEW.owner")
    # SQLite made the table anew for its constraint, and let go of the guards of the second migration.
    guards.lifted(schema_editor, FILES, ("update", "delete"))
    message = "a stored file leaves a stub, and what it was does not change"
    guards.frozen(schema_editor, FILES, message, verbs=("update", "delete"), columns=COLUMNS)


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, VAULTS, ("update", "delete", "insert"))
    guards.lifted(schema_editor, FILES, ("update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("files", "0004_files_lie_in_vaults"), ("audit", "0003_nothing_takes_the_place_of_an_entry")]
    operations = [migrations.RunPython(guard, unguard)]
