"""Where the files of a test lie: a folder, or a bucket of a real S3-compatible server; and the keys of a test."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import Storage
from pytest_django import Settings

from proviso.records.files.services import file_storage
from proviso.web import environment

FIRST = "first-secret-of-this-test-0123456789"
SERVER = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print("{}:{}".format(*server.get_host_and_port()), flush=True)
sys.stdin.read()
server.stop()
"""
SECOND = "second-secret-of-this-test-0123456789"


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """A server that speaks S3, in a process of its own, as the address of its host."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,  # it ends when this is closed
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs once for each place where files may lie."""
    return str(request.param)


@pytest.fixture
def storage(
    place: str,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Storage:
    """The storage as a site has it by one variable, empty."""
    if place == "s3":
        host = request.getfixturevalue("s3_server")
        bucket = f"test-{abs(hash(str(tmp_path)))}"
        made = urllib.request.Request(f"http://{host}/{bucket}", method="PUT")  # noqa: S310  # our own server
        urllib.request.urlopen(made).close()  # noqa: S310  # our own server
        monkeypatch.setenv("PROVISO_FILES", f"s3+http://key:secret@{host}/{bucket}/proviso?region=eu-west-2")
    settings.STORAGES = {**settings.STORAGES, "files": environment.file_storage(tmp_path)}
    settings.FILE_KEYS = {"first": FIRST}
    return file_storage()
