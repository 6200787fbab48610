"""A version moves along its states only, a decided approval stays as it is, and no row takes the place of another."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

SIGNATURE = "an acknowledgement can only be added"
VERSION = "a version that was adopted, withdrawn or discarded stays what it is"
APPROVAL = "an approval that was decided stays as it is"
# Only what was never in force goes back to being a draft.
STATE = """
(OLD.state = 'adopted' AND NEW.state NOT IN ('adopted', 'withdrawn'))
OR (OLD.state IN ('withdrawn', 'discarded') AND NEW.state <> OLD.state)
OR OLD.id <> NEW.id OR OLD.number <> NEW.number OR OLD.establishment_id <> NEW.establishment_id
"""
DECIDED = """
OLD.id <> NEW.id OR OLD.version_id <> NEW.version_id OR OLD.person_id <> NEW.person_id OR OLD.capacity <> NEW.capacity
OR OLD.fingerprint <> NEW.fingerprint
OR (OLD.state <> 'waiting' AND (
    OLD.typed_name <> NEW.typed_name OR OLD.comment <> NEW.comment OR NEW.state NOT IN (OLD.state, 'lapsed')
))
"""
ASKED = """
version_id = NEW.version_id AND person_id = NEW.person_id AND capacity = NEW.capacity
AND state IN ('waiting', 'approved') AND NEW.state IN ('waiting', 'approved')
"""
OPEN = "('draft', 'approval', 'approved')"
SAME_VERSION = f"""
establishment_id = NEW.establishment_id AND (number = NEW.number OR (state IN {OPEN} AND NEW.state IN {OPEN}))
"""


def guard(apps: Any, schema_editor: Any) -> None:
    guards.not_replaced(schema_editor, "policies_acknowledgement", SIGNATURE)
    guards.not_replaced(schema_editor, "policies_version", VERSION, same=SAME_VERSION)
    guards.frozen(schema_editor, "policies_version", VERSION, verbs=("update",), condition=STATE, name="state")
    guards.not_replaced(schema_editor, "policies_approval", APPROVAL, same=ASKED)
    guards.frozen(schema_editor, "policies_approval", APPROVAL, verbs=("update",), condition=DECIDED)
    guards.frozen(schema_editor, "policies_approval", APPROVAL, verbs=("delete",))


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "policies_acknowledgement", ("insert",))
    guards.lifted(schema_editor, "policies_version", ("insert", "update_state"))
    guards.lifted(schema_editor, "policies_approval", ("insert", "update", "delete"))


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_tasks_move_out"), ("audit", "0003_nothing_takes_the_place_of_an_entry")]
    operations = [migrations.RunPython(guard, unguard)]
