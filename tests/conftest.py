"""For every test: which database, and who is in it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.utils import translation

from tests import cast as people
from tests import clock, databases, guard, served

hypothesis.settings.register_profile("proviso", deadline=None)  # speed is measured in the benchmark, on a quiet machine
hypothesis.settings.load_profile("proviso")
# Playwright keeps an event loop running in the main thread, where Django would then refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
OTHER_PROCESSES = {"site", "demonstration", "offered", "provider", "port"}  # fixtures that start one
TOUCHES_THE_DATABASE = {"db", "transactional_db", "cast", "site", "demonstration", "committed"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql",
        action="store_true",
        help="run what touches the database on a PostgreSQL server of its own instead of SQLite",
    )


def pytest_configure(config: pytest.Config) -> None:
    # What a test uploads goes with it; tests of the storage itself have folders and buckets of their own.
    settings.STORAGES["files"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    if not config.getoption("--postgresql"):
        return
    stack = ExitStack()
    if databases.CLUSTER not in os.environ:  # the processes that pytest-xdist starts share the one of the first
        os.environ[databases.CLUSTER] = str(stack.enter_context(databases.cluster()))
        config.add_cleanup(lambda: _forget(databases.CLUSTER))
        config.add_cleanup(stack.close)
    from proviso.web import environment

    os.environ["PROVISO_DATABASE"] = databases.address(os.environ[databases.CLUSTER], "proviso")
    config.add_cleanup(lambda: _forget("PROVISO_DATABASE"))
    # Django has read its settings by now, and nothing has used them: what it will use is exchanged in place.
    settings.DATABASES["default"].clear()
    settings.DATABASES["default"].update(environment.database(settings.DATA), CONN_MAX_AGE=0)
    connections.configure_settings(settings.DATABASES)
    with suppress(AttributeError):  # none is open yet
        del connections["default"]


def _forget(name: str) -> None:
    os.environ.pop(name, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--postgresql"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not _touches(item)])
    items[:] = [item for item in items if _touches(item)]


def _touches(item: pytest.Item) -> bool:
    # Pages of the rulebook alone look the same on every database: of the browser's tests, those of records count.
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or TOUCHES_THE_DATABASE & fixtures)


@pytest.fixture(autouse=True)
def _watched_writes() -> Iterator[None]:
    """No room of records writes outside a change, whatever a test makes it do."""
    with guard.watched():
        yield


@pytest.fixture(autouse=True)
def _noon(request: pytest.FixtureRequest) -> Iterator[None]:
    """It is noon, and time goes on from there; with another process beside, it is as late as there."""
    if OTHER_PROCESSES & set(request.fixturenames):
        yield
        return
    with time_machine.travel(clock.NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English: a page read in Welsh would leave its language behind."""
    with translation.override("en-gb"):
        yield


@pytest.fixture
def cast(db: None) -> people.Cast:
    """Everybody, in the database of this test."""
    return people.cast(clock.NOW)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[served.Site]:
    """A real server with the cast in a database of its own, for browsers and for what goes over the wire."""
    folder: Path = tmp_path_factory.mktemp("site")
    with served.started(folder, postgresql=bool(request.config.getoption("--postgresql"))) as running:
        yield running


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[served.Site]:
    """The demonstration, as `proviso demo` starts it."""
    folder: Path = tmp_path_factory.mktemp("demonstration")
    postgresql = bool(request.config.getoption("--postgresql"))
    with served.started(folder, postgresql=postgresql, command="demo") as running:
        yield running
