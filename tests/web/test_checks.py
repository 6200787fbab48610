"""What contradicts itself in the settings is said when the site starts, each under an id of its own."""

import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from tests.served import started

SOUND = {
    "SITE_ADDRESS": "https://policy.school.example",
    "ALLOWED_HOSTS": ["policy.school.example"],
    "HTTPS": True,
    "EMAIL_HOST": "mail.school.example",
    "DEBUG": False,
    "DEMONSTRATION": False,
}


def ids(settings: Settings, **changed: object) -> list[str | None]:
    for name, value in {**SOUND, **changed}.items():
        setattr(settings, name, value)
    return [message.id for message in run_checks(tags=["proviso"])]


def test_a_sound_site_is_told_nothing(settings: Settings) -> None:
    assert ids(settings) == []
    assert ids(settings, ALLOWED_HOSTS=[".school.example"]) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"ALLOWED_HOSTS": ["localhost"]}, "proviso.W001"),
        ({"HTTPS": False}, "proviso.W002"),
        ({"SITE_ADDRESS": "http://policy.school.example"}, "proviso.W003"),
        ({"EMAIL_HOST": ""}, "proviso.W004"),
        ({"DEBUG": True}, "proviso.W005"),
        ({"DEMONSTRATION": True}, "proviso.W006"),
    ],
)
def test_what_contradicts_itself_has_an_id(settings: Settings, changed: dict[str, object], expected: str) -> None:
    assert ids(settings, **changed) == [expected]


def test_this_machine_needs_neither_https_nor_a_mail_server(settings: Settings) -> None:
    here = {"SITE_ADDRESS": "http://localhost:8000", "ALLOWED_HOSTS": ["localhost"], "HTTPS": False, "EMAIL_HOST": ""}
    assert ids(settings, **here) == []
    assert ids(settings, **{**here, "SITE_ADDRESS": "http://[::1]:8000", "ALLOWED_HOSTS": ["[::1]"]}) == []


def test_a_site_says_it_when_it_starts(tmp_path: Path) -> None:
    address = {"PROVISO_ADDRESS": "https://policy.school.example", "PROVISO_HTTPS": "yes"}
    with started(tmp_path, postgresql=False, **address) as site:
        log = site.log.read_text()
    assert "proviso.W001: the site answers nobody at its own address: add policy.school.example to PROVISO_HOSTS" in log
    assert re.findall(r"^proviso\.W\d+", log, re.MULTILINE) == [
        "proviso.W001",
        "proviso.W004",
    ]
