"""Evidence is time-stamped by an authority of the test's own, made with openssl; what proves nothing is not kept."""

import hashlib
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from proviso.records.cases.models import Case
from proviso.records.evidence import time_stamps
from proviso.records.evidence.services.stamping import stamp_waiting
from proviso.records.evidence.time_stamps import TimeStampError
from proviso.records.people.actors import Job
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.evidence import made_files
from tests.records.evidence.test_evidence import added

CONFIGURATION = """
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[stamps]
extendedKeyUsage = critical,timeStamping
"""


def run(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(["/usr/bin/openssl", *arguments], input=given, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authority: a root, and a certificate for stamping that it signed."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01\n")
    named = {name: str(folder / name) for name in ("root.key", "root.pem", "tsa.key", "tsa.pem", "tsa.csr", "tsa.cnf")}
    new = ("-newkey", "rsa:2048", "-nodes", "-subj")
    run("req", "-x509", *new, "/CN=Root of a test", "-keyout", named["root.key"], "-out", named["root.pem"])
    run("req", *new, "/CN=Stamps of a test", "-keyout", named["tsa.key"], "-out", named["tsa.csr"])
    signed = (
        "-CA",
        named["root.pem"],
        "-CAkey",
        named["root.key"],
        "-extfile",
        named["tsa.cnf"],
        "-extensions",
        "stamps",
    )
    run("x509", "-req", "-in", named["tsa.csr"], *signed, "-out", named["tsa.pem"], "-set_serial", "2")
    return folder


@pytest.fixture
def authority(folder: Path, settings: Settings) -> Iterator[ThreadingHTTPServer]:
    """It answers requests by HTTP, as the settings say."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = folder / "query"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            arguments = ("-config", str(folder / "tsa.cnf"), "-section", "tsa", "-queryfile", str(query))
            answer = run("ts", "-reply", *arguments)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.TIMESTAMPS = f"http://127.0.0.1:{server.server_port}/"
        settings.TIMESTAMP_CERTIFICATES = str(folder / "root.pem")
        yield server
        server.shutdown()


JOB = Job("stamp-evidence", TODAY)


@pytest.mark.django_db
def test_an_item_is_stamped_once_and_openssl_agrees(
    case: Case, cast: Cast, authority: ThreadingHTTPServer, folder: Path, tmp_path: Path
) -> None:
    item = added(case, cast.headteacher)
    assert (stamp_waiting(JOB, now=NOW), stamp_waiting(JOB, now=NOW)) == (1, 0)
    entry = item.custody.get(event="stamped")
    assert entry.by is None and entry.why.endswith("+00:00")
    (tmp_path / "stamp.tsr").write_bytes(entry.token)
    (tmp_path / "post.png").write_bytes(made_files.picture())
    files = ("-in", str(tmp_path / "stamp.tsr"), "-data", str(tmp_path / "post.png"))
    assert b"OK" in run("ts", "-verify", *files, "-CAfile", str(folder / "root.pem"))


def test_a_stamp_proves_one_hash_alone(authority: ThreadingHTTPServer) -> None:
    digest = hashlib.sha256(b"a post").hexdigest()
    stamp = time_stamps.stamp_of(digest)
    assert time_stamps.check(stamp, digest)
    with pytest.raises(TimeStampError, match="does not prove it"):
        time_stamps.check(stamp, hashlib.sha256(b"another post").hexdigest())


def test_a_stamp_of_another_authority_proves_nothing(
    authority: ThreadingHTTPServer, settings: Settings, tmp_path: Path
) -> None:
    other = str(tmp_path / "other.pem")
    key = str(tmp_path / "other.key")
    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Another", "-keyout", key, "-out", other)
    settings.TIMESTAMP_CERTIFICATES = other
    with pytest.raises(TimeStampError, match="does not prove it"):
        time_stamps.stamp_of(hashlib.sha256(b"a post").hexdigest())


@pytest.mark.django_db
def test_an_authority_that_is_away_leaves_the_item_as_it_is(
    case: Case, cast: Cast, settings: Settings, folder: Path
) -> None:
    item = added(case, cast.headteacher)
    settings.TIMESTAMPS, settings.TIMESTAMP_CERTIFICATES = "http://127.0.0.1:9/", str(folder / "root.pem")
    with pytest.raises(TimeStampError, match="cannot be reached"):
        stamp_waiting(JOB, now=NOW)
    assert item.custody.count() == 1


@pytest.mark.django_db
def test_without_an_authority_nothing_is_stamped(case: Case, cast: Cast) -> None:
    added(case, cast.headteacher)
    assert stamp_waiting(JOB, now=NOW) == 0
