"""What is said of malware is what a scanner said, and nothing where there is none."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.storage import Storage
from pytest_django import Settings

from proviso.records.files import services
from proviso.records.files.content_types import TEXT
from proviso.records.files.errors import FileRefusedError
from proviso.records.files.models import StoredFile
from proviso.records.files.uploads import SealedUpload, sealed_upload
from tests.clock import NOW

pytestmark = pytest.mark.django_db
MARKER = b"a-line-that-this-scanner-takes-for-malware"
LIMIT = 3_000_000


class Daemon(socketserver.StreamRequestHandler):
    """Answers as clamd does (clamd(8), INSTREAM): it finds our marker, and hangs up beyond its limit."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Test.Marker FOUND\0" if MARKER in content else b"stream: OK\0")


@contextmanager
def daemon(server: socketserver.BaseServer) -> Iterator[None]:
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@pytest.fixture
def place() -> str:
    return "disk"


def scanned(content: bytes) -> StoredFile:
    file = services.keep(services.write_blob(upload(content), {TEXT}, infected=True), "evidence:1", now=NOW)
    file.refresh_from_db()
    return file


def upload(content: bytes) -> SealedUpload:
    return sealed_upload([content], "log.txt", 50_000_000)


def test_without_a_scanner_a_file_is_not_scanned_and_says_so(storage: Storage) -> None:
    file = scanned(b"text\n")
    assert (file.scan, file.scanned_at, file.get_scan_display()) == ("not_scanned", None, "Not scanned")


@pytest.fixture
def clamd(settings: Settings) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server, daemon(server):
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield


def test_a_clean_file_of_many_parts_is_clean(storage: Storage, clamd: None) -> None:
    file = scanned(b"a line\n" * 300_000)
    assert (file.scan, file.scan_details, file.scanned_at) == ("clean", "", NOW)


def test_malware_is_named(storage: Storage, clamd: None) -> None:
    file = scanned(b"text\n" * 100_000 + MARKER)
    assert (file.scan, file.scan_details) == ("infected", "Test.Marker")


def test_malware_is_stored_only_where_somebody_wants_it(storage: Storage, clamd: None) -> None:
    with pytest.raises(FileRefusedError, match="Malware was found in this file \\(Test.Marker\\)."):
        services.write_blob(upload(MARKER), {TEXT})


def test_a_file_that_came_before_the_scanner_is_scanned_later(storage: Storage, settings: Settings) -> None:
    file = scanned(b"text\n")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon) as server, daemon(server):
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        assert services.scan(file, now=NOW) == "clean"
    file.refresh_from_db()
    assert (file.scan, file.scanned_at) == ("clean", NOW)


def test_what_is_too_large_for_the_scanner_is_not_clean(storage: Storage, clamd: None) -> None:
    assert scanned(b"a line\n" * 1_000_000).scan == "failed"


def test_a_scanner_that_is_away_makes_a_failed_scan(storage: Storage, settings: Settings) -> None:
    settings.CLAMD = "127.0.0.1:1"
    file = scanned(b"text\n")
    assert file.scan == "failed"
    assert "cannot be reached" in file.scan_details


def test_a_socket_of_this_machine_does_as_well(storage: Storage, settings: Settings, tmp_path: Path) -> None:
    settings.CLAMD = str(tmp_path / "clamd.sock")
    with daemon(socketserver.ThreadingUnixStreamServer(settings.CLAMD, Daemon)):
        assert scanned(b"text\n").scan == "clean"
