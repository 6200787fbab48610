"""The commands that keep a site: its first school, its database, and the proof of its log."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import databases
from tests.cli.test_commands import run
from tests.served import free_port

FIRST = (
    *("--school", "Ysgol y Graig", "--short-name", "ysgol-y-graig", "--nation", "Wales"),
    *("--name", "Gwen Rowlands-Pryce", "--email", "Gwen@school.example"),
)


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """A site of its own, on SQLite whatever the other tests run on."""
    return {"PROVISO_DATA": str(tmp_path / "data"), "PROVISO_DATABASE": ""}


@pytest.fixture
def empty(kept: dict[str, str]) -> dict[str, str]:
    """A site of its own that has its tables already, and nothing in them."""
    databases.put_migrated(Path(kept["PROVISO_DATA"]))
    return kept


def test_a_first_school_is_made_and_its_administrator_gets_a_link(kept: dict[str, str]) -> None:
    done = run("setup", *FIRST, PROVISO_ADDRESS="https://policy.school.example", **kept)
    assert (done.returncode, done.stderr) == (0, "")
    sentence, link = done.stdout.splitlines()
    assert sentence == "Ysgol y Graig is ready. Gwen Rowlands-Pryce signs in first by this link, within 14 days:"
    assert re.fullmatch(r"https://policy\.school\.example/invitation/[\w-]{43}/", link)


def test_a_short_name_that_is_taken_is_refused_and_nothing_is_made(empty: dict[str, str]) -> None:
    run("setup", *FIRST, **empty)
    again = run("setup", *FIRST, **empty)
    assert again.returncode == 2
    assert again.stderr == "proviso: Establishment with this Short name for addresses already exists.\n"
    assert "4 entries hold" in run("audit", "verify", **empty).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "`setup` needs --school"),
        ((*FIRST, "--under", "nowhere"), "There is no trust or authority with the short name “nowhere”."),
        ((*FIRST, "--short-name", "king-david"), "“king-david” is taken: choose another short name."),
        ((*FIRST, "--email", "none"), "Enter a valid email address."),
    ],
)
def test_bad_input_is_one_line_and_status_2(empty: dict[str, str], arguments: tuple[str, ...], message: str) -> None:
    done = run("setup", *arguments, **empty)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"proviso: {message}\n"


def test_a_sound_log_is_told_with_its_end(empty: dict[str, str]) -> None:
    run("setup", *FIRST, **empty)
    done = run("audit", "verify", **empty)
    assert done.returncode == 0
    sentence, receipt = done.stdout.splitlines()
    assert re.fullmatch(r"4 entries hold; last is number 4, digest [0-9a-f]{64}", sentence)
    kept_elsewhere = receipt.removeprefix("Keep this elsewhere, for `--since` next time: ")
    assert run("audit", "verify", "--since", kept_elsewhere, **empty).returncode == 0
    other = run("audit", "verify", "--since", "9:" + "0" * 64, **empty)
    assert (other.returncode, other.stdout) == (
        1,
        "entry 5 is missing: the log was cut off since the receipt; the 4 before it hold\n",
    )


def test_verifying_makes_and_changes_no_database(kept: dict[str, str]) -> None:
    none = run("audit", "verify", **kept)
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith("proviso: there is no database yet")
    assert not (Path(kept["PROVISO_DATA"]) / "proviso.sqlite3").exists()
    run("setup", *FIRST, **kept)
    file = Path(kept["PROVISO_DATA"]) / "proviso.sqlite3"
    with sqlite3.connect(file) as database:
        (last,) = database.execute("SELECT max(name) FROM django_migrations WHERE app = 'policies'").fetchone()
        database.execute("DELETE FROM django_migrations WHERE name = ?", [last])
    database.close()
    before = file.read_bytes()
    earlier = run("audit", "verify", **kept)
    assert (earlier.returncode, earlier.stderr) == (
        2,
        "proviso: the database is of an earlier version of Proviso: start the site once with this one\n",
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (
            "UPDATE audit_entry SET details = '{}' WHERE number = 2",
            "entry 2 was changed after it was written; the 1 before it hold",
        ),
        ("DELETE FROM audit_entry WHERE number = 3", "entry 3 is missing; the 2 before it hold"),
        ("DELETE FROM audit_entry WHERE number = 4", "entry 4 is missing: the log was cut off; the 3 before it hold"),
    ],
)
def test_whoever_goes_round_the_database_s_guard_is_found_out(empty: dict[str, str], harm: str, message: str) -> None:
    run("setup", *FIRST, **empty)
    with sqlite3.connect(Path(empty["PROVISO_DATA"]) / "proviso.sqlite3") as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(harm)
    database.close()
    done = run("audit", "verify", **empty)
    assert (done.returncode, done.stdout) == (1, f"{message}\n")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"PROVISO_DATABASE": "nonsense"}, "PROVISO_DATABASE is no address of a database"),
        ({"PROVISO_DATABASE": "postgresql://nobody@127.0.0.1:9/none"}, "the database cannot be used"),
        ({"PROVISO_EMAIL": "pigeon://loft"}, "PROVISO_EMAIL is no address of a mail server"),
        ({"PROVISO_ADDRESS": "policy"}, "PROVISO_ADDRESS is 'policy'"),
        ({"PROVISO_SESSION_MINUTES": "none"}, "PROVISO_SESSION_MINUTES is 'none'"),
        ({"PROVISO_GOOGLE_CLIENT": "x"}, "PROVISO_GOOGLE_SECRET is missing"),
    ],
)
def test_a_wrong_setting_is_one_line_before_anything_starts(
    kept: dict[str, str], settings: dict[str, str], message: str
) -> None:
    done = run("audit", "verify", **{**kept, **settings})
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_several_that_start_on_one_new_folder_at_once_make_one_database(kept: dict[str, str]) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(
            pool.map(lambda _each: run("reset-second-step", "--email", "nobody@school.example", **kept), range(4))
        )
    message = "proviso: Nobody has the email address “nobody@school.example”.\n"
    assert [(command.returncode, command.stderr) for command in done] == [(2, message)] * 4
    assert run("audit", "verify", **kept).stdout == "0 entries hold\n"


def test_the_demonstration_does_not_touch_a_real_schools_database(empty: dict[str, str]) -> None:
    run("setup", *FIRST, **empty)
    refused = run("demo", "--port", str(free_port()), **empty)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "holds schools that are not the demonstration’s: name another folder with PROVISO_DATA" in refused.stderr
