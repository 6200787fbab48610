"""Whoever holds an old picture of a record changes nothing by it: each service reads it anew, locked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from proviso.records.audit.models import Entry
from proviso.records.policies.models import Acknowledgement, Approval, Campaign, Version
from proviso.records.policies.services import acknowledgements, approvals, drafts, reviews
from proviso.records.policies.services.approvals import Approver, Decision
from proviso.records.policies.services.errors import NotPossible
from proviso.records.policies.services.reviews import ReviewDetails
from proviso.records.policies.signing_questions import QuestionAnswer, drawn_for, question_key
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, approved, draft, signature, submitted

DAY = timedelta(days=1)


def test_a_version_in_force_is_not_discarded(cast: Cast) -> None:
    stale = approved(cast, draft(cast))
    adopted_version = approvals.adopt_version(
        acting(cast.headteacher), stale, approvals.Adoption(TODAY, TODAY + DAY), now=NOW
    )
    assert stale.state == "approved"
    with pytest.raises(NotPossible, match="this is now “Adopted”"):
        drafts.discard_version(acting(cast.headteacher), stale, now=NOW)
    assert Version.objects.in_force(TODAY).get() == adopted_version


def test_of_two_opposite_decisions_the_first_stands(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    first, second = version.approvals.get(), version.approvals.get()
    approvals.decide_approval(acting(cast.chair), first, Decision(True, "Cosmo Underhay"), now=NOW)
    with pytest.raises(NotPossible):
        approvals.decide_approval(acting(cast.chair), second, Decision(False, comment="No."), now=NOW)
    assert Approval.objects.get().state == "approved"
    assert Version.objects.get().state == "approved"


def test_an_approver_who_has_decided_is_not_replaced(cast: Cast) -> None:
    version = submitted(cast, draft(cast, "king-david"))
    stale = version.approvals.get(capacity="headteacher")
    decision = Decision(True, "Hester Quillmore")
    approvals.decide_approval(acting(cast.headteacher), version.approvals.get(pk=stale.pk), decision, now=NOW)
    cast.deputy.roles.create(establishment=cast.school, kind="headteacher", starts_on=TODAY)
    with pytest.raises(NotPossible):
        approvals.replace_approver(acting(cast.clerk), stale, cast.deputy, now=NOW)
    assert Approval.objects.get(pk=stale.pk).state == "approved"
    assert version.approvals.count() == 2


def test_nobody_is_asked_to_approve_a_version_that_is_not_waiting_any_more(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    stale = version.approvals.select_related("version").get()
    cast.governor.roles.create(establishment=cast.school, kind="chair", starts_on=TODAY)
    drafts.discard_version(acting(cast.headteacher), version, now=NOW)
    with pytest.raises(NotPossible):
        approvals.replace_approver(acting(cast.clerk), stale, cast.governor, now=NOW)
    assert version.approvals.count() == 1


def test_a_version_that_was_withdrawn_is_neither_published_nor_reviewed(cast: Cast) -> None:
    stale = adopted(cast)
    approvals.withdraw_version(
        acting(cast.headteacher),
        Version.objects.get(),
        approvals.Withdrawal(TODAY, "The trust’s policy holds."),
        now=NOW,
    )
    details = ReviewDetails(TODAY, "The governing body", "Nothing.", "It is the same.", TODAY + 300 * DAY)
    with pytest.raises(NotPossible):
        reviews.confirm_review(acting(cast.clerk), stale, details, now=NOW)
    assert Version.objects.get().review_on != TODAY + 300 * DAY
    assert not stale.reviews.exists()


def test_nobody_is_consulted_on_what_was_discarded(cast: Cast) -> None:
    stale = draft(cast)
    drafts.discard_version(acting(cast.headteacher), stale, now=NOW)
    with pytest.raises(NotPossible):
        drafts.record_consultation(
            acting(cast.headteacher), stale, drafts.ConsultationDetails("The union", TODAY), now=NOW
        )
    assert not stale.consultations.exists()


def test_calling_a_change_a_correction_is_logged(cast: Cast) -> None:
    adopted(cast)
    head = acting(cast.headteacher)
    version = drafts.start_next_version(head, cast.school, now=NOW)
    drafts.describe_change(head, version, version.edition, drafts.Description("correction", "A comma."), now=NOW)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.action, entry.details["change"]) == ("version.described", "correction")


def test_a_signature_needs_the_text_and_the_questions(cast: Cast) -> None:
    version, actor = adopted(cast), acting(cast.teacher)
    campaign, whole = Campaign.objects.get(), signature(cast.teacher, version)
    assert len(whole.answers) == 3
    wrong_question = [*whole.answers[:2], QuestionAnswer("{}", whole.answers[2].chosen)]
    no_option = [*whole.answers[:2], QuestionAnswer(whole.answers[2].question, "perhaps")]
    for answers in ((), whole.answers[:2], wrong_question, no_option):
        with pytest.raises(NotPossible, match="Answer the questions"):
            acknowledgements.acknowledge_version(actor, campaign, replace(whole, answers=answers), now=NOW)
    with pytest.raises(NotPossible, match="to its end"):
        acknowledgements.acknowledge_version(actor, campaign, replace(whole, has_read_to_end=False), now=NOW)
    assert not Acknowledgement.objects.exists()


def test_a_wrong_answer_is_kept_and_keeps_nobody_from_signing(cast: Cast) -> None:
    version, actor = adopted(cast), acting(cast.teacher)
    [question, *_others] = questions = drawn_for(cast.teacher, ["teacher"], version, TODAY)
    wrong = next(option for option in question.options if option != question.right)
    answers = [QuestionAnswer(question_key(each), wrong if each is question else each.right) for each in questions]
    row = acknowledgements.acknowledge_version(
        actor, Campaign.objects.get(), signature(cast.teacher, version, answers=answers), now=NOW
    )
    kept = Acknowledgement.objects.get(pk=row.pk).answers
    assert [each["chosen"] == each["right"] for each in kept] == [False, True, True]
    assert kept[0]["clauses"] == list(question.clauses)


def test_one_person_does_not_approve_in_two_roles(cast: Cast) -> None:
    version = draft(cast, "king-david")
    cast.headteacher.roles.create(establishment=cast.school, kind="chair", starts_on=TODAY)
    approvers = [Approver(cast.headteacher, "headteacher"), Approver(cast.headteacher, "chair")]
    with pytest.raises(NotPossible, match="different person"):
        approvals.submit_version(acting(cast.headteacher), version, approvers, now=NOW)


def test_whoever_prepared_a_version_does_not_approve_it_alone(cast: Cast) -> None:
    cast.headteacher.roles.create(establishment=cast.school, kind="chair", starts_on=TODAY)
    version = draft(cast)
    with pytest.raises(NotPossible, match="Hester Quillmore prepared it"):
        approvals.submit_version(acting(cast.headteacher), version, [Approver(cast.headteacher, "chair")], now=NOW)


def test_with_the_clock_set_back_nobody_signs_twice(cast: Cast) -> None:
    version = adopted(cast)
    campaign = Campaign.objects.get()
    words = signature(cast.teacher, version)
    no = acknowledgements.SigningResponse("declined", version.fingerprint, reason="Not yet.")
    acknowledgements.acknowledge_version(acting(cast.teacher), campaign, no, now=NOW)
    early = NOW - timedelta(hours=1)
    acknowledgements.acknowledge_version(acting(cast.teacher), campaign, words, now=early)
    with pytest.raises(NotPossible, match="signed this already"):
        acknowledgements.acknowledge_version(acting(cast.teacher), campaign, words, now=early)
    assert Acknowledgement.objects.count() == 2
