"""The site keeps a worker beside itself, whatever happens to that, and is not kept by it from stopping."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proviso.cli import _background
from proviso.cli._background import Supervisor

STUBBORN = """
import os, pathlib, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
while True:
    signal.pause()
"""
BRIEF = "import sys; open(sys.argv[1], 'a').write('x')"


@pytest.fixture
def kept_open(tmp_path: Path) -> Iterator[int]:
    file = os.open(tmp_path / "running", os.O_CREAT | os.O_RDWR)
    yield file
    os.close(file)


def until_written(path: Path, characters: int) -> str:
    until = time.monotonic() + 60
    while not path.exists() or len(path.read_text()) < characters:
        assert time.monotonic() < until
    return path.read_text()


def test_a_worker_that_does_not_end_when_told_is_ended(
    tmp_path: Path, kept_open: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_background, "END_WITHIN", 0.5)
    supervisor = Supervisor([sys.executable, "-c", STUBBORN, str(tmp_path / "pid")], kept_open)
    pid = int(until_written(tmp_path / "pid", 1))
    supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_that_ends_by_itself_is_started_again_each_time_a_little_later(
    tmp_path: Path, kept_open: int, caplog: pytest.LogCaptureFixture
) -> None:
    supervisor = Supervisor([sys.executable, "-c", BRIEF, str(tmp_path / "starts")], kept_open)
    assert until_written(tmp_path / "starts", 3) == "xxx"
    supervisor.stop()
    assert caplog.messages[:2] == [
        "the background worker ended (status 0): starting it again in 1 s",
        "the background worker ended (status 0): starting it again in 2 s",
    ]
