"""Faults that only show in a policy's meaning, each with what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest

from proviso.rules.norms import Clause, Condition, Fault, Force, Norm, faults
from tests.rules.norms.strategies import policy_of
from tests.rules.norms.test_rulings import WORDS, clause, norm, when


def found(*clauses: Clause) -> list[tuple[str, int | None, str]]:
    return [(fault.clause, fault.norm, fault.what) for fault in faults(policy_of(*clauses), WORDS)]


POST = when(act="post")
NARROW = when("told", act="post")


def test_a_sound_policy_has_no_faults() -> None:
    ban = norm(Force.PROHIBITED, POST, when("consent"))
    assert found(clause("A", ban), clause("B", norm(Force.PERMITTED, when(act="connect")))) == []


def test_a_norm_that_asks_for_a_fact_and_denies_it() -> None:
    bad = norm(Force.CAUTION, when("told", act="post", no=("told",)))
    assert found(clause("A", norm(Force.CAUTION, POST), bad)) == [
        ("A", 1, "a norm that can never apply: it asks for a fact and denies it")
    ]


def test_a_norm_that_wants_one_of_flags_that_it_denies() -> None:
    bad = norm(Force.CAUTION, when(no=("told", "agreed"), either=("told", "agreed")))
    assert found(clause("A", bad)) == [("A", 0, "a norm that can never apply: it asks for a fact and denies it")]


@pytest.mark.parametrize("exception", [POST, when(), when("told"), when(act=("post", "connect"))])
def test_a_norm_that_its_exception_always_lifts(exception: Condition) -> None:
    assert found(clause("A", norm(Force.PROHIBITED, NARROW, exception))) == [
        ("A", 0, "a norm that can never apply: its exception always lifts it")
    ]


@pytest.mark.parametrize("exception", [when("told", "agreed"), when(act="connect"), when(no=("told",))])
def test_a_norm_that_its_exception_lifts_at_times(exception: Condition) -> None:
    assert found(clause("A", norm(Force.PROHIBITED, NARROW, exception))) == []


def test_a_norm_that_another_always_sets_aside() -> None:
    special = norm(Force.PERMITTED, POST, overrides=("A",))
    assert found(clause("A", norm(Force.PROHIBITED, NARROW)), clause("B", special)) == [
        ("A", 0, "a norm that can never apply: B always sets it aside")
    ]


def test_two_norms_at_odds_without_a_declared_priority() -> None:
    general = clause("A", norm(Force.PROHIBITED, POST))
    milder = norm(Force.PERMITTED, NARROW)
    assert faults(policy_of(general, clause("B", milder)), WORDS) == (
        Fault(
            "B",
            "permitted wherever A says prohibited: a contradiction without priority",
            "write `overrides: [A]`, or an exception there",
            0,
        ),
    )
    assert found(general, clause("B", Norm(Force.PERMITTED, NARROW, overrides=("A",)))) == []
    assert found(clause("A", norm(Force.PROHIBITED, POST, when("consent"))), clause("B", milder)) == []


@pytest.mark.parametrize(
    ("milder", "stronger", "at_odds"),
    [
        (Force.PERMITTED, Force.CAUTION, True),
        (Force.CAUTION, Force.DISCOURAGED, True),
        (Force.DISCOURAGED, Force.PROHIBITED, True),
        (Force.PROHIBITED, Force.PERMITTED, False),
        (Force.PRINCIPLE, Force.PROHIBITED, False),
        (Force.REQUIRED, Force.PROHIBITED, False),
        (Force.CAUTION, Force.CAUTION, False),
    ],
)
def test_only_what_is_milder_and_decides_is_at_odds(milder: Force, stronger: Force, at_odds: bool) -> None:
    what = f"{milder} wherever A says {stronger}: a contradiction without priority"
    expected = [("B", 0, what)] if at_odds else []
    assert found(clause("A", norm(stronger, POST)), clause("B", norm(milder, NARROW))) == expected


def test_clauses_that_set_each_other_aside() -> None:
    what = "a norm that sets aside, directly or by way of others, what sets it aside: neither has priority"
    one = clause("A", norm(Force.CAUTION, when("told", act="post"), overrides=("B",)))
    two = clause("B", norm(Force.CAUTION, when("agreed", act="post"), overrides=("C",)))
    three = clause("C", norm(Force.CAUTION, when("consent", act="post"), overrides=("A",)))
    assert found(one, two, three) == [("A", 0, what), ("B", 0, what), ("C", 0, what)]
    assert found(one, two) == []
    assert found(clause("A", norm(Force.CAUTION, POST, overrides=("A",)))) == [
        ("A", 0, "a norm that can never apply: A always sets it aside"),
        ("A", 0, what),
    ]


def test_the_engine_is_imported_without_numpy_and_says_so_in_one_line_when_a_batch_wants_it() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None; import proviso.rules.norms\n"
        "try:\n    proviso.rules.norms.batch\nexcept ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "batches need NumPy: install `numpy`\n"
