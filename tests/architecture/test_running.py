"""What can be set from outside is written down."""

import re
from pathlib import Path

from proviso.jobs.schedule import JOBS

ROOT = Path(__file__).parents[2]


def test_every_variable_is_in_the_table_and_no_other() -> None:
    named = {
        name
        for path in (ROOT / "src" / "proviso").rglob("*.py")
        for name in re.findall(r"\bPROVISO_[A-Z_]+\b", path.read_text("utf-8"))
    }
    table = (ROOT / "docs" / "running.md").read_text("utf-8").split("## Variables")[1]
    assert set(re.findall(r"\bPROVISO_[A-Z_]+\b", table)) == named


def test_every_job_is_in_the_table() -> None:
    table = (ROOT / "docs" / "running.md").read_text("utf-8").split("## What happens by itself")[1].split("##")[0]
    assert set(re.findall(r"^\| `([a-z-]+)`", table, re.M)) == {job.name for job in JOBS}
