"""Reading and signing: everybody covered, bound to the text, append-only, nobody for another without it showing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from proviso.records.audit.models import Entry
from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.selectors import acknowledgements as read
from proviso.records.policies.services import acknowledgements, drafts
from proviso.records.policies.services.acknowledgements import SigningResponse
from proviso.records.policies.services.drafts import Description
from proviso.records.policies.services.errors import NotPossible, ReplacedMeanwhile
from proviso.records.policies.signatories import SigningStatus, signatories_of
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft, filled, signature

DAY = timedelta(days=1)


def sign(version: Version, person: Person) -> Acknowledgement:
    return acknowledgements.acknowledge_version(
        acting(person), Campaign.objects.get(closed_on=None), signature(person, version), now=NOW
    )


def standings(cast: Cast) -> dict[str, SigningStatus]:
    campaign = read.current_campaign(acting(cast.headteacher), cast.school)
    assert campaign is not None
    return {signatory.person.given_name: signatory.standing for signatory in signatories_of(campaign, TODAY)}


def since_yesterday(cast: Cast) -> Version:
    return adopted(cast, draft(cast, first=TODAY - DAY))


def following(cast: Cast, change: str, first: date = TODAY) -> Version:
    """Return the next version, in force since today, as a material change or a correction."""
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=first)
    version = drafts.describe_change(head, version, version.edition, Description(change, "A comma."), now=NOW)
    clause = drafts.ClauseChange(replace(policy_of(version).clause("LA-1"), text="Other words."), "Clearer.")
    return adopted(cast, drafts.change_clause(head, version, version.edition, clause, now=NOW))


def test_everybody_covered_is_asked_and_nobody_else(cast: Cast) -> None:
    adopted(cast)  # Lancashire's covers teachers, support staff and the headteacher; a task alone makes staff
    assert set(standings(cast)) == {
        "Hester", "Dunstan", "Saffron", "Clement", "Ada", "Tobias", "Sorrel", "Tamsin",
    }  # fmt: skip


def test_volunteers_are_asked_where_the_policy_covers_them(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    assert "Vernon" in standings(cast)


def test_a_signature_is_bound_to_the_text_that_was_read(cast: Cast) -> None:
    version = adopted(cast)
    row = sign(version, cast.teacher)
    assert (row.fingerprint, row.version, row.at, row.recorded_by) == (version.fingerprint, version, NOW, cast.teacher)
    assert standings(cast)["Tobias"] is SigningStatus.SIGNED
    assert Entry.objects.order_by("-number")[0].sentence == "read and signed version 1"


def test_answers_of_those_who_sign_can_only_be_added(cast: Cast) -> None:
    row = sign(adopted(cast), cast.teacher)
    rows = Acknowledgement.objects.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
        rows.update(kind="declined")
    with pytest.raises(DatabaseError, match="can only be added"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize("typed", ["", "T. Wrenfield", "Hester Quillmore"])
def test_another_name_is_no_signature(cast: Cast, typed: str) -> None:
    version = adopted(cast)
    with pytest.raises(NotPossible, match="Tobias Wrenfield"):
        acknowledgements.acknowledge_version(
            acting(cast.teacher), Campaign.objects.get(), signature(cast.teacher, version, typed_name=typed), now=NOW
        )


def test_a_name_may_be_typed_in_small_letters_and_with_blanks(cast: Cast) -> None:
    version = adopted(cast)
    words = signature(cast.teacher, version, typed_name="  tobias   wrenfield ")
    row = acknowledgements.acknowledge_version(acting(cast.teacher), Campaign.objects.get(), words, now=NOW)
    assert row.typed_name == "tobias wrenfield"


def test_nobody_signs_twice(cast: Cast) -> None:
    version = adopted(cast)
    sign(version, cast.teacher)
    with pytest.raises(NotPossible, match="signed this already"):
        sign(version, cast.teacher)
    assert Acknowledgement.objects.count() == 1


def test_who_is_not_covered_has_nothing_to_sign(cast: Cast) -> None:
    version = adopted(cast)
    with pytest.raises(NotPossible, match="does not cover your roles"):
        sign(version, cast.governor)


def test_a_version_that_was_replaced_a_second_ago_is_not_signed_and_the_reader_learns_which_is(cast: Cast) -> None:
    first = since_yesterday(cast)
    campaign = Campaign.objects.get()
    second = following(cast, "material")
    words = signature(cast.teacher, first)
    with pytest.raises(ReplacedMeanwhile) as replaced:
        acknowledgements.acknowledge_version(acting(cast.teacher), campaign, words, now=NOW)
    assert replaced.value.current == second
    assert not Acknowledgement.objects.exists()


def test_a_correction_keeps_signatures_and_a_material_change_asks_again(cast: Cast) -> None:
    first = since_yesterday(cast)
    sign(first, cast.teacher)
    corrected = following(cast, "correction")
    assert standings(cast)["Tobias"] is SigningStatus.SIGNED
    with pytest.raises(ReplacedMeanwhile):  # whoever still has the uncorrected page open
        sign(first, cast.support)
    sign(corrected, cast.support)
    assert Acknowledgement.objects.get(person=cast.support).version == corrected


def test_a_material_change_asks_everybody_again(cast: Cast) -> None:
    first = since_yesterday(cast)
    sign(first, cast.teacher)
    following(cast, "material")
    assert standings(cast)["Tobias"] is SigningStatus.WAITING
    assert Acknowledgement.objects.filter(version=first, person=cast.teacher).exists()


def test_until_the_first_day_of_the_next_version_the_one_in_force_is_signed(cast: Cast) -> None:
    first = adopted(cast)
    sign(first, cast.teacher)
    wish = SigningResponse("exemption_asked", first.fingerprint, reason="On leave until June.")
    head, running = acting(cast.headteacher), Campaign.objects.get()
    acknowledgements.acknowledge_version(acting(cast.support), running, wish, now=NOW)
    second = following(cast, "material", first=TODAY + 10 * DAY)
    assert read.current_campaign(head, cast.school) == running
    assert standings(cast)["Tobias"] is SigningStatus.SIGNED
    assert [row.person for row in read.exemptions_asked(head, cast.school, TODAY)] == [cast.support]
    acknowledgements.acknowledge_version(head, running, signature(cast.headteacher, first), now=NOW)
    with pytest.raises(NotPossible, match="Version 2 comes into force on"):
        acknowledgements.open_yearly(head, first, TODAY + 30 * DAY, now=NOW)
    begun = acting(cast.headteacher, TODAY + 10 * DAY)
    campaign = read.current_campaign(begun, cast.school)
    assert campaign is not None and campaign.version == second
    assert {each.standing for each in signatories_of(campaign, begun.on)} == {SigningStatus.WAITING}


def test_until_the_first_day_of_a_correction_the_uncorrected_text_is_signed(cast: Cast) -> None:
    first = adopted(cast)
    corrected = following(cast, "correction", first=TODAY + DAY)
    sign(first, cast.teacher)
    tomorrow = acting(cast.support, TODAY + DAY)
    campaign = Campaign.objects.get()
    with pytest.raises(ReplacedMeanwhile) as replaced:
        acknowledgements.acknowledge_version(tomorrow, campaign, signature(cast.support, first), now=NOW)
    assert replaced.value.current == corrected
    words = signature(cast.support, corrected, TODAY + DAY)
    row = acknowledgements.acknowledge_version(tomorrow, campaign, words, now=NOW)
    assert (row.version, row.fingerprint) == (corrected, corrected.fingerprint)


def test_a_yearly_signing_is_opened_once_a_day(cast: Cast) -> None:
    version, head = adopted(cast), acting(cast.headteacher)
    acknowledgements.open_yearly(head, version, TODAY + 30 * DAY, now=NOW)
    with pytest.raises(NotPossible, match="already been asked today"):
        acknowledgements.open_yearly(head, version, TODAY + 20 * DAY, now=NOW)
    assert Campaign.objects.count() == 2


def test_declining_and_asking_to_be_exempted_need_a_reason(cast: Cast) -> None:
    version = adopted(cast)
    campaign = Campaign.objects.get()
    for kind in ("declined", "exemption_asked"):
        with pytest.raises(NotPossible, match="Say why"):
            acknowledgements.acknowledge_version(
                acting(cast.teacher), campaign, SigningResponse(kind, version.fingerprint, reason=" "), now=NOW
            )


def test_an_exemption_is_decided_by_a_leader_who_is_somebody_else(cast: Cast) -> None:
    version = adopted(cast)
    campaign = Campaign.objects.get()
    wish = SigningResponse("exemption_asked", version.fingerprint, reason="On leave until June.")
    of_teacher = acknowledgements.acknowledge_version(acting(cast.teacher), campaign, wish, now=NOW)
    of_head = acknowledgements.acknowledge_version(acting(cast.headteacher), campaign, wish, now=NOW)
    with pytest.raises(Refused):
        acknowledgements.decide_exemption(acting(cast.support), of_teacher, True, "Fine.", now=NOW)
    with pytest.raises(NotPossible, match="You cannot decide on your own exemption"):
        acknowledgements.decide_exemption(acting(cast.headteacher), of_head, True, "Fine.", now=NOW)
    acknowledgements.decide_exemption(acting(cast.headteacher), of_teacher, True, "On leave.", now=NOW)
    acknowledgements.decide_exemption(acting(cast.chair), of_head, False, "Please sign.", now=NOW)
    assert standings(cast)["Tobias"] is SigningStatus.EXEMPTED
    assert standings(cast)["Hester"] is SigningStatus.WAITING
    with pytest.raises(NotPossible, match="no longer open"):
        acknowledgements.decide_exemption(acting(cast.headteacher), of_teacher, False, "After all not.", now=NOW)


def test_a_signature_on_paper_shows_for_ever_who_entered_it(cast: Cast) -> None:
    version = adopted(cast)
    campaign = Campaign.objects.get()
    paper = SigningResponse("signed", version.fingerprint, reason="Signed on paper, in the personnel file.")
    with pytest.raises(Refused):
        acknowledgements.record_signature_for(acting(cast.support), campaign, cast.teacher, paper, now=NOW)
    with pytest.raises(NotPossible, match="Sign for yourself"):
        acknowledgements.record_signature_for(acting(cast.headteacher), campaign, cast.headteacher, paper, now=NOW)
    with pytest.raises(NotPossible, match="what shows that they signed"):
        acknowledgements.record_signature_for(
            acting(cast.headteacher), campaign, cast.teacher, SigningResponse("signed", version.fingerprint), now=NOW
        )
    acknowledgements.record_signature_for(acting(cast.headteacher), campaign, cast.teacher, paper, now=NOW)
    row = next(signatory for signatory in signatories_of(campaign, TODAY) if signatory.person == cast.teacher)
    assert row.by_another
    assert row.answer is not None and row.answer.recorded_by == cast.headteacher


def test_who_joins_later_has_two_weeks_from_their_first_day(cast: Cast) -> None:
    adopted(cast, sign_in=7)
    starter = Person.objects.create(given_name="Nessa", family_name="Newcombe", email="nessa@school.example")
    Role.objects.create(person=starter, establishment=cast.school, kind="teacher", starts_on=TODAY + 3 * DAY)
    campaign = Campaign.objects.get()
    due = {signatory.person.given_name: signatory.due_on for signatory in signatories_of(campaign, TODAY + 5 * DAY)}
    assert due["Nessa"] == TODAY + 17 * DAY
    assert due["Tobias"] == TODAY + 7 * DAY
    later = {signatory.person.given_name: signatory.standing for signatory in signatories_of(campaign, TODAY + 8 * DAY)}
    assert (later["Tobias"], later["Nessa"]) == (SigningStatus.OVERDUE, SigningStatus.WAITING)


def test_the_yearly_signing_asks_everybody_again_and_keeps_what_was_signed(cast: Cast) -> None:
    version = adopted(cast)
    sign(version, cast.teacher)
    acknowledgements.open_yearly(acting(cast.headteacher), version, TODAY + 30 * DAY, now=NOW)
    assert standings(cast)["Tobias"] is SigningStatus.WAITING
    assert Campaign.objects.filter(closed_on=TODAY).count() == 1
    assert Acknowledgement.objects.count() == 1


def test_governors_see_figures_and_leaders_names(cast: Cast) -> None:
    version = adopted(cast)
    sign(version, cast.teacher)
    campaign = Campaign.objects.get()
    everybody, *groups = read.figures(acting(cast.governor), campaign, TODAY)
    assert (everybody.asked, everybody.signed, everybody.waiting) == (8, 1, 7)
    teachers = next(group for group in groups if group.kind == "teacher")
    assert (teachers.asked, teachers.signed) == (2, 1)
    with pytest.raises(Refused):
        read.asked_by_name(acting(cast.governor), campaign, TODAY)
    assert len(read.asked_by_name(acting(cast.headteacher), campaign, TODAY)) == 8
    with pytest.raises(Hidden):
        read.figures(acting(cast.outsider), campaign, TODAY)
