"""Every write of a room of records happens inside a change: watched in every test that touches the database."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from proviso.records.people import change

WRITES = re.compile(r"\s*(?:INSERT\s+(?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.I)
KEPT = (
    "answers",
    "cases",
    "evidence",
    "imports",
    "people",
    "policies",
    "registers",
    "tasks",
)  # the cache and the queue are no records
TABLES = tuple(f"{room}_" for room in KEPT)
ROOMS = tuple(f"proviso.records.{room}." for room in KEPT)
# The log is written by the change itself, and migrations come before there are any.
FREE = (
    "proviso.records.audit",
    "proviso.records.answers.migrations",
    "proviso.records.evidence.migrations",
    "proviso.records.people.migrations",
    "proviso.records.policies.migrations",
    "proviso.records.registers.migrations",
    "proviso.records.tasks.migrations",
)
# These do not change records by `change` yet: the list only ever gets shorter.
NOT_YET: tuple[str, ...] = ()


class WrittenOutsideAChangeError(AssertionError):
    """A room of records wrote to the database, and no change was open."""


@contextmanager
def watched() -> Iterator[None]:
    """Fail whatever a room of records writes outside a change."""

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        written = WRITES.match(sql)
        if written and written[1].startswith(TABLES) and not change.is_open():
            room = _writing_room()
            if room:
                raise WrittenOutsideAChangeError(f"{room} writes outside a change: {sql[:120]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def _writing_room() -> str:
    """Return the room whose code is at work; empty where a test itself writes, or what is free to."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if name.startswith(FREE) or name.startswith(NOT_YET):
            return ""
        if name.startswith(ROOMS):
            return name
        frame = frame.f_back
    return ""
