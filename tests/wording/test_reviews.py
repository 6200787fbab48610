"""Findings and comparisons in sentences: every kind has one, in both languages, with all that is put in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from proviso.rules.norms import compare, odd_norms
from proviso.rules.review import from_text, of_policy, review
from proviso.rules.rulebook import compiled, policy_ids
from proviso.wording import comparisons, reviews, situations

ON = date(2026, 11, 22)
CASES = yaml.safe_load((Path(__file__).parents[1] / "rules" / "review" / "cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_every_finding_is_a_whole_sentence_with_something_to_do(language: str) -> None:
    findings = [finding for case in CASES for finding in review(from_text(case["wrong"]), ON)]
    findings += [finding for policy in policy_ids() for finding in review(of_policy(compiled(policy)), ON)]
    with translation.override(language):
        for finding in findings:
            words = reviews.in_words(finding)
            assert words.message and words.do and words.grave
            assert "%(" not in words.message
    assert {finding.kind for finding in findings} >= {"remark", "note", "yearly", "interval", "place", "edition", "old"}


def test_a_date_is_written_out_and_a_topic_has_its_name() -> None:
    with translation.override("en-gb"):
        said = [reviews.message(finding) for finding in review(of_policy(compiled("king-david")), ON)]
    assert "The review was due on 1 September 2021." in said
    assert any(line.endswith("does not: parents as friends.") for line in said)


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_every_difference_and_every_odd_norm_is_said(language: str) -> None:
    comparison = compare(compiled("asset-education"), compiled("ewloe-green"))
    with translation.override(language):
        lines = [situations.changed(each) for each in comparison.differences]
        lines += [comparisons.odd(norm) for norm in odd_norms(compiled("ewloe-green"))]
        lines += comparisons.counted(comparison, "A", "B")
    assert all(lines) and not any("%(" in line for line in lines)


def test_somebody_who_is_two_things_at_once_is_said_so() -> None:
    comparison = compare(compiled("asset-education"), compiled("ewloe-green"))
    with translation.override("en-gb"):
        lines = [situations.changed(each) for each in comparison.differences if any(one.at_once for one in each.where)]
    assert any(line.startswith("A teacher who is also a ") for line in lines)
