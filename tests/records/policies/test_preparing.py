"""Preparing a version: from a model, varied with reasons, and nobody's work lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from proviso.records.audit.models import Entry
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.policies import compiled, policy_edits
from proviso.records.policies.models import Version
from proviso.records.policies.services import approvals, drafts
from proviso.records.policies.services.drafts import ClauseChange, Particulars
from proviso.records.policies.services.errors import ChangedMeanwhile, NotPossible
from proviso.rules import rulebook
from proviso.rules.norms import Condition, Force, Norm, assume
from proviso.rules.rulebook import RulebookError
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import NEXT_YEAR, acting, adopted, draft, filled, submitted


def change(version: Version, clause: str, **fields: Any) -> ClauseChange:
    return ClauseChange(replace(compiled.policy_of(version).clause(clause), **fields), "It is so here.")


def test_a_school_begins_from_the_model_under_its_own_name(cast: Cast) -> None:
    policy = compiled.policy_of(draft(cast))
    assert (policy.id, policy.establishment, policy.kind) == ("oak-lane", "Oak Lane Primary School", "policy")
    assert policy.name == "Policy on social networking and social media"
    assert {clause.id for clause in policy.clauses} == {clause.id for clause in rulebook.load("lancashire").clauses}
    assert [clause.number for clause in policy.clauses][:3] == ["1.1", "2.1", "3.1"]
    assert policy.clause("LA-0a").text == "The governing body adopts this policy for Oak Lane Primary School."


@pytest.mark.parametrize("model", rulebook.policy_ids())
def test_what_the_rulebook_remarks_about_a_source_never_reaches_a_version(cast: Cast, model: str) -> None:
    remarks = [clause.source_note for clause in rulebook.load(model).clauses if clause.source_note]
    version = drafts.start_version(acting(cast.headteacher), cast.school, drafts.rulebook_model(model), now=NOW)
    assert remarks
    assert "source_note" not in version.text
    assert [remark for remark in remarks if remark in " ".join(version.text.split())] == []


def test_one_version_is_prepared_at_a_time(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(NotPossible, match="Version 1 is already being prepared"):
        drafts.start_version(acting(cast.headteacher), cast.school, drafts.rulebook_model("king-david"), now=NOW)


def test_a_changed_clause_answers_otherwise_and_says_who_changed_it_and_why(cast: Cast) -> None:
    version = draft(cast)
    milder = Norm(
        Force.CAUTION, Condition((("who", ("employees",)), ("act", ("browse",)), ("when", ("working_hours",))))
    )
    changed = drafts.change_clause(
        acting(cast.headteacher), version, version.edition, change(version, "LA-4.1i", norms=(milder,)), now=NOW
    )
    facts = {"who": ["teacher"], "act": "browse", "when": "working_hours"}
    book = compiled.compiled_policy(changed)
    ruling = assume(book, book.vocabulary.situation(facts)).ruling
    assert ruling.outcome.value == "caution"
    varied = changed.variations.get()
    assert (varied.clause, varied.kind, varied.reason, varied.by) == (
        "LA-4.1i",
        "amended",
        "It is so here.",
        cast.headteacher,
    )
    assert "changed clause LA-4.1i in version 1: It is so here." in [entry.sentence for entry in Entry.objects.all()]


def test_a_change_without_a_reason_is_refused_and_changes_nothing(cast: Cast) -> None:
    version = draft(cast)
    wanted = ClauseChange(replace(compiled.policy_of(version).clause("LA-1"), text="Other words."), "  ")
    with pytest.raises(NotPossible, match="Say why"):
        drafts.change_clause(acting(cast.headteacher), version, version.edition, wanted, now=NOW)
    assert Version.objects.get().text == version.text


def test_what_the_clause_language_forbids_never_reaches_a_draft(cast: Cast) -> None:
    version = draft(cast)
    twice = Norm(Force.PROHIBITED, Condition((("act", ("connect",)),), flags=("own_family",), no=("own_family",)))
    with pytest.raises(RulebookError, match="never apply"):
        drafts.change_clause(
            acting(cast.headteacher), version, version.edition, change(version, "LA-4.1i", norms=(twice,)), now=NOW
        )
    assert Version.objects.get().text == version.text


def test_a_clause_that_is_switched_off_is_gone_with_all_that_pointed_at_it_and_can_come_back(cast: Cast) -> None:
    version = draft(cast)
    head = acting(cast.headteacher)
    before = compiled.policy_of(version)
    off = drafts.switch_clause_off(
        head, version, version.edition, drafts.SwitchOff("LA-2", "Ours covers others."), now=NOW
    )
    without = compiled.policy_of(off)
    assert "LA-2" not in [clause.id for clause in without.clauses]
    assert without.covered_by == ()
    back = drafts.restore_clause(head, off, off.edition, "LA-2", now=NOW)
    assert compiled.policy_of(back) == before
    assert not back.variations.exists()


def test_the_id_of_an_own_clause_is_never_used_again(cast: Cast) -> None:
    version = draft(cast)
    head = acting(cast.headteacher)
    clause = replace(compiled.policy_of(version).clause("LA-1"), id="", text="We keep a list of our accounts.")
    first = drafts.add_clause(head, version, version.edition, ClauseChange(clause, "Ours."), now=NOW)
    assert first.id == "OWN-1"
    adopted(cast, Version.objects.get())
    following = drafts.start_next_version(head, cast.school, now=NOW)
    following = drafts.switch_clause_off(
        head, following, following.edition, drafts.SwitchOff("OWN-1", "Not wanted."), now=NOW
    )
    second = drafts.add_clause(head, following, following.edition, ClauseChange(clause, "Other."), now=NOW)
    assert second.id == "OWN-2"


def test_two_who_change_one_draft_are_told_of_each_other(cast: Cast) -> None:
    version = draft(cast)
    seen = version.edition
    drafts.change_clause(acting(cast.headteacher), version, seen, change(version, "LA-1", text="Hers."), now=NOW)
    with pytest.raises(ChangedMeanwhile) as met:
        drafts.change_clause(acting(cast.clerk), version, seen, change(version, "LA-1", text="His."), now=NOW)
    assert compiled.policy_of(met.value.version).clause("LA-1").text == "Hers."
    again = drafts.change_clause(
        acting(cast.clerk), version, met.value.version.edition, change(version, "LA-1", text="His."), now=NOW
    )
    assert compiled.policy_of(again).clause("LA-1").text == "His."


def test_a_review_comes_after_the_first_day(cast: Cast) -> None:
    version = draft(cast)
    wrong = Particulars(in_force_from=NEXT_YEAR, review_on=TODAY)
    with pytest.raises(NotPossible, match="after the day on which the policy comes into force"):
        drafts.fill_particulars(acting(cast.headteacher), version, version.edition, wrong, now=NOW)


def test_a_model_may_fix_clauses_that_schools_cannot_vary(cast: Cast) -> None:
    trust = adopted(cast, filled_by_trust(cast))
    published = approvals.publish_model(acting(cast.executive), trust, ["AE-2.1a", "no such clause"], now=NOW)
    assert published.fixed_clauses == ["AE-2.1a"]
    version = drafts.start_version(acting(cast.headteacher), cast.school, drafts.published_model(published), now=NOW)
    head = acting(cast.headteacher)
    with pytest.raises(NotPossible, match="does not let schools vary"):
        drafts.switch_clause_off(head, version, version.edition, drafts.SwitchOff("AE-2.1a", "We want to."), now=NOW)
    drafts.switch_clause_off(head, version, version.edition, drafts.SwitchOff("AE-2.1i", "We want to."), now=NOW)


def filled_by_trust(cast: Cast) -> Version:
    actor = acting(cast.executive)
    model = drafts.rulebook_model("asset-education")
    return filled(actor, drafts.start_version(actor, cast.trust, model, now=NOW))


def test_the_text_of_a_submitted_version_cannot_be_changed_by_anybody_not_even_past_the_program(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    with pytest.raises(NotPossible, match="this is now “Waiting for approval”"):
        drafts.change_clause(
            acting(cast.headteacher), version, version.edition, change(version, "LA-1", text="Other."), now=NOW
        )
    for forbidden in ({"text": "other"}, {"fingerprint": "other"}):
        with pytest.raises(DatabaseError, match="cannot be changed|stays what it is"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**forbidden)
    with pytest.raises(DatabaseError, match="cannot be changed|stays what it is"), transaction.atomic():
        Version.objects.filter(pk=version.pk)._raw_delete("default")


def test_a_teacher_may_not_prepare_and_for_another_school_there_is_nothing_to_prepare(cast: Cast) -> None:
    model = drafts.rulebook_model("lancashire")
    with pytest.raises(Refused):
        drafts.start_version(acting(cast.teacher), cast.school, model, now=NOW)
    with pytest.raises(Hidden):
        drafts.start_version(acting(cast.outsider), cast.school, model, now=NOW)


def test_a_discarded_version_stays_on_record_and_makes_room_for_the_next(cast: Cast) -> None:
    version = draft(cast)
    drafts.discard_version(acting(cast.headteacher), version, now=NOW)
    following = draft(cast, "king-david")
    assert [(version.number, version.state) for version in Version.objects.order_by("number")] == [
        (1, "discarded"),
        (2, "draft"),
    ]
    assert following.previous is None


@pytest.mark.parametrize("model", rulebook.policy_ids())
def test_every_clause_of_every_model_can_be_switched_off_and_brought_back(model: str) -> None:
    policy = rulebook.load(model)
    for clause in policy.clauses:
        off = policy_edits.without(policy, clause.id)
        policy_edits.written(off)  # still valid without it
        assert policy_edits.restored(off, policy, clause.id) == policy, clause.id
