"""How slowly anybody may send, and how many may do so at once; how much, each page says itself (`kit/uploads.py`).

`BodyFirst` stands around the whole site, in `proviso serve`: it takes in what is sent before anything else happens, so
that whoever sends a byte a second keeps none of the threads that make pages.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from ipaddress import IPv6Address, ip_address
from tempfile import TemporaryFile
from typing import IO, Any

from proviso.records.files import sealing
from proviso.web.proxies import Network, client_address
from proviso.web.time_limit import Application, Environ

_PIECE = 256  # bytes; the clock is looked at after each
_IN_MEMORY = 1_000_000  # bytes of a body; what is longer goes to disk, sealed


def body_length(environ: Environ) -> int:
    """Return how many bytes a request says that it has; 0 where it says nothing that is a number."""
    text = str(environ.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@dataclass(frozen=True)
class Limits:
    """What `BodyFirst` allows: bytes in all, bodies at once, those of one network address, and how long each may take.

    A body may take `seconds`, and one more for each `bytes_a_second` of its length.
    """

    largest: int
    at_once: int = 12
    at_once_each: int = 4
    seconds: float = 30
    bytes_a_second: int = 10_000


class TooSlowError(Exception):
    """A body did not come in time."""


class BodyFirst:
    """WSGI middleware: takes in the body of a request, within limits, before the site sees the request."""

    def __init__(self, application: Application, limits: Limits, proxies: Sequence[Network]) -> None:
        self._application = application
        self._limits = limits
        self._proxies = proxies
        self._receiving: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = body_length(environ)
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            return _refuse(start_response, "411 Length Required", "Say how long it is (Content-Length).")
        if not 0 < length <= self._limits.largest:  # nothing, or so much that the site says no without reading it
            return self._application({**environ, "wsgi.input": BytesIO()}, start_response)
        with self._place(_network(client_address(environ, self._proxies))) as is_free:
            if not is_free:
                return _refuse(start_response, "503 Service Unavailable", "Too much is being sent. Try again soon.")
            try:
                body = self._received(environ["wsgi.input"], length)
            except TooSlowError:
                return _refuse(start_response, "408 Request Timeout", "What you sent came too slowly.")
        return self._application({**environ, "wsgi.input": body}, start_response)

    @contextmanager
    def _place(self, network: str) -> Iterator[bool]:
        """Hold a place among those who are sending, if there is one."""
        limits = self._limits
        with self._lock:
            is_free = self._receiving.total() < limits.at_once and self._receiving[network] < limits.at_once_each
            self._receiving[network] += is_free
        try:
            yield is_free
        finally:
            with self._lock:
                self._receiving[network] -= is_free
                self._receiving += Counter()  # forgets those who hold none

    def _received(self, sent: IO[bytes], length: int) -> IO[bytes]:
        """Return the body, to be read from its start: in memory, or in a file without a name that goes with it."""
        if length <= _IN_MEMORY:
            return BytesIO(b"".join(self._pieces(sent, length)))
        file, key = TemporaryFile(), sealing.new_key()
        try:
            sealer = sealing.Sealer(file, key)
            for piece in self._pieces(sent, length):
                sealer.write(piece)
            sealer.close()
            return sealing.opened(file, key)
        except BaseException:
            file.close()
            raise

    def _pieces(self, sent: IO[bytes], length: int) -> Iterator[bytes]:
        until = time.monotonic() + self._limits.seconds + length / self._limits.bytes_a_second
        left = length
        while left > 0:
            piece = sent.read(min(left, _PIECE))
            if not piece:  # the visitor went away
                return
            yield piece
            left -= len(piece)
            if time.monotonic() > until:
                raise TooSlowError


def _network(address: str) -> str:
    """Return by what a visitor is counted: the address, or of IPv6 the 64 bits that one household has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if isinstance(parsed, IPv6Address) else address


def _refuse(start_response: Callable[..., Any], status: str, text: str) -> list[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), ("Retry-After", "60")]
    start_response(status, headers)
    return [f"{text}\n".encode()]
