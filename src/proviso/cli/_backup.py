"""`proviso backup` and `proviso restore`: the SQLite database as one file, and back without what it replaces."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from proviso.cli import _database

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database, and would replay over another in its place


def add_backup(commands: Any) -> None:
    command = commands.add_parser("backup", help="copy the SQLite database into one file, while the site runs")
    command.add_argument("file", type=Path, help="a file that is not there yet")
    command.set_defaults(run=_backup)


def add_restore(commands: Any) -> None:
    command = commands.add_parser("restore", help="put a copy in the database’s place; the site must be stopped")
    command.add_argument("file", type=Path, help="a file that `proviso backup` made")
    command.set_defaults(run=_restore)


def _backup(options: argparse.Namespace) -> int:
    database = _sqlite_file("pg_dump --format=custom")
    if options.file.exists():
        raise ValueError(f"{options.file} is there already: name another file")
    if not database.exists():
        raise ValueError(f"there is no database at {database} yet")
    # Made before SQLite opens it, for its owner alone.
    os.close(os.open(options.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(options.file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    sys.stdout.write(
        f"{options.file} holds the database as it is now. Keep {database.parent / 'secret'} and `file-key` with it, "
        "and the folder `files`\n"
    )
    return 0


def _restore(options: argparse.Namespace) -> int:
    database = _sqlite_file("pg_restore --clean")
    _check(options.file)
    with _database.nobody_else():
        before = _replace(database, options.file)
    told_where = f"; the one before is kept as {before}" if before else ""
    sys.stdout.write(f"{options.file} is the site’s database now{told_where}. Start the site\n")
    return 0


def _sqlite_file(instead: str) -> Path:
    _database.set_up()
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite3" not in database["ENGINE"]:
        raise ValueError(f"this site’s database is PostgreSQL: use `{instead}`")
    return Path(database["NAME"])


def _check(file: Path) -> None:
    """Pass if a file is a whole database of this site, of this version or an earlier one."""
    from django.db.migrations.loader import MigrationLoader

    migrations = MigrationLoader(None).disk_migrations or {}
    known = {*migrations, *(old for migration in migrations.values() for old in migration.replaces)}
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            [(fault,)] = copy.execute("PRAGMA quick_check(1)").fetchall()
            applied = set(copy.execute("SELECT app, name FROM django_migrations").fetchall())
    except sqlite3.DatabaseError as error:
        raise ValueError(f"{file} is no database of this site ({error})") from error
    if fault != "ok":
        raise ValueError(f"{file} is damaged ({fault}): use another copy")
    apps = {app for app, _name in known}
    newer = sorted(name for app, name in applied - known if app in apps)
    if newer:
        raise ValueError(f"{file} was made by a newer Proviso (it has {newer[0]}): install that one first")


def _replace(database: Path, file: Path) -> Path | None:
    """Put a copy in the database's place; return where the one before is kept, if there was one."""
    draft = database.with_name("restoring.sqlite3")
    shutil.copyfile(file, draft)
    draft.chmod(0o600)
    before = database.with_name("before-restore.sqlite3") if database.exists() else None
    if before:
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as old:  # it may be damaged
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("PRAGMA journal_mode = DELETE")
        before.unlink(missing_ok=True)
        before.hardlink_to(database)
    for suffix in _BESIDE:  # gone before the new one comes: not for a moment do they belong to it
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(database)
    folder = os.open(database.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return before
