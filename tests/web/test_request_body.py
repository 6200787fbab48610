"""What visitors send: never more than a page can want, and nobody who sends it slowly keeps others from theirs."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, visits
from tests.served import free_port
from tests.web.pages import main, words
from tests.web.test_time_limit import ask, serving


@pytest.mark.parametrize("path", ["/language/", "/account/sign-in/", "/account/passkeys/sign-in/", "/"])
def test_a_form_of_megabytes_is_refused_before_it_is_read(db: None, path: str) -> None:
    page = Client().generic("POST", path, b"", headers={"content-length": str(settings.LARGEST_FORM + 1)})
    assert page.status_code == 413
    assert "What you sent is too large" in words(main(page.text))


def test_a_page_that_takes_files_takes_more_and_not_without_end(cast: Cast) -> None:
    browser, path = visits(cast.headteacher), reverse("imports:upload", args=["oak-lane", "people"])
    longer, too_long = str(settings.LARGEST_FORM + 1), str(settings.LARGEST_UPLOAD + 1)
    assert browser.generic("POST", path, b"", headers={"content-length": longer}).status_code != 413
    assert browser.generic("POST", path, b"", headers={"content-length": too_long}).status_code == 413


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    port = free_port()
    with serving(tmp_path, port, limit=1):
        yield port


def begin(port: int, visitor: str, length: int = 10) -> socket.socket:
    """Send the beginning of a body, of which the rest does not come."""
    connection = socket.create_connection(("127.0.0.1", port))
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {visitor}\r\nContent-Length: {length}\r\n\r\n"
    connection.sendall(head.encode() + b"x")
    return connection


def post(port: int, visitor: str, body: bytes = b"0123456789") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", body, {"X-Forwarded-For": visitor})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_bodies_that_never_end_keep_nobody_from_a_page_or_from_sending(port: int) -> None:
    process = ask(port)
    with ExitStack() as slow:
        for _each in range(12):
            slow.enter_context(begin(port, "192.0.2.1"))
        while post(port, "192.0.2.1")[0] != 503:
            pass  # until the server has seen four of them
        assert post(port, "192.0.2.2")[0] == 200
        until = time.monotonic() + 3
        while time.monotonic() < until:  # longer than a request may be worked on
            assert ask(port) == process
    assert post(port, "192.0.2.2")[0] == 200


def test_what_is_sent_arrives_whole(port: int) -> None:
    for length in (1, 255, 256, 257, 9_999, 10_000):
        assert post(port, "192.0.2.1", b"x" * length)[1].split()[1] == str(length)


def test_more_than_the_most_is_not_read(port: int) -> None:
    with begin(port, "192.0.2.1", length=10_001) as connection:
        connection.settimeout(30)
        assert connection.recv(10_000).split(b"\r\n")[0] == b"HTTP/1.1 200 OK"  # the site itself says no, unread


def test_a_body_that_comes_too_slowly_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW_AFTER", "0")
    port = free_port()
    with serving(tmp_path, port, limit=5), begin(port, "192.0.2.1", length=10_000) as connection:
        answer = b""
        until = time.monotonic() + 30
        connection.setblocking(False)
        while not answer and time.monotonic() < until:
            with suppress(BlockingIOError):
                connection.sendall(b"x")
                ask(port)  # a byte for every page
                answer = connection.recv(100)
        assert answer.startswith(b"HTTP/1.1 408 ")
