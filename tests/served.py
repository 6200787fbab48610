"""A site as a school runs it: `proviso serve` as a process of its own, with a data folder and a database of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from tests import databases

CAST = """
import django; django.setup()
from django.utils import timezone
from tests.cast import cast
cast(timezone.now())
"""


@dataclass(frozen=True)
class Site:
    """A running site. `localhost` and not a number: a passkey belongs to a name."""

    port: int
    folder: Path
    environment: dict[str, str]
    pid: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def run(self, program: str) -> str:
        """Run some Python beside the site, on its database, Django being set up; return what it prints."""
        return _python(self.environment, f"import django; django.setup()\n{program}")

    def letters(self, to: str) -> list[str]:
        """Return the bodies of the emails that somebody got, in order."""
        letters = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted((self.folder / "data" / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        ]
        plain = [letter.get_body(("plain",)) for letter in letters if to in str(letter["to"])]
        return [str(body.get_content()) for body in plain if body is not None]

    def link(self, to: str) -> str:
        """Return the path of the link in somebody's last email."""
        link = re.search(r"http://localhost:\d+(/\S+)", self.letters(to)[-1])
        assert link, "the email has no link"
        return link.group(1)


@contextmanager
def started(
    folder: Path, *, postgresql: bool, command: str = "serve", options: Sequence[str] = (), **more: str
) -> Iterator[Site]:
    """Start a site with the cast in it, or by the command `demo` the demonstration; it is stopped at the end.

    `options` are more words of the command, `more` more variables of its environment.
    """
    port = free_port()
    serves = command == "serve"  # the demonstration begins with nothing, as whoever tries it does
    if serves and not postgresql:
        databases.put_migrated(folder / "data")
    name = f"site_{os.getpid()}_{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "proviso.web.settings",
        "PROVISO_DATA": str(folder / "data"),
        "PROVISO_DATABASE": databases.make(name, migrated=serves) if postgresql else "",
        "PROVISO_ADDRESS": f"http://localhost:{port}",
        "PYTHONPATH": str(Path(__file__).parents[1]),
        **more,
    }
    log = folder / "log"
    words = [sys.executable, "-m", "proviso.cli", command, "--host", "127.0.0.1", "--port", str(port), *options]
    with log.open("w") as output, subprocess.Popen(words, env=environment, stdout=output, stderr=output) as server:
        try:
            wait_for(port, server, log)
            if serves:
                _python(environment, CAST)
            yield Site(port, folder, environment, server.pid, log)
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when a server answers; fail with what it said when it does not."""
    until = time.monotonic() + 180  # the demonstration is built first, and a busy machine takes its time
    while server.poll() is None and time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def _python(environment: dict[str, str], program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
