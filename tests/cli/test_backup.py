"""A copy of the database while the site runs, and back: nothing of what it replaces comes with it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests import databases
from tests.cli.test_accounts import python
from tests.cli.test_commands import run
from tests.cli.test_records import FIRST
from tests.served import started

SECOND = (
    *("--school", "Ash Grove School", "--short-name", "ash-grove", "--nation", "England"),
    *("--name", "Ida Thornbury", "--email", "ida@school.example"),
)
# A process that dies over the database leaves what it wrote in the file beside it.
RENAME_AND_DIE = """
import django; django.setup()
import os
from proviso.records.people.models import Establishment
Establishment.objects.update(name="Renamed")
os._exit(0)
"""
NAMES = """
import django; django.setup()
from proviso.records.people.models import Establishment
print(sorted(Establishment.objects.values_list("name", flat=True)))
"""


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """A site of its own, on SQLite whatever the other tests run on, with a school in it."""
    environment = {
        "PROVISO_DATA": str(tmp_path / "data"),
        "PROVISO_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "proviso.web.settings",
    }
    databases.put_migrated(tmp_path / "data")
    assert run("setup", *FIRST, **environment).returncode == 0
    return environment


def test_a_restored_copy_is_what_it_was_though_what_it_replaces_was_left_half_written(
    kept: dict[str, str], tmp_path: Path
) -> None:
    copy, data = tmp_path / "copy.sqlite3", tmp_path / "data"
    assert run("backup", str(copy), **kept).returncode == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    run("setup", *SECOND, **kept)
    python(kept, RENAME_AND_DIE)
    assert (data / "proviso.sqlite3-wal").stat().st_size > 0
    done = run("restore", str(copy), **kept)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the one before is kept as" in done.stdout
    assert python(kept, NAMES).stdout == "['Ysgol y Graig']\n"
    assert "4 entries hold" in run("audit", "verify", **kept).stdout
    with closing(sqlite3.connect(data / "before-restore.sqlite3")) as before:
        assert before.execute("SELECT DISTINCT name FROM people_establishment").fetchall() == [("Renamed",)]


def test_a_database_that_is_damaged_or_gone_is_replaced_as_well(kept: dict[str, str], tmp_path: Path) -> None:
    copy, database = tmp_path / "copy.sqlite3", tmp_path / "data" / "proviso.sqlite3"
    run("backup", str(copy), **kept)
    database.write_bytes(b"nonsense" * 1000)
    assert run("restore", str(copy), **kept).returncode == 0
    assert python(kept, NAMES).stdout == "['Ysgol y Graig']\n"
    database.unlink()
    assert run("restore", str(copy), **kept).returncode == 0
    assert python(kept, NAMES).stdout == "['Ysgol y Graig']\n"


def test_what_is_no_whole_copy_is_refused_and_nothing_is_touched(kept: dict[str, str], tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    run("backup", str(copy), **kept)
    whole = copy.read_bytes()
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(whole)
    with closing(sqlite3.connect(newer)) as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '')")
        database.commit()
    cut, other = tmp_path / "cut.sqlite3", tmp_path / "other.txt"
    cut.write_bytes(whole[: len(whole) // 2])
    other.write_text("no database")
    for file, message in (
        (cut, "is "),
        (other, "is no database of this site"),
        (newer, "was made by a newer Proviso (it has 9999_later)"),
        (tmp_path / "none.sqlite3", "is no database of this site"),
    ):
        done = run("restore", str(file), **kept)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert message in done.stderr
    again = run("backup", str(copy), **kept)
    assert (again.returncode, again.stderr) == (2, f"proviso: {copy} is there already: name another file\n")
    assert python(kept, NAMES).stdout == "['Ysgol y Graig']\n"


def test_a_copy_can_be_made_while_the_site_runs_and_not_put_back(tmp_path: Path) -> None:
    with started(tmp_path, postgresql=False) as site:
        copy = tmp_path / "copy.sqlite3"
        assert run("backup", str(copy), **site.environment).returncode == 0
        refused = run("restore", str(copy), **site.environment)
        assert refused.returncode == 2
        assert refused.stderr == "proviso: a site or a worker uses this data folder: stop it first\n"


@pytest.mark.parametrize(("command", "message"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_for_postgresql_its_own_commands_are_named(kept: dict[str, str], command: str, message: str) -> None:
    done = run(command, "copy", **{**kept, "PROVISO_DATABASE": "postgresql://nobody@127.0.0.1:9/none"})
    assert done.returncode == 2
    assert f"this site’s database is PostgreSQL: use `{message}" in done.stderr
