"""Debian's Chromium on a telephone and on a desk, before a real server."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page

from tests.browser.watch import Watch
from tests.served import Site

SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def _chromium() -> str:
    """Return Chromium without a window, which opens pages in half the time, or else Chromium itself."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": _chromium(),
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
def origin(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the pages are: on the real site, or, in a test with addresses of its own, on a server inside the test."""
    if request.node.get_closest_marker("urls") is None:
        yield request.getfixturevalue("site").url
        return
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing of every request."""


@pytest.fixture
def phone(browser: Browser, origin: str) -> Iterator[Page]:
    with watched(browser, origin, **SCREENS["phone"]) as page:
        yield page


@pytest.fixture
def desk(browser: Browser, origin: str) -> Iterator[Page]:
    with watched(browser, origin, **SCREENS["desk"]) as page:
        yield page


@pytest.fixture(params=sorted(SCREENS))
def screen(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Iterator[Page]:
    """The same test on both."""
    with watched(browser, origin, **SCREENS[request.param]) as page:
        yield page


@pytest.fixture
def plain(browser: Browser, origin: str) -> Iterator[Page]:
    """A telephone with scripts switched off."""
    with watched(browser, origin, **SCREENS["phone"], java_script_enabled=False) as page:
        yield page


@pytest.fixture
def demo_phone(browser: Browser, demonstration: Site) -> Iterator[Page]:
    with watched(browser, demonstration.url, **SCREENS["phone"]) as page:
        yield page


@pytest.fixture
def demo_desk(browser: Browser, demonstration: Site) -> Iterator[Page]:
    with watched(browser, demonstration.url, **SCREENS["desk"]) as page:
        yield page


@pytest.fixture(params=sorted(SCREENS))
def demo(request: pytest.FixtureRequest, browser: Browser, demonstration: Site) -> Iterator[Page]:
    """The demonstration on both screens."""
    with watched(browser, demonstration.url, **SCREENS[request.param]) as page:
        yield page
