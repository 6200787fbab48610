"""What two people do at the same moment, in threads with a connection each, on PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from proviso.records.people.change import NotPossible
from tests import databases
from tests.cast import Cast, cast

WRITTEN = ("audit_", "people_", "policies_", "tasks_", "django_tasks")


@contextmanager
def database() -> Iterator[None]:
    """Let every thread go to a new database, in which what is written is there for the others."""
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes at a time, and the tests' database is one connection's own")
    settings = connections.settings["default"]
    usual, settings["NAME"] = settings["NAME"], f"races_{os.getpid()}"
    databases.make(settings["NAME"], migrated=True)
    held = connections["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = usual
        connections["default"] = held


@contextmanager
def everybody() -> Iterator[Cast]:
    """Give the cast in that database; what was written is cleared away afterwards."""
    try:
        yield cast(timezone.now())
    finally:
        tables = [name for name in connection.introspection.table_names() if name.startswith(WRITTEN)]
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # else triggers keep what is only ever added to
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
            cursor.execute("SET session_replication_role = DEFAULT")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do several things in threads at the same moment; return what came of each: a result or what was refused."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except NotPossible as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def refused(results: list[object]) -> list[NotPossible]:
    """Return the refusals among what came of it."""
    return [result for result in results if isinstance(result, NotPossible)]
