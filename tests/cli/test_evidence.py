"""`proviso evidence verify` names what changed, and says by its status that something did."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.cli.test_commands import run
from tests.cli.test_records import FIRST

ROOT = Path(__file__).parents[2]
CAPTURE = """
import django; django.setup()
from django.utils import timezone
from proviso.records.evidence.services.entering import Found, capture_text
from proviso.records.people.models import Establishment, Person
from tests.records.evidence.owners import case_of
from tests.records.policies.life import acting
from django.db import transaction
person = Person.objects.get()
with transaction.atomic():
    case = case_of(Establishment.objects.get(), person)
items = [capture_text(acting(person), case, text, Found(), now=timezone.now()) for text in ("A post.", "Another.")]
print(items[1].file.blob)
"""


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """A site of its own, on SQLite whatever the other tests run on."""
    environment = {"PROVISO_DATA": str(tmp_path / "data"), "PROVISO_DATABASE": ""}
    databases.put_migrated(tmp_path / "data")
    run("setup", *FIRST, **environment)
    return environment


def captured(site: dict[str, str]) -> Path:
    """Keep two texts as evidence and return where the second lies."""
    environment = {**os.environ, **site, "DJANGO_SETTINGS_MODULE": "proviso.web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", CAPTURE], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return Path(site["PROVISO_DATA"]) / "files" / done.stdout.strip()


def test_it_says_how_many_items_hold_and_names_a_changed_one(site: dict[str, str]) -> None:
    none = run("evidence", "verify", **site)
    assert (none.stdout, none.returncode) == ("0 items hold\n", 0)
    path = captured(site)
    good = run("evidence", "verify", **site)
    assert (good.stdout, good.returncode) == ("2 items hold\n", 0)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    bad = run("evidence", "verify", **site)
    first, last = bad.stdout.splitlines()
    assert first.startswith("case:1 E2 (item 2, file 2): the stored content was changed")
    assert (last, bad.returncode) == ("1 items hold; 1 faults", 1)


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = run("evidence", "verify", PROVISO_DATA=str(tmp_path / "none"), PROVISO_DATABASE="")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "there is no database yet" in done.stderr
