"""A database of an earlier time: its schema as the migrations of then make it, its rows, and the way to the newest."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests import databases

Migration = tuple[str, str]  # as Django names one: app and name
Tables = dict[str, dict[str, list[Any]]]


class LostError(AssertionError):
    """Something that a database of then holds has no place any more."""


@contextmanager
def own_database(folder: Path, *, migrated: bool) -> Iterator[None]:
    """Let everything go to a new database of the kind that the tests run on, instead of theirs: quite empty, or with
    the tables of today.
    """
    usual = connections["default"]
    settings = {**usual.settings_dict, "NAME": str(folder / "own.sqlite3")}
    if usual.vendor == "postgresql":
        settings["NAME"] = f"{folder.name}_{os.getpid()}".lower()
        databases.make(settings["NAME"], migrated=migrated)
    elif migrated:
        databases.copy_migrated(folder / "own.sqlite3")
    connections["default"] = type(usual)(settings, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual


def tables(path: Path) -> Tables:
    """Return the rows that were written down, by table."""
    written: Tables = json.loads(path.read_text("utf-8"))
    return written


def carry_over(written: Tables) -> None:
    """Make an empty database what one was then, and bring it to the newest migrations, as an upgrade does."""
    then: list[Migration] = [(app, name) for app, name in written["django_migrations"]["rows"]]
    executor = MigrationExecutor(connection)
    targets = list(dict.fromkeys(_named_now(executor, each) for each in then))
    executor.migrate(targets)
    _fill(executor.loader.project_state(targets).apps, written)
    recorder = MigrationRecorder(connection)
    recorder.flush()
    for app, name in then:
        recorder.record_applied(app, name)
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    connection.check_constraints()


def _named_now(executor: MigrationExecutor, then: Migration) -> Migration:
    """Return by which name a migration of then is there; another one may say that it replaces it."""
    if then in executor.loader.graph.nodes:
        return then
    for key, migration in executor.loader.replacements.items():
        if then in [tuple(each) for each in migration.replaces]:
            return key
    raise LostError(
        f"the migration {then[0]}.{then[1]} is gone: where it ran, whatever took its place would run again and fail. "
        "Give it its name back, or name it in `replaces` of the one that took its place."
    )


def _fill(apps: Apps, written: Tables) -> None:
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    filled = [
        (by_table[table], content["columns"], content["rows"])
        for table, content in written.items()
        if table != "django_migrations"
    ]
    with transaction.atomic():
        for model, columns, rows in filled:
            _insert(model, columns, rows)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [model for model, _columns, _rows in filled]):
            cursor.execute(sql)


def _insert(model: type[models.Model], columns: list[str], rows: list[list[Any]]) -> None:
    fields = {str(field.column): field for field in model._meta.concrete_fields}
    if set(fields) != set(columns):
        differing = ", ".join(sorted(set(fields) ^ set(columns)))
        raise LostError(
            f"the first migrations make another table {model._meta.db_table} than they made then ({differing}): "
            "a migration that has run somewhere must not be changed. Add one."
        )
    for row in rows:
        values = {
            fields[column].attname: fields[column].to_python(value) for column, value in zip(columns, row, strict=True)
        }
        model(**values).save_base(raw=True, force_insert=True)
