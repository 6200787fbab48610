"""The questions that somebody answers before signing, drawn from the version that is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from proviso.rules.asking import CheckQuestion, check_questions
from proviso.rules.norms import CompiledPolicy, Force, Norm, assume
from proviso.rules.rulebook import compile_policy, compiled, policy_ids, scenarios, scenarios_for

ON = date(2026, 9, 1)
PUPILS = {"pupil", "pupil_elsewhere", "former_pupil", "pupil_of_former_school"}
SEEDS = ("one", "two", "three", "four", "five")


def drawn(
    policy: str, roles: Sequence[str], seed: str = "one", book: CompiledPolicy | None = None, **more: int
) -> list[CheckQuestion]:
    return check_questions(book or compiled(policy), scenarios(policy), roles, seed, on=ON, **more)


def changed(policy: str, force: Force | None) -> CompiledPolicy:
    """Return a policy whose every ban has another force, or is gone."""
    written = compiled(policy).policy

    def said(norms: Sequence[Norm]) -> tuple[Norm, ...]:
        bans = [replace(norm, overrides=()) for norm in norms]
        if force is None:
            return tuple(norm for norm in bans if norm.force is not Force.PROHIBITED)
        return tuple(replace(norm, force=force) if norm.force is Force.PROHIBITED else norm for norm in bans)

    clauses = tuple(replace(clause, norms=said(clause.norms)) for clause in written.clauses)
    return compile_policy(replace(written, id="our-school", clauses=clauses))


@pytest.mark.parametrize("policy", policy_ids())
@pytest.mark.parametrize("seed", SEEDS)
def test_a_teacher_gets_three_questions_on_different_clauses_with_different_answers(policy: str, seed: str) -> None:
    questions = drawn(policy, ["teacher"], seed)
    assert len(questions) == 3
    cited = [clause for question in questions for clause in question.clauses]
    assert len(cited) == len(set(cited))
    assert len({question.right for question in questions}) >= 2
    assert all(question.facts["who"] == "teacher" for question in questions)
    assert all(question.right in question.options for question in questions)


@pytest.mark.parametrize("policy", policy_ids())
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_right_is_what_the_policy_says_and_the_clauses_say_it(policy: str, seed: str) -> None:
    book = compiled(policy)
    for question in drawn(policy, ["teacher"], seed):
        ruling = assume(book, book.vocabulary.situation(question.facts), ON).ruling
        assert ruling.outcome.value == question.right
        assert set(question.clauses) <= set(ruling.cited)
        assert {book.policy.clause(clause).id for clause in question.clauses} == set(question.clauses)


@pytest.mark.parametrize("policy", ["asset-education", "ewloe-green", "king-david", "lancashire"])
@pytest.mark.parametrize("seed", SEEDS)
def test_one_question_is_about_pupils(policy: str, seed: str) -> None:
    questions = drawn(policy, ["teacher"], seed)
    people = {person for question in questions for person in question.facts.get("with") or ()}  # type: ignore[union-attr]  # a list in every scenario
    flags = {name for question in questions for name in question.facts}
    assert people & PUPILS or flags & {"mentions_pupil", "shows_pupil"}


def test_a_person_gets_the_same_questions_again_and_another_person_others() -> None:
    assert drawn("lancashire", ["teacher"], "one") == drawn("lancashire", ["teacher"], "one")
    sets = {tuple(str(question.facts) for question in drawn("lancashire", ["teacher"], seed)) for seed in SEEDS}
    assert len(sets) >= 3


def test_the_schools_own_version_decides_what_is_right() -> None:
    book = changed("king-david", Force.DISCOURAGED)
    milder = check_questions(book, scenarios("king-david"), ["teacher"], "one", on=ON, count=9)
    assert "prohibited" not in {question.right for question in milder}
    assert "discouraged" in {question.right for question in milder}


def test_a_clause_that_was_switched_off_is_not_asked_about() -> None:
    book = changed("king-david", None)
    questions = check_questions(book, scenarios_for(book.policy, "king-david"), ["teacher"], "one", on=ON, count=9)
    assert questions
    assert "prohibited" not in {question.right for question in questions}


def test_for_what_has_happened_the_question_is_whether_something_must_be_done() -> None:
    happened = [one for one in drawn("king-david", ["teacher"], count=30) if one.right == "required"]
    assert {one.facts["act"] for one in happened} <= {"receive", "suffer_abuse", "see_abuse", "find_material"}
    assert {one.options for one in happened} == {("required", "nothing")}


def test_a_policy_that_offers_fewer_questions_gives_what_there_is() -> None:
    assert len(drawn("lancashire", ["governor"])) == 1
    assert drawn("lancashire", ["volunteer"]) == []
    assert drawn("lancashire", []) == []


def test_somebody_with_two_roles_is_asked_about_either() -> None:
    roles = {
        question.facts["who"] for seed in SEEDS for question in drawn("king-david", ["teacher", "volunteer"], seed)
    }
    assert roles == {"teacher", "volunteer"}
