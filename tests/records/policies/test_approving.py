"""Approving and adopting: by named people who hold the role, of the very text, one version after the other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from proviso.records.audit.models import Entry
from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import FreshSecondFactorNeeded, Hidden, Refused
from proviso.records.policies.models import Approval, Campaign, Review, Version
from proviso.records.policies.selectors.versions import (
    approvals_given,
    approvals_of,
    latest_adopted,
    newer_model,
    public_version,
    published_models,
    variations_of,
)
from proviso.records.policies.services import approvals, drafts, reviews
from proviso.records.policies.services.approvals import Adoption, Approver, Decision
from proviso.records.policies.services.errors import NotPossible
from proviso.records.policies.services.reviews import ReviewDetails
from proviso.rules import rulebook
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import NEXT_YEAR, acting, adopted, approved, draft, filled, submitted

DAY = timedelta(days=1)
YES = Decision(True, "Cosmo Underhay")


def waiting(version: Version) -> Approval:
    return version.approvals.select_related("person").get(state="waiting")


@pytest.mark.parametrize(
    ("model", "roles"),
    [
        ("lancashire", ["chair"]),  # the governing body adopts it
        ("king-david", ["headteacher", "chair"]),  # both sign
        ("knowsley-central", ["headteacher", "chair"]),
        ("ewloe-green", ["headteacher", "chair"]),
        ("asset-education", ["chair"]),  # in a school of the trust, its trustees' part falls to the chair
    ],
)
def test_a_policy_says_itself_who_approves_it(model: str, roles: list[str]) -> None:
    school = Establishment(kind="school")
    assert list(approvals.capacities(rulebook.load(model), school)) == roles


def test_above_a_school_the_trust_executive_approves() -> None:
    trust = Establishment(kind="trust")
    assert approvals.capacities(rulebook.load("asset-education"), trust) == ("executive",)


def test_somebody_is_asked_for_every_role_whose_approval_the_policy_wants(cast: Cast) -> None:
    version = draft(cast, "king-david")
    only_head = [Approver(cast.headteacher, "headteacher")]
    with pytest.raises(NotPossible, match="Chair of governors"):
        approvals.submit_version(acting(cast.headteacher), version, only_head, now=NOW)


def test_nobody_is_asked_in_a_role_that_they_do_not_hold(cast: Cast) -> None:
    version = draft(cast)
    with pytest.raises(NotPossible, match="Greta Fennimoss is not Chair of governors here"):
        approvals.submit_version(acting(cast.headteacher), version, [Approver(cast.governor, "chair")], now=NOW)


def test_without_particulars_nothing_is_submitted(cast: Cast) -> None:
    model = drafts.rulebook_model("lancashire")
    version = drafts.start_version(acting(cast.headteacher), cast.school, model, now=NOW)
    with pytest.raises(NotPossible, match="Fill in the policy details first"):
        submitted(cast, version)


def test_the_chair_approves_with_their_name_and_a_second_factor(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    done = approvals.decide_approval(acting(cast.chair), waiting(version), YES, now=NOW)
    assert (done.state, done.typed_name, done.decided_at) == ("approved", "Cosmo Underhay", NOW)
    assert done.fingerprint == version.fingerprint
    assert Version.objects.get().state == "approved"


@pytest.mark.parametrize("minutes", [None, 16])
def test_without_a_fresh_second_factor_nothing_is_approved(cast: Cast, minutes: int | None) -> None:
    version = submitted(cast, draft(cast))
    proved = NOW - timedelta(minutes=minutes) if minutes else None
    with pytest.raises(FreshSecondFactorNeeded):
        approvals.decide_approval(acting(cast.chair, proved=proved), waiting(version), YES, now=NOW)


def test_another_name_is_no_signature(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    with pytest.raises(NotPossible, match="Type your name as it stands here: Cosmo Underhay"):
        approvals.decide_approval(acting(cast.chair), waiting(version), Decision(True, "C. Underhay"), now=NOW)


def test_nobody_approves_for_somebody_else(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    with pytest.raises(Refused):
        approvals.decide_approval(acting(cast.headteacher), waiting(version), YES, now=NOW)
    with pytest.raises(Hidden):
        approvals.decide_approval(acting(cast.outsider), waiting(version), YES, now=NOW)


def test_an_approver_whose_role_has_ended_cannot_approve_and_somebody_else_is_asked(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    Role.objects.filter(person=cast.chair).update(ends_on=TODAY - DAY)
    approval = waiting(version)
    with pytest.raises(Hidden):  # with the role went the school itself
        approvals.decide_approval(acting(cast.chair), approval, YES, now=NOW)
    Role.objects.create(person=cast.chair, establishment=cast.school, kind="governor", starts_on=TODAY)
    with pytest.raises(NotPossible, match=f"as Chair of governors ended on {TODAY - DAY}"):
        approvals.decide_approval(acting(cast.chair), approval, YES, now=NOW)
    Role.objects.create(person=cast.governor, establishment=cast.school, kind="chair", starts_on=TODAY)
    asked = approvals.replace_approver(acting(cast.clerk), approval, cast.governor, now=NOW)
    approvals.decide_approval(acting(cast.governor), asked, Decision(True, "Greta Fennimoss"), now=NOW)
    assert Version.objects.get().state == "approved"


def test_returned_for_changes_it_is_a_draft_again_and_approvals_lapse(cast: Cast) -> None:
    version = submitted(cast, draft(cast, "king-david"))
    head, chair = version.approvals.order_by("pk")
    approvals.decide_approval(acting(cast.headteacher), head, Decision(True, "Hester Quillmore"), now=NOW)
    with pytest.raises(NotPossible, match="Say what should change"):
        approvals.decide_approval(acting(cast.chair), chair, Decision(False), now=NOW)
    approvals.decide_approval(acting(cast.chair), chair, Decision(False, comment="Name the app."), now=NOW)
    assert Version.objects.get().state == "draft"
    assert sorted(version.approvals.values_list("state", flat=True)) == ["lapsed", "returned"]


def test_what_is_not_approved_is_not_adopted(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="Waiting for approval"):
        approvals.adopt_version(acting(cast.clerk), submitted(cast, draft(cast)), Adoption(TODAY, TODAY), now=NOW)


def test_adopted_it_is_in_force_and_everybody_is_asked_to_sign(cast: Cast) -> None:
    version = adopted(cast)
    assert public_version(Public(TODAY), "oak-lane") == version
    assert public_version(Public(TODAY - DAY), "oak-lane") is None
    campaign = Campaign.objects.get()
    assert (campaign.version, campaign.due_on) == (version, TODAY + timedelta(days=28))


@pytest.mark.parametrize(
    ("adoption", "words"),
    [
        (Adoption(TODAY + DAY, TODAY + DAY), "must be today or in the past"),
        (Adoption(TODAY, TODAY - DAY), "must be today or in the future"),
    ],
)
def test_days_that_cannot_be_are_refused(cast: Cast, adoption: Adoption, words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        approvals.adopt_version(acting(cast.clerk), approved(cast, draft(cast)), adoption, now=NOW)


def test_the_next_version_ends_the_one_before_and_never_overwrites_it(cast: Cast) -> None:
    first = adopted(cast)
    text = first.text
    head = acting(cast.headteacher)
    second = drafts.start_next_version(head, cast.school, now=NOW)
    with pytest.raises(NotPossible, match="Version 1 has been in force since"):
        adopted(cast, filled(head, second))
    approvals.reopen_version(head, second, now=NOW)
    second = adopted(cast, filled(head, Version.objects.get(number=2), first=TODAY + 10 * DAY))
    first.refresh_from_db()
    assert (first.text, first.state, first.in_force_until) == (text, "adopted", TODAY + 9 * DAY)
    assert public_version(Public(TODAY + 9 * DAY), "oak-lane") == first
    assert public_version(Public(TODAY + 10 * DAY), "oak-lane") == second
    assert second.previous == first


def test_withdrawn_it_holds_until_its_last_day_and_nobody_is_asked_to_sign(cast: Cast) -> None:
    version = adopted(cast)
    with pytest.raises(NotPossible, match="Say why"):
        approvals.withdraw_version(acting(cast.headteacher), version, approvals.Withdrawal(TODAY, " "), now=NOW)
    approvals.withdraw_version(
        acting(cast.headteacher), version, approvals.Withdrawal(TODAY + DAY, "The trust's policy holds."), now=NOW
    )
    assert public_version(Public(TODAY + DAY), "oak-lane") == version
    assert public_version(Public(TODAY + 2 * DAY), "oak-lane") is None
    assert Campaign.objects.get().closed_on == TODAY
    assert not cast.school.tasks.filter(dropped_on=None).exists()


def test_a_school_sees_that_the_model_of_its_trust_has_moved_on(cast: Cast) -> None:
    executive = acting(cast.executive)
    model = drafts.rulebook_model("asset-education")
    trusts = adopted(cast, filled(executive, drafts.start_version(executive, cast.trust, model, now=NOW)))
    assert published_models(acting(cast.headteacher), cast.school) == []
    approvals.publish_model(executive, trusts, [], now=NOW)
    assert published_models(acting(cast.headteacher), cast.school) == [trusts]
    assert published_models(acting(cast.outsider), cast.elsewhere) == []
    head = acting(cast.headteacher)
    school = drafts.start_version(head, cast.school, drafts.published_model(trusts), now=NOW)
    school = adopted(cast, filled(head, school))
    assert newer_model(acting(cast.headteacher), school) is None
    newer = drafts.start_next_version(executive, cast.trust, now=NOW)
    newer = adopted(cast, filled(executive, newer, first=TODAY + DAY))
    approvals.publish_model(executive, newer, [], now=NOW)
    moved = newer_model(acting(cast.headteacher), school)
    assert moved is not None and moved.version == newer


def test_what_is_being_prepared_is_read_by_those_who_prepare_and_approve_alone(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    assert [approval.version for approval in approvals_of(acting(cast.headteacher), version)] == [version]
    readings = (approvals_of, approvals_given, variations_of, newer_model)
    for read in readings:
        with pytest.raises(Refused):
            read(acting(cast.teacher), version)
        with pytest.raises(Hidden):
            read(acting(cast.outsider), version)
    for read in (approvals_given, variations_of):
        with pytest.raises(Hidden):
            read(Public(TODAY), version)
    for reading in (published_models, latest_adopted):
        with pytest.raises(Refused):
            reading(acting(cast.teacher), cast.school)


def test_who_approved_a_version_in_force_is_public(cast: Cast) -> None:
    version = adopted(cast)
    assert len(approvals_given(Public(TODAY), version)) == version.approvals.count()
    with pytest.raises(Hidden):
        approvals_given(Public(TODAY - DAY), version)


def test_a_school_publishes_no_models(cast: Cast) -> None:
    with pytest.raises(Refused):
        approvals.publish_model(acting(cast.headteacher), adopted(cast), [], now=NOW)


def review(**changes: Any) -> ReviewDetails:
    details = ReviewDetails(
        reviewed_on=TODAY,
        reviewer="The policy committee",
        meeting="Autumn term",
        minute="7/2",
        law="The guidance of September was read; nothing has to change.",
        model="The model has not changed.",
        review_on=NEXT_YEAR + DAY,
    )
    return replace(details, **changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_on": TODAY}, "must lie in the future"),
        ({"reviewed_on": TODAY + DAY}, "must be today or in the past"),
        ({"reviewer": " "}, "cannot be blank"),
        ({"law": ""}, "cannot be blank"),
    ],
)
def test_a_review_that_says_too_little_is_refused(cast: Cast, changes: dict[str, Any], words: str) -> None:
    version = adopted(cast)
    with pytest.raises(ValidationError, match=words):
        reviews.confirm_review(acting(cast.clerk), version, review(**changes), now=NOW)
    assert not Review.objects.exists()


def test_a_review_that_leaves_it_as_it_is_is_kept_and_sets_the_next_date(cast: Cast) -> None:
    version = adopted(cast)
    row = reviews.confirm_review(acting(cast.clerk), version, review(), now=NOW)
    version.refresh_from_db()
    assert version.review_on == NEXT_YEAR + DAY
    assert (row.reviewer, row.minute, row.recorded_by) == ("The policy committee", "7/2", cast.clerk)
    assert "recorded that The policy committee reviewed version 1" in Entry.objects.order_by("-number")[0].sentence
    with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
        Review.objects.update(law="Other words.")
