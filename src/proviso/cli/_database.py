"""The site's database, made or brought up to date whenever the site starts."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = "proviso.web.settings"
_LOCK = 7_210_461  # any number that nothing else in the database locks by


def ready() -> None:
    """Start Django and bring the database to this version's form.

    Raises:
        ValueError: a setting that is wrong, or a database that cannot be reached.
    """
    set_up()
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    try:
        with _alone():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise ValueError(f"the database cannot be used ({error}): look at PROVISO_DATABASE and PROVISO_DATA") from error
    finally:
        connections.close_all()  # what is open now must not be shared with the processes that start next


def only_read() -> None:
    """Start Django on the database as it is, for a command that changes nothing in it.

    Raises:
        ValueError: a setting that is wrong, no database, or one of another version of Proviso.
    """
    set_up()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(str(name)).exists():
        raise ValueError(
            "there is no database yet: look at PROVISO_DATA, or make the first school with `proviso setup`"
        )
    try:
        with connection.cursor() as cursor:
            read_only = (
                "PRAGMA query_only = ON" if connection.vendor == "sqlite" else "SET default_transaction_read_only = on"
            )
            cursor.execute(read_only)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise ValueError("the database is of an earlier version of Proviso: start the site once with this one")
    except DatabaseError as error:
        raise ValueError(f"the database cannot be used ({error}): look at PROVISO_DATABASE and PROVISO_DATA") from error


def set_up() -> None:
    """Start Django.

    Raises:
        ValueError: a setting that is wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise ValueError(str(error)) from error


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time change the database's form, on all machines that share it."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    else:
        with (settings.DATA / "starting").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def stay() -> int:
    """Say that this process and those that it starts use the data folder; return the file that
    says so until all have ended.

    Raises:
        ValueError: a copy is being put in the database's place.
    """
    return _hold(fcntl.LOCK_SH, "the database is being restored: wait until that is done")


@contextmanager
def nobody_else() -> Iterator[None]:
    """Use the data folder alone.

    Raises:
        ValueError: a site or a worker uses it.
    """
    file = _hold(fcntl.LOCK_EX, "a site or a worker uses this data folder: stop it first")
    try:
        yield
    finally:
        os.close(file)


def _hold(kind: int, otherwise: str) -> int:
    from django.conf import settings

    file = os.open(settings.DATA / "running", os.O_CREAT | os.O_RDWR, 0o600)
    os.set_inheritable(file, True)
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(file)
        raise ValueError(otherwise) from error
    return file
