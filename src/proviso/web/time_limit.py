"""A request that never ends is ended together with its process, which the server then replaces.

A thread that hangs in compiled code, such as a search that never returns, holds the interpreter: no Python code can
stop it. So the system's own timer does: its signal writes down where each thread stands and ends the process.
"""

import faulthandler
import itertools
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class TimeLimit:
    """WSGI middleware that ends this process when one request computes for longer than so many seconds.

    Counted is the time in which the site works on an answer, not that in which a visitor reads it slowly, nor that in
    which a request waits for its turn: so many are worked on at once.
    """

    def __init__(self, application: Application, seconds: float, at_once: int = 4) -> None:
        self._application = application
        self._seconds = seconds
        self._ends: dict[int, float] = {}  # when each request in progress must have ended, the first at the front
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(at_once)
        # Writes the lines in which each thread stands to the log, then does what the signal does by itself: end.
        faulthandler.register(signal.SIGALRM, all_threads=True, chain=True)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._turns, self._timed():
            return _TimedBody(self._application(environ, start_response), self)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        number = self._begin()
        try:
            yield
        finally:
            self._end(number)

    def _begin(self) -> int:
        with self._lock:
            number = next(self._numbers)
            self._ends[number] = time.monotonic() + self._seconds
            if len(self._ends) == 1:
                signal.setitimer(signal.ITIMER_REAL, self._seconds)
        return number

    def _end(self, number: int) -> None:
        with self._lock:
            was_first = next(iter(self._ends)) == number
            del self._ends[number]
            if was_first:
                left = next(iter(self._ends.values())) - time.monotonic() if self._ends else 0.0
                signal.setitimer(signal.ITIMER_REAL, max(left, 0.001) if self._ends else 0.0)

    def next_part(self, parts: Iterator[bytes]) -> bytes:
        """Return the next part of an answer, made within the limit."""
        with self._turns, self._timed():
            return next(parts)


class _TimedBody:
    """An answer whose parts are each made within the limit."""

    def __init__(self, body: Iterable[bytes], limit: TimeLimit) -> None:
        self._body = body
        self._parts = iter(body)
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self._limit.next_part(self._parts)

    def close(self) -> None:
        close = getattr(self._body, "close", None)
        if close is not None:
            close()
