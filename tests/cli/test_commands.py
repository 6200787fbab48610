"""The command line as its users meet it: whole processes, right and wrong input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proviso.rules import rulebook


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "proviso.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


def answer(*arguments: str) -> Any:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def refused(*arguments: str, **environment: str) -> str:
    done = run(*arguments, **environment)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_policies_lists_the_five() -> None:
    text = run("policies").stdout
    for name in ("asset-education", "ewloe-green", "king-david", "knowsley-central", "lancashire"):
        assert name in text
    assert [policy["clauses"] for policy in answer("policies")["policies"]] == [43, 56, 54, 23, 45]


def test_clauses_gives_each_clause_with_its_runners() -> None:
    clauses = {clause["id"]: clause for clause in answer("clauses", "king-david")["clauses"]}
    assert len(clauses) == 54
    assert clauses["KD-S.d1"]["runners"] == ["norms"]
    assert clauses["KD-0.5"]["runners"] == []
    assert clauses["KD-S.c"]["runners"] == ["duties"]
    assert {"id", "at", "text", "who", "topics", "runners"} <= clauses["KD-S.d1"].keys()


def test_decide_cites_the_clause() -> None:
    ruling = answer(
        "decide", "king-david", "who=teacher", "act=connect", "with=pupil", "through=personal_account", "--assume-no"
    )
    assert ruling["outcome"] == "prohibited"
    assert ruling["clauses"] == ["KD-S.d1"]
    assert (ruling["policy"], ruling["version"]) == ("king-david", "2019-09")


def test_decide_without_assuming_is_undecided_and_names_what_is_missing() -> None:
    ruling = answer(
        "decide", "ewloe-green", "who=teacher", "act=connect", "with=pupil_elsewhere", "through=personal_account"
    )
    assert ruling["outcome"] == "undecided"
    assert "own_family" in ruling["missing"]


def test_facts_may_stand_after_options() -> None:
    facts = ("act=connect", "with=pupil", "through=personal_account")
    assert answer("decide", "king-david", "who=teacher", "--assume-no", *facts)["clauses"] == ["KD-S.d1"]
    assert "not understood: --assume-yes" in refused("decide", "king-david", "who=teacher", "--assume-yes")


def test_decide_says_not_covered_with_an_underscore() -> None:
    assert answer("decide", "king-david", "who=parent", "act=post", "--assume-no")["outcome"] == "not_covered"


def test_decide_lists_duties_with_what_by_when_and_to_whom() -> None:
    ruling = answer("decide", "knowsley-central", "who=governor", "act=receive", "with=pupil", "--assume-no")
    assert ruling["outcome"] == "required"
    duty = ruling["duties"][0]
    assert (duty["clause"], duty["to_whom"], duty["by_when"]) == ("KC-3.b", "headteacher", "immediately")


def test_ask_answers_the_first_question_that_anybody_asks() -> None:
    given = answer("ask", "king-david", "Can I accept a friend request from a girl in my class?")
    assert given["outcome"] == "prohibited"
    assert given["clauses"] == ["KD-S.d1"]
    assert given["facts"]["act"] == "connect"
    assert given["facts"]["with"] == ["pupil"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["decide", "king-davd", "who=teacher"], "unknown policy `king-davd` (nearest: king-david)"),
        (["decide", "king-david", "whoo=teacher"], "unknown fact `whoo` (nearest: who"),
        (["decide", "king-david", "who=techer"], "unknown value `techer` of `who` (nearest: teacher"),
        (
            ["decide", "king-david", "when=lesson", "when=own_time"],
            "`when=lesson` and `when=own_time` contradict each other",
        ),
        (["decide", "king-david", "consent", "no:consent"], "`consent` and `no:consent` contradict each other"),
        (["decide", "king-david", "consent=yes"], "`consent` is a flag and takes no value"),
        (["decide", "king-david", "who"], "`who` needs a value"),
        (["decide", "king-david", "who=teacher", "--on", "soon"], "`soon` is not a day"),
        (["decide"], "`decide` needs a policy"),
        (["ask", "king-david", ""], "the question is empty"),
        (["ask", "king-david", "   \u200e\u202e \t"], "the question is empty"),
        (["ask", "king-david", "x" * 10_000], "the question has 10,000 characters"),
        (["ask", "king-david", "can i post this", "--as", "techer"], "unknown role `techer` (nearest: teacher"),
        (["clauses", "nowhere"], "unknown policy `nowhere`"),
        (["clauses", "missing.yaml"], "missing.yaml:1: cannot be read: No such file or directory"),
        (["frobnicate"], "invalid choice"),
        ([], "the following arguments are required"),
        (["serve", "--port", "x"], "`x` is not a port"),
        (["serve", "--workers", "0"], "`0` is not a number of processes"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments: list[str], wanted: str) -> None:
    assert wanted in refused(*arguments)


def test_control_characters_and_direction_marks_do_no_harm() -> None:
    given = answer("ask", "king-david", "can I add\x07 a \u202epupil\u202c on\u200b facebook")
    assert given["outcome"] == "prohibited"
    assert given["question"] == "can I add a pupil on facebook"


def test_a_policy_file_cut_in_half_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "rulebook"
    shutil.copytree(rulebook.folder(), broken, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = broken / "policies" / "lancashire.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: len(text) // 2], "utf-8")
    for arguments in (["policies"], ["decide", "lancashire", "who=teacher"], ["ask", "lancashire", "can i use insta"]):
        assert "lancashire.yaml:" in refused(*arguments, PROVISO_RULEBOOK=str(broken))
    assert run("ask", "king-david", "can i add a pupil", PROVISO_RULEBOOK=str(broken)).returncode == 0


def test_check_lists_every_fault_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = (rulebook.folder() / "policies" / "knowsley-central.yaml").read_text("utf-8")
    path.write_text(text.replace("force: info", "force: infos").replace("nation: England", "nation: Mars"), "utf-8")
    done = run("policies", "--check", str(path))
    assert done.returncode == 2
    assert done.stderr.count("unknown force `infos`") == text.count("force: info")
    assert "unknown nation `Mars`" in done.stderr
    assert run("policies", "--check").returncode == 0


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    command = [sys.executable, "-m", "proviso.cli", "clauses", "ewloe-green"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in refused("serve", "--port", port)


def test_what_protects_a_child_is_said_before_everything_else() -> None:
    facts = ("king-david", "who=teacher", "harm=disclosure,immediate_danger", "--assume-no")
    decided = answer("decide", *facts)
    assert decided["first"] == ["EN-danger", "EN-disclosure"]
    assert decided["baseline"]["outcome"] == "required"
    assert {duty["clause"] for duty in decided["baseline"]["duties"]} == {"EN-danger", "EN-disclosure"}
    assert decided["outcome"] == "not_covered"
    text = run("decide", *facts).stdout
    assert text.startswith("Do this now\n  1. If anybody is in danger now, call 999.")
    assert "ask the headteacher" not in text
    assert "Ffoniwch 999" in run("decide", *facts, "--language", "cy").stdout.replace("ffoniwch", "Ffoniwch")


def test_a_silent_policy_lets_the_baseline_speak() -> None:
    asked = answer("ask", "ewloe-green", "can I add a pupil on instagram", "--as", "teacher")
    assert asked["baseline"]["clauses"] == ["CY-pupil-contact"]
    assert asked["first"] == []
    text = run("decide", "king-david", "who=governor", "act=post", "discriminatory", "--assume-no").stdout
    assert "Your policy does not mention this. National guidance says:" in text


def test_a_baseline_has_its_clauses_and_is_no_policy() -> None:
    assert "EN-disclosure" in {clause["id"] for clause in answer("clauses", "baseline-england")["clauses"]}
    assert "baseline" not in run("policies").stdout


def test_check_finds_a_fault_in_a_baseline(tmp_path: Path) -> None:
    shutil.copytree(rulebook.folder(), tmp_path / "rulebook", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = tmp_path / "rulebook" / "baselines" / "wales.yaml"
    path.write_text(path.read_text("utf-8").replace("call_999", "cal_999", 1), "utf-8")
    done = run("policies", "--check", PROVISO_RULEBOOK=str(tmp_path / "rulebook"))
    assert done.returncode == 2
    assert "the step `cal_999`, which is none" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("policies",), ("clauses", "ewloe-green"), ("decide", "ewloe-green", "who=teacher", "act=connect", "with=pupil")],
)
def test_what_only_questions_need_is_loaded_for_questions_only(arguments: tuple[str, ...]) -> None:
    program = "import sys; from proviso.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "proviso.rules.norms" in loaded
    assert not loaded & {"numpy", "proviso.rules.asking", "proviso.rules.language", "django.db.models", "django.http"}
