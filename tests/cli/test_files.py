"""The commands that look after uploaded files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.cli.test_commands import run
from tests.cli.test_records import FIRST

STORE = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from proviso.records.files import services
from proviso.records.files.uploads import sealed_upload
blobs = [services.write_blob(sealed_upload([name.encode()], name, 1000), {"text/csv"}) for name in ("a.csv", "b.csv")]
with transaction.atomic():
    for blob in blobs:
        services.keep(blob, "importrun:1", now=timezone.now())
print(blobs[0].blob)
"""
NAMES_OF_KEYS = "from django.conf import settings; print(*settings.FILE_KEYS)"


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """A site of its own with two files, on SQLite whatever the other tests run on."""
    environment = {"PROVISO_DATA": str(tmp_path / "data"), "PROVISO_DATABASE": ""}
    databases.put_migrated(tmp_path / "data")
    run("setup", *FIRST, **environment)
    return environment


def python(kept: dict[str, str], program: str) -> str:
    """Run some Python beside the site and return what it prints."""
    environment = {**os.environ, **kept, "DJANGO_SETTINGS_MODULE": "proviso.web.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def stored(kept: dict[str, str]) -> Path:
    """Store two files and return where the first one lies."""
    return Path(kept["PROVISO_DATA"]) / "files" / python(kept, STORE).strip()


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return done.stdout.splitlines()


def test_files_are_verified_and_a_changed_one_is_named(kept: dict[str, str]) -> None:
    path = stored(kept)
    assert (run("files", "verify", **kept).stdout, run("files", "verify", **kept).returncode) == ("2 files hold\n", 0)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    done = run("files", "verify", **kept)
    assert done.returncode == 1
    assert lines(done) == [
        "importrun:1 “a.csv” (file 1): the stored content was changed or cut off at chunk 0",
        "1 files hold",
    ]


def test_keys_are_exchanged_by_a_command(kept: dict[str, str]) -> None:
    stored(kept)
    [name] = python(
        kept, "import django; django.setup()\nfrom django.conf import settings\nprint(*settings.FILE_KEYS)"
    ).split()
    secret = (Path(kept["PROVISO_DATA"]) / "file-key").read_text("ascii")
    both = {**kept, "PROVISO_FILE_KEYS": f"2026:{'n' * 40} {name}:{secret}"}
    assert run("files", "rotate", **both).stdout == "the keys of 2 files were exchanged\n"
    assert run("files", "verify", **{**both, "PROVISO_FILE_KEYS": f"2026:{'n' * 40}"}).stdout == "2 files hold\n"
    missing = run("files", "verify", **kept)
    assert missing.returncode == 1
    assert "the file key `2026` is missing" in missing.stdout


def test_what_belongs_to_no_file_is_left_alone_for_a_day(kept: dict[str, str]) -> None:
    path = stored(kept)
    (path.parent / "0123456789abcdef").write_bytes(b"left by a crash a moment ago")
    assert run("files", "tidy", **kept).stdout == "0 blobs without a file were removed\n"
