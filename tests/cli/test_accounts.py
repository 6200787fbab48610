"""`proviso reset-second-step`, and an invitation without a mail server: where changes are really kept."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.cli.test_commands import run
from tests.served import CAST, free_port

ROOT = Path(__file__).parents[2]
LOST = """
from allauth.mfa.models import Authenticator
from proviso.records.people.models import Person
dsl = Person.objects.get(email="saffron.lockwistle@school.example")
Authenticator.objects.create(user=dsl, type="totp", data={})
Authenticator.objects.create(user=dsl, type="recovery_codes", data={})
"""
LEFT = """
import django; django.setup()
from allauth.mfa.models import Authenticator
from proviso.records.audit.models import Entry
from proviso.records.people.models import Person
dsl = Person.objects.get(email="saffron.lockwistle@school.example")
[entry] = Entry.objects.filter(action="person.second_factor_taken_away")
print(Authenticator.objects.count(), dsl.signed_out_at is not None, entry.actor, entry.about == f"person:{dsl.pk}")
"""
INVITE = """
import django; django.setup()
from proviso.records.people.models import Invitation, Person
from tests.cast import visits
from tests.web.pages import main, words
teacher = Person.objects.get(email="tobias.wrenfield@school.example")
teacher.set_unusable_password()
teacher.save()
head = visits(Person.objects.get(email="hester.quillmore@school.example"))
page = head.post(f"/schools/oak-lane/people/{teacher.pk}/invite/", follow=True)
print(page.status_code, Invitation.objects.count(), words(main(page.text)))
"""


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """A site of its own, on SQLite whatever the other tests run on, with the cast in it."""
    settings = {
        "PROVISO_DATA": str(tmp_path / "data"),
        "PROVISO_DATABASE": "",
        "PROVISO_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "proviso.web.settings",
        "PYTHONPATH": str(ROOT),
    }
    databases.put_migrated(tmp_path / "data")
    python(settings, CAST + LOST)
    return settings


def python(kept: dict[str, str], program: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **kept},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done


def letters(kept: dict[str, str]) -> str:
    return "".join(path.read_text() for path in (Path(kept["PROVISO_DATA"]) / "mail").glob("*"))


def test_whoever_runs_the_machine_helps_somebody_who_lost_every_second_step(kept: dict[str, str]) -> None:
    done = run("reset-second-step", "--email", " Saffron.Lockwistle@school.example", **kept)
    assert (done.returncode, done.stderr) == (0, "")
    message = "Saffron Lockwistle signs in with the password alone now, and was signed out everywhere\n"
    assert done.stdout == message
    assert python(kept, LEFT).stdout == "0 True None True\n"
    assert "To: saffron.lockwistle@school.example" in letters(kept)
    again = run("reset-second-step", "--email", "saffron.lockwistle@school.example", **kept)
    assert again.returncode == 2
    assert again.stderr == "proviso: Saffron Lockwistle has no second step: there is nothing to take away.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--email", "nobody@school.example"), "Nobody has the email address “nobody@school.example”."),
        (("--email", ""), "Nobody has the email address “”."),
        ((), "the following arguments are required: --email"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    kept: dict[str, str], arguments: tuple[str, ...], message: str
) -> None:
    done = run("reset-second-step", *arguments, **kept)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert message in done.stderr
    assert not letters(kept)


def test_an_invitation_that_no_mail_server_took_is_said_and_can_be_sent_again(kept: dict[str, str]) -> None:
    down = {**kept, "PROVISO_EMAIL": f"smtp://127.0.0.1:{free_port()}"}
    done = python(down, INVITE)
    assert re.match(
        r"200 0 .*The invitation could not be sent, because the mail server did not accept it\.", done.stdout
    )
    assert "Not invited" in done.stdout
    assert "an invitation was not sent" in done.stderr and "Traceback" in done.stderr  # logged, with its cause
    assert "1 An invitation was sent" in re.sub(r"200 1 .*?An inv", "1 An inv", python(kept, INVITE).stdout)
