"""The command line in Welsh: what is printed for people, without a site or a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run

QUESTION = ("ask", "ewloe-green", "can I add a pupil on Instagram", "--as", "teacher")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--language", "cy"), {"LANG": "en_GB.UTF-8"}),
        ((), {"LC_ALL": "cy_GB.UTF-8"}),
        ((), {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "cy"}),
    ],
)
def test_a_question_is_answered_in_the_language_asked_for(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    text = run(*QUESTION, *arguments, **environment).stdout
    assert text.startswith("Na. Ni chaiff athro gysylltu â disgybl yn yr ysgol hon"), text
    assert "EG-6b (Defnydd personol, Gwaherddir)" in text
    assert "Caniateir hyn os:" in text
    assert "<" not in text


def test_english_is_what_everybody_else_gets() -> None:
    text = run(*QUESTION, LC_ALL="fr_FR.UTF-8").stdout
    assert text.startswith("No. A teacher may not connect with a pupil of this school"), text
    assert "To be kept in mind:" in text


def test_a_ruling_on_facts_is_said_in_welsh() -> None:
    done = run(
        "decide", "knowsley-central", "who=governor", "act=receive", "with=pupil", "--assume-no", "--language", "cy"
    )
    assert done.stdout.startswith("Mae rhywbeth y mae’n rhaid ei wneud.")
    assert "Beth y mae’n rhaid ei wneud nawr:" in done.stdout


def test_json_is_the_same_in_every_language() -> None:
    english, welsh = (run(*QUESTION, "--json", "--language", language).stdout for language in ("en", "cy"))
    assert json.loads(english) == json.loads(welsh)


def test_what_is_asked_back_has_its_choices_in_english_in_json() -> None:
    facts = ("decide", "king-david", "who=teacher", "act=connect", "--language", "cy")
    assert "disgybl yn yr ysgol hon" in run(*facts).stdout
    asked = json.loads(run("ask", "king-david", "can I add somebody on Facebook", "--json", "--language", "cy").stdout)
    assert asked["asks"]["question"].isascii()


def test_answering_makes_no_data_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run(*QUESTION, PROVISO_DATA=str(data)).returncode == 0
    assert not data.exists()


def test_an_unknown_language_is_refused() -> None:
    done = run(*QUESTION, "--language", "fr")
    assert done.returncode == 2
    assert "invalid choice: 'fr'" in done.stderr
