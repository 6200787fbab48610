"""What two people do at the same moment: one of them wins, the other is told in words, and nothing is half done."""

from collections.abc import Iterator
from typing import Any

import pytest

from proviso.records.policies.campaigns import open_at
from proviso.records.policies.models import Acknowledgement, Approval, Campaign, Version
from proviso.records.policies.services import acknowledgements, approvals, drafts
from proviso.records.policies.services.approvals import Adoption, Decision
from tests import races
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.races import at_once, refused
from tests.records.policies.life import acting, adopted, approved, draft, signature, submitted


@pytest.fixture(scope="module")
def database(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), races.database():
        yield


@pytest.fixture
def committed(database: None) -> Iterator[Cast]:
    with races.everybody() as everybody:
        yield everybody


def test_an_adoption_that_was_acknowledged_is_not_undone_by_a_discard(committed: Cast) -> None:
    version, head, clerk = approved(committed, draft(committed)), acting(committed.headteacher), acting(committed.clerk)
    results = at_once(
        lambda: approvals.adopt_version(head, version, Adoption(TODAY, TODAY), now=NOW),
        lambda: drafts.discard_version(clerk, version, now=NOW),
    )
    assert len(refused(results)) == 1
    won = next(result for result in results if isinstance(result, Version))
    assert Version.objects.get().state == won.state
    assert Version.objects.in_force(TODAY).exists() == (won.state == "adopted")
    assert Campaign.objects.exists() == (won.state == "adopted")


def test_of_two_opposite_decisions_one_wins(committed: Cast) -> None:
    approval = submitted(committed, draft(committed)).approvals.get()
    chair = acting(committed.chair)
    results = at_once(
        lambda: approvals.decide_approval(chair, approval, Decision(True, "Cosmo Underhay"), now=NOW),
        lambda: approvals.decide_approval(chair, approval, Decision(False, comment="Name the app."), now=NOW),
    )
    assert len(refused(results)) == 1
    expected = {"approved": "approved", "returned": "draft"}
    assert Version.objects.get().state == expected[Approval.objects.get().state]


def test_a_decision_and_a_reopening_do_not_lock_each_other_out(committed: Cast) -> None:
    version = submitted(committed, draft(committed))
    approval, chair, clerk = version.approvals.get(), acting(committed.chair), acting(committed.clerk)
    at_once(
        lambda: approvals.decide_approval(chair, approval, Decision(True, "Cosmo Underhay"), now=NOW),
        lambda: approvals.reopen_version(clerk, version, now=NOW),
    )
    assert (Version.objects.get().state, Approval.objects.get().state) == ("draft", "lapsed")


def test_a_version_is_begun_once(committed: Cast) -> None:
    model, head = drafts.rulebook_model("lancashire"), acting(committed.headteacher)
    begin = lambda: drafts.start_version(head, committed.school, model, now=NOW)  # noqa: E731  # done eight times
    results = at_once(*[begin] * 8)
    assert len(refused(results)) == 7
    assert all("Version 1 is already being prepared" in refusal.messages[0] for refusal in refused(results))
    assert Version.objects.count() == 1


def test_asked_anew_twenty_times_at_once_leaves_one_open_signing(committed: Cast) -> None:
    version, head = adopted(committed), acting(committed.headteacher)
    results = at_once(*[lambda: acknowledgements.open_yearly(head, version, TODAY, now=NOW)] * 20)
    assert len(refused(results)) == 19
    assert Campaign.objects.filter(closed_on=None).get() == open_at(committed.school.pk, TODAY)
    assert Campaign.objects.count() == 2


def test_a_signature_is_given_once(committed: Cast) -> None:
    version, teacher, campaign = adopted(committed), acting(committed.teacher), Campaign.objects.get()
    words = signature(committed.teacher, version)
    results = at_once(*[lambda: acknowledgements.acknowledge_version(teacher, campaign, words, now=NOW)] * 5)
    assert len(refused(results)) == 4
    assert Acknowledgement.objects.get().kind == "signed"


def test_an_exemption_is_granted_or_refused(committed: Cast) -> None:
    version, campaign = adopted(committed), Campaign.objects.get()
    wish = acknowledgements.SigningResponse("exemption_asked", version.fingerprint, reason="On leave.")
    asked = acknowledgements.acknowledge_version(acting(committed.teacher), campaign, wish, now=NOW)
    head, chair = acting(committed.headteacher), acting(committed.chair)
    results = at_once(
        lambda: acknowledgements.decide_exemption(head, asked, True, "On leave.", now=NOW),
        lambda: acknowledgements.decide_exemption(chair, asked, False, "Please sign.", now=NOW),
    )
    assert len(refused(results)) == 1
    assert Acknowledgement.objects.count() == 2
