"""The first page: whose policy it is, and whether it is still good."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from proviso.rules import rulebook
from proviso.web.public.published_policies import overdue
from tests.web.pages import link, main, read


def test_every_policy_is_offered_with_its_kind_nation_and_date(visitor: Client) -> None:
    text = read(visitor, "/")
    for policy in map(rulebook.load, rulebook.policy_ids()):
        assert policy.establishment in text
        assert f"{policy.kind.capitalize()} · {policy.nation}" in text
    assert "Staff Social Networking Policy, 1 September 2019" in text


def test_a_policy_leads_to_its_question(visitor: Client) -> None:
    assert link(main(visitor.get("/").text), "King David Primary School") == "/king-david/"


def test_a_review_that_is_overdue_or_has_no_date_is_told(visitor: Client) -> None:
    text = read(visitor, "/")
    assert "Review long overdue It was to be reviewed by 1 September 2021." in text
    assert "No review date The policy does not say when it is to be reviewed." in text


def test_a_review_is_overdue_from_the_day_after() -> None:
    policy = rulebook.load("king-david")
    assert not overdue(policy, date(2021, 9, 1))
    assert overdue(policy, date(2021, 9, 2))


def test_a_review_to_come_is_no_warning(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2019, 9, 2))
    assert "It was to be reviewed by 1 September 2021." not in read(visitor, "/")


def test_a_broken_policy_is_told_and_the_others_are_offered(visitor: Client, spoilt: Path) -> None:
    text = read(visitor, "/")
    assert "king-david Cannot be read" in text
    assert "Ewloe Green" in text


def test_no_policy_at_all_is_said(visitor: Client, spoilt: Path) -> None:
    for file in (spoilt / "policies").iterdir():
        file.unlink()
    assert "There is no policy here yet." in read(visitor, "/")
