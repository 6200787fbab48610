"""Triggers: the database itself refuses what would rewrite the past, whoever asks it."""

from typing import Any

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
IS_THERE = "EXISTS (SELECT 1 FROM {table} WHERE {met})"
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRESQL = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {table}_refuse();"
)
POSTGRESQL_TRUNCATE = "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_refuse();"


def append_only(schema_editor: Any, table: str, message: str) -> None:
    """Let rows be added to a table and nothing else."""
    frozen(schema_editor, table, message, verbs=("update", "delete"))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_TRUNCATE.format(table=table))


def frozen(
    schema_editor: Any,
    table: str,
    message: str,
    *,
    verbs: tuple[str, ...],
    condition: str = "",
    columns: str = "",
    name: str = "",
) -> None:
    """Refuse some verbs on a table's rows where a condition on OLD and NEW (the same on both databases) holds.

    `name` tells several guards of one verb apart; a table has one message on PostgreSQL, that of the latest guard.
    """
    written = {"table": table, "message": message, "when": f"WHEN ({condition})" if condition else ""}
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION.format(**written))
        template = POSTGRESQL
    else:
        template = SQLITE
    for verb in verbs:
        spelled = f"UPDATE OF {columns}" if verb == "update" and columns else verb.upper()
        schema_editor.execute(template.format(verb=f"{verb}_{name}" if name else verb, VERB=spelled, **written))


def not_replaced(schema_editor: Any, table: str, message: str, *, same: str = "") -> None:
    """Refuse a row in the place of one that is there: SQLite's `INSERT OR REPLACE` deletes that one past its triggers.

    `same` is the condition on which `NEW` would meet a row of the table in a unique constraint besides its id.
    """
    if schema_editor.connection.vendor == "postgresql":
        return
    met = f"id = NEW.id OR ({same})" if same else "id = NEW.id"
    frozen(schema_editor, table, message, verbs=("insert",), condition=IS_THERE.format(table=table, met=met))


def lifted(schema_editor: Any, table: str, verbs: tuple[str, ...] = ("update", "delete", "truncate")) -> None:
    """Take the triggers of a table away, as undoing a migration does."""
    for verb in verbs:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
