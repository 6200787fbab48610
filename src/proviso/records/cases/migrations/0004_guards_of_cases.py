"""The database refuses to change what happened in a case, a letter that was sent, and a mark that only goes to yes."""

from typing import Any

from django.db import migrations

from proviso.records.audit import guards

SENT = "OLD.state = 'sent'"
UNMARKED = "OLD.has_sexual_image AND NOT NEW.has_sexual_image"


def guard(apps: Any, schema_editor: Any) -> None:
    guards.append_only(schema_editor, "cases_chronologyentry", "an entry of a chronology can only be added")
    guards.append_only(schema_editor, "cases_decision", "a decision can only be added")
    letter = "a letter that was sent cannot be changed"
    guards.frozen(schema_editor, "cases_letter", letter, verbs=("update", "delete"), condition=SENT)
    image = "a case that holds a sexual image stays one"
    guards.frozen(schema_editor, "cases_case", image, verbs=("update",), condition=UNMARKED, columns="has_sexual_image")


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "cases_chronologyentry")
    guards.lifted(schema_editor, "cases_decision")
    guards.lifted(schema_editor, "cases_letter", ("update", "delete"))
    guards.lifted(schema_editor, "cases_case", ("update",))


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_casework")]
    operations = [migrations.RunPython(guard, unguard)]
