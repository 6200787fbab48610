"""An item stays what came in, is sealed and removed but never brought back; custody is only ever added to."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

ITEMS, CUSTODY, RETENTION = "evidence_evidenceitem", "evidence_custodyentry", "evidence_retention"
ITEM = "an item of evidence stays what came in, and leaves a stub"
ENTRY = "an entry of custody can only be added"
KEPT = "a retention that was confirmed stays as it is"
COLUMNS = (
    "id, owner, number, kind, vault_id, file_id, sha256, name, address, seen_at, note, captured_at, captured_by_id, "
    "derived_from_id, duplicate_of_id, picture_hash, form"
)
STATE = """
(OLD.state = 'removed' AND NEW.state <> 'removed') OR (OLD.state = 'sealed' AND NEW.state = 'kept')
"""


def guard(apps: Any, schema_editor: Any) -> None:
    guards.frozen(schema_editor, ITEMS, ITEM, verbs=("update", "delete"), columns=COLUMNS)
    guards.frozen(schema_editor, ITEMS, ITEM, verbs=("update",), condition=STATE, name="state")
    guards.not_replaced(schema_editor, ITEMS, ITEM, same="owner = NEW.owner AND number = NEW.number")
    guards.append_only(schema_editor, CUSTODY, ENTRY)
    guards.not_replaced(schema_editor, CUSTODY, ENTRY)
    guards.frozen(schema_editor, RETENTION, KEPT, verbs=("update",), condition="OLD.confirmed_at IS NOT NULL")
    guards.frozen(schema_editor, RETENTION, KEPT, verbs=("delete",))
    guards.not_replaced(schema_editor, RETENTION, KEPT, same="owner = NEW.owner")


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, ITEMS, ("update", "delete", "update_state", "insert"))
    guards.lifted(schema_editor, CUSTODY, ("update", "delete", "truncate", "insert"))
    guards.lifted(schema_editor, RETENTION, ("update", "delete", "insert"))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("audit", "0003_nothing_takes_the_place_of_an_entry")]
    operations = [migrations.RunPython(guard, unguard)]
