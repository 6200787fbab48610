"""The work in the background as a process of its own: `proviso serve --no-tasks` here, `proviso work` there."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.served import Site, started

ASK = """
from proviso.people.models import Establishment, Person
from proviso.people.tasks import invite_all
Person.objects.filter(email="tobias.wrenfield@school.example").update(password="!")
head = Person.objects.get(email="hester.quillmore@school.example")
invite_all.enqueue(head.pk, Establishment.objects.get(slug="oak-lane").pk)
"""
STATE = """
from django_tasks_db.models import DBTaskResult
from proviso.jobs.models import Worker
[task] = DBTaskResult.objects.all()
names = list(Worker.objects.values_list("name", flat=True))
print(task.status, len(names), bool(names) and task.worker_ids == names)
"""


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site that leaves the work to another process, with a task that waits."""
    postgresql = bool(request.config.getoption("--postgresql"))
    with started(tmp_path, postgresql=postgresql, options=["--no-tasks"]) as running:
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
