"""Debian's Chromium on a telephone and on a desk, before a real server."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.watch import Watch

SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium") or "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-dev-shm-usage", *QUIET],  # containers: no user namespaces, small /dev/shm
    }


@contextmanager
def watched(browser: Browser, origin: str, **options: Any) -> Iterator[Page]:
    """A page of its own, whose requests and complaints are looked at when the test is over."""
    context = browser.new_context(base_url=origin, locale="en-GB", **options)
    watch = Watch(context, origin)
    yield context.new_page()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with watched(browser, live_server.url, **SCREENS["phone"]) as page:
        yield page


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with watched(browser, live_server.url, **SCREENS["desk"]) as page:
        yield page


@pytest.fixture(params=sorted(SCREENS))
def screen(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The same test on both."""
    with watched(browser, live_server.url, **SCREENS[request.param]) as page:
        yield page


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A telephone with scripts switched off."""
    with watched(browser, live_server.url, **SCREENS["phone"], java_script_enabled=False) as page:
        yield page
