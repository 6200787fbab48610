"""Runs of imports that were there before their room was: they come along as they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases

# In a process of its own: no schema is changed inside the transaction of a test.
PROGRAM = """
import django; django.setup()
from datetime import UTC, datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

def migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps

before = [("people", "0002_accounts_and_imports")]
latest = [key for key in MigrationExecutor(connection).loader.graph.leaf_nodes() if key[0] in ("people", "imports")]
old = migrated(before)
place = old.get_model("people", "Establishment").objects.create(
    slug="oak-lane", name="Oak Lane", kind="school", nation="England", language="en-gb")
person = old.get_model("people", "Person").objects.create(given_name="Hester", family_name="Quillmore")
old.get_model("people", "ImportRun").objects.create(
    establishment=place, started_by=person, state="done", file_name="people.csv", sha256="0" * 64,
    counts={"added": 3}, read_at=datetime(2026, 9, 1, 9, tzinfo=UTC))
run = migrated(latest).get_model("imports", "ImportRun").objects.get()
print(run.establishment.slug, run.file_name, run.counts, run.kind, repr(run.scope))
print("people_importrun" in connection.introspection.table_names())
back = migrated(before).get_model("people", "ImportRun").objects.get()
print(back.file_name, back.started_by.family_name)
"""


@pytest.mark.django_db  # so that it runs on both databases
def test_runs_keep_their_rows_when_their_table_moves_and_moves_back(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "proviso.web.settings", "PROVISO_DATA": str(tmp_path)}
    if request.config.getoption("--postgresql"):
        environment["PROVISO_DATABASE"] = databases.make(f"imports_{os.getpid()}")
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "oak-lane people.csv {'added': 3} people ''",
        "False",
        "people.csv Quillmore",
    ], done.stderr
