"""A request that hangs costs its process, which is replaced; and it does not keep the site from stopping."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.served import free_port, wait_for

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(folder: Path, port: int, *, limit: int) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "STUCK_AFTER": str(limit)}
    log = folder / "log"
    command = [sys.executable, "-m", "tests.stuck", str(port)]
    with log.open("w") as output, subprocess.Popen(command, env=environment, stdout=output, stderr=output) as server:
        try:
            wait_for(port, server, log)
            yield server
        finally:
            server.kill()


def ask(port: int, path: str = "/") -> str | None:
    """Return the answer, or None if the connection ends without any."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def until_answered(port: int) -> str | None:
    until = time.monotonic() + 60
    answer = None
    while answer is None and time.monotonic() < until:
        answer = ask(port)
    return answer


def test_a_process_that_hangs_is_replaced_and_the_log_says_where_it_hung(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port, limit=1):
        before = ask(port)
        assert before
        assert ask(port, "/stuck") is None  # the connection ends with the process
        after = until_answered(port)
        assert after
        assert after != before
        log = (tmp_path / "log").read_text()
        assert "Unexpected exit from worker-1" in log
        assert "stuck.py" in log and "in answer" in log


def test_quick_requests_beside_it_give_a_hanging_one_no_more_time(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port, limit=2), socket.create_connection(("127.0.0.1", port)) as visitor:
        before = ask(port)
        visitor.sendall(b"GET /waits HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until = time.monotonic() + 60
        while until_answered(port) == before and time.monotonic() < until:
            pass
        assert until_answered(port) not in {None, before}


def test_the_site_stops_when_told_though_a_request_hangs(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port, limit=600) as server:
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            visitor.sendall(b"GET /stuck HTTP/1.1\r\nHost: localhost\r\n\r\n")
            visitor.settimeout(2)
            with suppress(TimeoutError):  # it hangs
                visitor.recv(1)
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=40) == 0
