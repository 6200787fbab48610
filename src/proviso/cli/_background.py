"""The process that works in the background beside the site: started with it, and again when it ends by itself."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "-m", "django", "work"]
LONGEST_PAUSE = 60.0  # seconds between two starts
WELL_AFTER = 300.0  # seconds after which a worker that ended is not counted as one that cannot start
END_WITHIN = 20.0  # seconds in which it may end its task when the site stops
logger = logging.getLogger(__name__)


class Supervisor:
    """Keeps one worker process running until it is told to stop."""

    def __init__(self, command: list[str], kept_open: int) -> None:
        self._command = command
        self._kept_open = kept_open
        self._stopping = threading.Event()
        self._starting = threading.Lock()  # nothing is started once it stops
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, name="background", daemon=True)
        self._watcher.start()

    def _start(self) -> subprocess.Popen[bytes]:
        # In a group of its own: Ctrl-C is for the site, which then ends its worker in order.
        return subprocess.Popen(self._command, process_group=0, pass_fds=[self._kept_open])  # noqa: S603  # our own words

    def _watch(self) -> None:
        pause = 1.0
        while True:
            began = time.monotonic()
            status = self._process.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - began > WELL_AFTER:
                pause = 1.0
            logger.error("the background worker ended (%s): starting it again in %g s", _why(status), pause)
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            with self._starting:
                if self._stopping.is_set():
                    return
                try:
                    self._process = self._start()
                except OSError:  # no memory, no processes left: that may pass
                    logger.exception("the background worker could not be started")

    def stop(self) -> None:
        """Let the worker end its task, for `END_WITHIN` seconds at most; what was cut off is marked as failed later."""
        with self._starting:
            self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            logger.error("the background worker did not end its task within %g s: it is stopped", END_WITHIN)
            self._process.kill()
        self._watcher.join(END_WITHIN)


@contextmanager
def background_worker(wanted: bool, kept_open: int) -> Iterator[None]:
    """Run a second process for what must not keep a page waiting, if it is wanted here; it keeps that file open too."""
    if not wanted:
        yield
        return
    supervisor = Supervisor(COMMAND, kept_open)
    try:
        yield
    finally:
        supervisor.stop()


def _why(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
