"""Each rule of a review: a document in which it finds something, and one, nearly the same, in which it must not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from proviso.rules.norms import Condition, Force, Norm
from proviso.rules.review import Finding, Rule, Severity, from_text, of_policy, review
from proviso.rules.rulebook import compile_policy, compiled, load

ON = date(2026, 11, 22)

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


def found(text: str, rule: str) -> list[Finding]:
    return [finding for finding in review(from_text(text), ON) if finding.rule.value == rule]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}-{n}" for n, case in enumerate(CASES)])
def test_a_rule_finds_what_is_wrong_and_lets_pass_what_is_not(case: dict[str, str]) -> None:
    assert found(case["wrong"], case["rule"])
    assert "right" not in case or not found(case["right"], case["rule"])


LONG = (
    "Staff who " + "use a platform that the school neither owns nor pays for and that " * 4 + "is public must be kind. "
)


def test_a_document_of_long_sentences_is_hard_to_read_and_one_of_short_ones_is_not() -> None:
    assert found(LONG * 4, "reading-age")
    assert not found("Staff must be kind online. Tell the head if you are not sure. " * 15, "reading-age")


def test_a_topic_is_missing_in_a_nation_whose_baseline_has_it_and_not_elsewhere() -> None:
    english = "Ofsted and KCSIE ask for this. Staff must be kind."
    assert "vetting" in {finding.about["topic"] for finding in found(english, "missing-topic")}
    scottish = "Education Scotland and the GTCS ask for this. Staff must be kind."
    assert found(scottish, "missing-topic") == []
    spoken = english + " We search online for shortlisted candidates."
    assert "vetting" not in {finding.about["topic"] for finding in found(spoken, "missing-topic")}


def test_every_rule_has_a_case_and_a_section_of_the_documentation() -> None:
    told = {case["rule"] for case in CASES} | {"reading-age"}
    assert told == {rule.value for rule in Rule}
    page = (Path(__file__).parents[3] / "docs" / "review-rules.md").read_text("utf-8")
    assert set(re.findall(r"^## `([a-z-]+)`", page, re.MULTILINE)) == {rule.value for rule in Rule}


def test_what_nobody_verified_is_a_note_and_never_an_error() -> None:
    text = "The Race Relations Act 1976 applies. Ask the LSCB. It is illegal for an adult to pose as a child online."
    unsure = [finding for finding in review(from_text(text), ON) if finding.sure == "C"]
    assert {finding.rule.value for finding in unsure} >= {"repealed-law", "superseded-guidance", "wrong-crime"}
    assert {finding.severity for finding in unsure} == {Severity.NOTE}


def test_a_finding_says_where_it_is_and_what_it_is_about() -> None:
    text = "Policy\n\n2 Law\n\nStaff heed:\n\n- the Equality Act 2010\n- the Malicious Communications Act 1998\n"
    (finding,) = found(text, "wrong-year")
    assert (finding.severity, finding.at) == (Severity.ERROR, "2 Law, line 8")
    assert finding.quote == "Staff heed: the Malicious Communications Act 1998"
    assert finding.about == {"title": "Malicious Communications Act", "year": "1998", "years": "1988"}


def test_a_law_is_repealed_from_the_day_of_its_repeal() -> None:
    text = from_text("The Data Protection Act 1998 applies.")
    assert not [f for f in review(text, date(2018, 5, 24)) if f.rule is Rule.REPEALED_LAW]
    assert [f for f in review(text, date(2018, 5, 25)) if f.rule is Rule.REPEALED_LAW]


def rules_of(policy: str) -> set[str]:
    return {finding.rule.value for finding in review(of_policy(compiled(policy)), ON)}


def test_the_five_policies_are_found_where_they_are_known_to_be_wrong() -> None:
    welsh = {"missing-appendix", "repealed-law", "wrong-year", "closed-platform", "overridden", "missing-topic"}
    assert {*welsh, "blank-left", "no-review-date"} <= rules_of("ewloe-green")
    assert {"overdue-review", "unsigned", "renamed-platform", "overridden"} <= rules_of("king-david")
    assert {"overdue-review", "closed-platform"} <= rules_of("knowsley-central")
    assert {"blank-left", "wrong-author", "overridden"} <= rules_of("lancashire")
    assert {"no-review-date", "overridden", "wrong-crime"} <= rules_of("asset-education")


def test_a_clause_at_odds_with_another_is_a_contradiction_with_a_situation() -> None:
    """None of the five has one: a permission within a ban is planted."""
    policy = load("lancashire")
    clause = policy.clause("LA-1")
    when = Condition((("who", ("teacher",)), ("act", ("ask_details",)), ("with", ("pupil",))))
    planted = replace(clause, norms=(Norm(Force.PERMITTED, when),))
    changed = replace(policy, clauses=tuple(planted if each.id == "LA-1" else each for each in policy.clauses))
    (finding,) = [f for f in review(of_policy(compile_policy(changed)), ON) if f.rule is Rule.CONTRADICTION]
    assert (finding.about["clause"], finding.about["other"]) == ("LA-1", "LA-5.3")
    assert "ask_details" in finding.about["facts"]
