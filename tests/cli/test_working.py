"""The work in the background as a process of its own: `proviso serve --no-tasks` here, `proviso work` there."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.served import Site, started

ASK = """
from proviso.records.people.models import Establishment, Person
from proviso.records.people.tasks import invite_all
Person.objects.filter(email="tobias.wrenfield@school.example").update(password="!")
head = Person.objects.get(email="hester.quillmore@school.example")
invite_all.enqueue(head.pk, Establishment.objects.get(slug="oak-lane").pk)
"""
AGAIN = """
from proviso.records.people.models import Establishment, Person
from proviso.records.people.tasks import invite_all
head = Person.objects.get(email="hester.quillmore@school.example")
invite_all.enqueue(head.pk, Establishment.objects.get(slug="oak-lane").pk)
"""
STATE = """
from django_tasks_db.models import DBTaskResult
from proviso.jobs.models import Worker
task = DBTaskResult.objects.order_by("-enqueued_at").first()
names = list(Worker.objects.values_list("name", flat=True))
print(task.status, len(names), bool(names) and task.worker_ids == names)
"""


LOOK_TWICE = """
import logging, sys
from datetime import timedelta
from proviso.web.health_watch import watch_health
logging.getLogger().addHandler(logging.StreamHandler(sys.stdout))
class Looks:
    left = 2
    def wait(self, seconds):
        self.left -= 1
        return self.left < 0
watch_health(Looks(), every=timedelta(minutes=10))
"""


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site that leaves the work to another process, with a task that waits."""
    postgresql = bool(request.config.getoption("--postgresql"))
    impatient = {"DJANGO_SETTINGS_MODULE": "tests.impatient"}
    with started(tmp_path, postgresql=postgresql, options=["--no-tasks"], **impatient) as running:
        running.run(ASK)
        yield running


@contextmanager
def working(site: Site) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "proviso.cli", "work"]
    with subprocess.Popen(command, env=site.environment, stderr=subprocess.PIPE, text=True) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def until_done(site: Site) -> str:
    """Return how things stand when the task is done, or after a minute and a half."""
    until = time.monotonic() + 90
    while not (state := site.run(STATE)).startswith("SUCCESSFUL") and time.monotonic() < until:
        pass  # each look starts a process, which is pause enough
    return state.strip()


def test_a_site_without_tasks_leaves_them_to_proviso_work_which_ends_in_order(site: Site) -> None:
    assert site.run(STATE).strip() == "READY 0 False"
    with working(site) as worker:
        assert until_done(site) == "SUCCESSFUL 1 True"  # by this worker, and there is no other
        assert len(site.letters("tobias.wrenfield@school.example")) == 1
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=90) == 0
    assert site.run(STATE).strip() == "SUCCESSFUL 0 False"  # it took its leave


@contextmanager
def database_away(site: Site) -> Iterator[None]:
    """Take a real database away for a while: PostgreSQL shuts everybody out, SQLite is locked by somebody else."""
    address = site.environment["PROVISO_DATABASE"]
    if not address:
        with closing(sqlite3.connect(site.folder / "data" / "proviso.sqlite3", isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 20000")
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    server, _slash, name = address.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as other:
        shut_out = psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        other.execute(shut_out.format(psycopg.sql.Identifier(name), psycopg.sql.SQL("false")))
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            other.execute(shut_out.format(psycopg.sql.Identifier(name), psycopg.sql.SQL("true")))


def test_the_log_says_once_that_nothing_works_in_the_background_though_nobody_looks(site: Site) -> None:
    assert site.run(LOOK_TWICE) == "no background worker was seen for 0:15:00, never: is `proviso work` running?\n"


def test_a_worker_outlives_a_database_that_is_away_for_a_while(site: Site) -> None:
    with working(site) as worker:
        assert worker.stderr is not None
        assert until_done(site) == "SUCCESSFUL 1 True"
        with database_away(site):
            heard = next((line for line in worker.stderr if "the background worker tries again" in line), "it died")
        assert heard == "the database could not be used: the background worker tries again\n"
        site.run(AGAIN)
        assert until_done(site).startswith("SUCCESSFUL")
        assert worker.poll() is None


def background_worker(site: Site) -> int | None:
    """Return the process that works in the background of a site, if there is one."""
    tasks = [path.name for path in Path(f"/proc/{site.pid}/task").iterdir()]
    started_by = [Path(f"/proc/{site.pid}/task/{task}/children").read_text().split() for task in tasks]
    for child in [int(pid) for pids in started_by for pid in pids]:
        with contextlib.suppress(OSError):
            if b"\0work\0" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
    return None


def test_a_site_starts_its_worker_again_when_that_is_killed_and_says_so(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    postgresql = bool(request.config.getoption("--postgresql"))
    with started(tmp_path, postgresql=postgresql) as site:
        first = background_worker(site)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        site.run(ASK)
        assert until_done(site).startswith("SUCCESSFUL")
        assert background_worker(site) not in {None, first}
        assert "the background worker ended (killed by SIGKILL): starting it again in 1 s" in site.log.read_text()
