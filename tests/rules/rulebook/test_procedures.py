"""What is done in a case: the school's own steps, and the national baseline's where they are silent.

What is expected was written down from the policies' wording, not from what the program says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from proviso.rules import rulebook
from proviso.rules.norms import ProcedureStep, procedure_of
from proviso.rules.rulebook import RulebookError, case_kinds, load, parse_policy, referral_period, write_policy

ON = date(2026, 11, 22)
NATIONS = ("England", "Wales")


def steps(policy: str, kind: str) -> tuple[ProcedureStep, ...]:
    known, own = case_kinds(), load(policy)
    baseline = load(rulebook.BASELINES[own.nation])
    return procedure_of(own, baseline, kind, ON, known.parts, known.kinds[kind].keeps_baseline)


# policy, kind of case, clause, who, what it comes to (a few of its words), letter, whom it is referred to
FROM_CLAUSES = [
    ("asset-education", "pupil_bullied", "AE-2.3c", "headteacher", "behaviour policy", None, None),
    ("asset-education", "pupil_bullied", "AE-2.3d", "pupil", "Report it", None, None),
    ("asset-education", "allegation", "AE-2.5a", "DSL or headteacher", "safeguarding policy", None, None),
    ("asset-education", "allegation", "AE-2.5b", "DSL or headteacher", "LADO", "referral", "LADO"),
    ("asset-education", "pupil_bullied", "AE-2.6a", "headteacher", "sanctions", None, None),
    ("asset-education", "parent_misuse", "AE-2.6b", "headteacher or trust executive", "Contact the parent", None, None),
    (
        "asset-education",
        "parent_misuse",
        "AE-2.6b",
        "headteacher or trust executive",
        "complaints route",
        "parent_removal",
        None,
    ),
    ("asset-education", "staff_misuse", "AE-2.6c", "line manager or headteacher", "disciplinary policy", None, None),
    ("king-david", "pupil_contact", "KD-C.i", "the person concerned", "headteacher", None, None),
    ("king-david", "adult_abuse_images", "KD-I.a1", "school", "criminal investigation", None, "police"),
    ("king-david", "adult_abuse_images", "KD-I.a2", "the finder", "headteacher", None, None),
    ("king-david", "unsuitable_material", "KD-I.c3", "the person who notices", "headteacher", None, None),
    ("king-david", "unsuitable_material", "KD-I.d", "headteacher", "advice", None, None),
    ("king-david", "staff_bullied", "KD-B.b", "the person harmed", "delete nothing", None, None),
    ("king-david", "staff_bullied", "KD-B.c1", "the person harmed or a colleague", "line manager", None, None),
    ("king-david", "staff_bullied", "KD-B.c2", "headteacher", "wishes", None, None),
    ("king-david", "staff_bullied", "KD-B.c2", "the person harmed", "police", None, None),
    ("king-david", "staff_bullied", "KD-B.c3", "the person harmed", "trade union", None, None),
    ("knowsley-central", "pupil_contact", "KC-3.b", "the person contacted", "headteacher", None, None),
    ("knowsley-central", "pupil_contact", "KC-3.b", "headteacher", "safeguarding procedure", None, None),
    ("knowsley-central", "pupil_bullied", "KC-3.e", "the person who learns of it", "headteacher", None, None),
    ("knowsley-central", "malicious_posts", "KC-4.a", "headteacher", "remove the posts", "site_removal", None),
    ("lancashire", "pupil_contact", "LA-5.6", "the person contacted", "Do not answer", None, None),
    ("lancashire", "pupil_contact", "LA-5.7", "school", "firmly and politely", "contact_not_acceptable", None),
]


@pytest.mark.parametrize(("policy", "kind", "clause", "who", "words", "letter", "refer_to"), FROM_CLAUSES)
def test_a_clause_gives_its_step(
    policy: str, kind: str, clause: str, who: str, words: str, letter: str | None, refer_to: str | None
) -> None:
    found = [
        each.step
        for each in steps(policy, kind)
        if each.clause.id == clause and not each.is_baseline and each.step.who == who and words in each.step.what
    ]
    assert [(step.letter, step.refer_to) for step in found] == [(letter, refer_to)]


def test_every_step_of_the_five_policies_belongs_to_a_kind_of_case() -> None:
    without = [
        clause.id
        for policy in rulebook.policy_ids()
        for clause in load(policy).clauses
        for step in clause.procedure
        if not step.case or not step.part
    ]
    assert without == []


def test_the_parent_is_contacted_before_the_letter_and_both_are_the_trust_s_own_steps() -> None:
    own = [each.step.part for each in steps("asset-education", "parent_misuse") if not each.is_baseline]
    assert own == ["contact", "letter"]


def test_where_the_policy_is_silent_the_baseline_speaks_and_says_so() -> None:
    given = steps("king-david", "staff_bullied")
    assert [each.clause.id for each in given if each.step.part == "removal"] == ["EN-case-staff"]
    assert all(each.is_baseline for each in given if each.step.part == "removal")


def test_where_the_policy_speaks_the_baseline_does_not_repeat_it() -> None:
    given = steps("king-david", "staff_bullied")
    assert [each.clause.id for each in given if each.step.part == "evidence"] == ["KD-B.b"]


def test_a_policy_of_wales_without_procedures_has_those_of_wales() -> None:
    given = steps("ewloe-green", "sexual_image")
    assert {each.clause.id for each in given} == {"CY-case-image"}
    assert "designated safeguarding person" in {each.step.who for each in given}
    assert not any("lead" in each.step.who for each in given)


def test_nothing_that_protects_a_child_is_set_aside() -> None:
    given = steps("asset-education", "allegation")
    referrals = [each.clause.id for each in given if each.step.part == "referral"]
    assert referrals == ["AE-2.5b", "EN-case-allegation"]


@pytest.mark.parametrize("policy", ["lancashire", "ewloe-green"])
def test_nobody_is_to_view_or_copy_a_sexual_image_and_that_comes_first(policy: str) -> None:
    first = steps(policy, "sexual_image")[0].step
    assert first.part == "images"
    for word in ("view", "copy", "print", "share", "store", "ask for"):
        assert word in first.what


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("kind", case_kinds().kinds)
def test_each_nation_has_steps_for_every_kind_of_case_in_both_languages(nation: str, kind: str) -> None:
    baseline = load(rulebook.BASELINES[nation])
    given = procedure_of(None, baseline, kind, ON, case_kinds().parts)
    assert given
    for each in given:
        texts = (each.step.who, each.step.what, each.step.on, each.step.by)
        assert [text for text in texts if text and text not in baseline.words_welsh] == []


def test_wales_names_its_own_bodies() -> None:
    words = " ".join(
        f"{step.who} {step.what} {step.refer_to}"
        for clause in load("baseline-wales").clauses
        for step in clause.procedure
    )
    assert "Education Workforce Council" in words
    assert "Teaching Regulation Agency" not in words
    assert "LADO" not in words


def test_an_unknown_kind_of_case_is_a_fault_with_the_nearest() -> None:
    text = write_policy(load("lancashire")).replace("case: pupil_contact", "case: pupil_contakt", 1)
    with pytest.raises(RulebookError, match="LA-5.6: unknown kind of case `pupil_contakt`.*nearest: pupil_contact"):
        parse_policy(text)


def test_a_step_of_a_case_says_which_part_it_is() -> None:
    policy = load("lancashire")
    clause = policy.clause("LA-5.7")
    bare = replace(clause, procedure=(replace(clause.procedure[0], part=None),))
    clauses = tuple(bare if each.id == "LA-5.7" else each for each in policy.clauses)
    with pytest.raises(RulebookError, match="does not say which part of the case it is; add `part:`"):
        parse_policy(write_policy(replace(policy, clauses=clauses)))


def test_an_authority_s_own_period_goes_before_that_of_the_nation() -> None:
    assert referral_period("England", "Kirklees Council", ON).hours == 24
    assert referral_period("England", "Harbour Learning Trust", ON).working_days == 1
    assert referral_period("Wales", "", ON).working_days == 1
