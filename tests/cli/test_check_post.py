"""`proviso check-post`, right and wrong."""

from pathlib import Path

import pytest

from tests.cli.test_commands import answer, refused, run

ROLL = "id,given,family,known_as,kind,name_consent,picture_consent\n1,William,Thornbury,,pupil,refused,given\n"


@pytest.fixture
def roll(tmp_path: Path) -> str:
    path = tmp_path / "roll.csv"
    path.write_text(ROLL, "utf-8")
    return str(path)


def test_a_finding_has_the_keys_of_the_contract(roll: str) -> None:
    found = answer("check-post", "asset-education", "--roll", roll, "--text", "Bravo, Will Thornbury!")["findings"]
    assert {key: found[0][key] for key in ("kind", "text", "start", "end", "person", "clause", "severity")} == {
        "kind": "name",
        "text": "Will Thornbury",
        "start": 7,
        "end": 21,
        "person": "1",
        "clause": "AE-1.5f",
        "severity": "stop",
    }


def test_the_text_says_what_to_do(roll: str) -> None:
    said = run("check-post", "king-david", "--roll", roll, "--text", "Bravo, Will Thornbury!").stdout
    assert "consent was refused" in " ".join(said.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--text"),
        (("--picture", "none.png"), "none.png"),
        (("--picture", "ROLL"), "not a picture"),
    ],
)
def test_wrong_input_is_one_line(roll: str, arguments: tuple[str, ...], says: str) -> None:
    given = [roll if word == "ROLL" else word for word in arguments]
    assert says in refused("check-post", "asset-education", "--roll", roll, *given)


def test_no_roll_is_one_line() -> None:
    assert "missing.csv" in refused("check-post", "asset-education", "--roll", "missing.csv", "--text", "Hello")
