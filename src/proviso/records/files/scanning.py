"""Looking for malware: by clamd, if a setting names one; otherwise a file stays *not scanned*, and is shown as such."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Protocol

from django.conf import settings

from proviso.records.files.models import StoredFile

PART_BYTES = 64 * 1024
TIMEOUT_SECONDS = 60
ANSWER_BYTES = 4096


@dataclass(frozen=True)
class ScanResult:
    """What a scanner answered: the state, and the malware's name or why the scan failed."""

    state: str
    details: str = ""


class Scanner(Protocol):
    """Something that looks for malware in a file. One that cannot be reached answers `FAILED`, and never raises."""

    def scan(self, content: IO[bytes]) -> ScanResult: ...


@dataclass(frozen=True)
class Clamd:
    """ClamAV's daemon, at `host:port` or at the path of its socket; the file is sent in parts (INSTREAM)."""

    address: str

    def scan(self, content: IO[bytes]) -> ScanResult:
        try:
            answer = self._answer(content)
        except OSError as error:
            return ScanResult(StoredFile.Scan.FAILED, f"clamd cannot be reached: {error}"[:200])
        text = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
        if text == "OK":
            return ScanResult(StoredFile.Scan.CLEAN)
        if text.endswith(" FOUND"):
            return ScanResult(StoredFile.Scan.INFECTED, text.removesuffix(" FOUND")[:200])
        return ScanResult(StoredFile.Scan.FAILED, (text or "clamd gave no answer")[:200])

    def _answer(self, content: IO[bytes]) -> bytes:
        with closing(self._connected()) as connection:
            try:
                connection.sendall(b"zINSTREAM\0")
                for part in _parts(content):
                    connection.sendall(len(part).to_bytes(4, "big") + part)
                connection.sendall(bytes(4))
            except BrokenPipeError:  # it says why before it hangs up: the file is beyond its own limit
                pass
            return connection.recv(ANSWER_BYTES)

    def _connected(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(TIMEOUT_SECONDS)
            connection.connect(self.address)
            return connection
        host, _colon, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT_SECONDS)


def scanner() -> Scanner | None:
    """Return the scanner that the setting `CLAMD` names; None where there is none."""
    return Clamd(settings.CLAMD) if settings.CLAMD else None


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    content.seek(0)
    while part := content.read(PART_BYTES):
        yield part
