"""A case from its opening to its close: steps, chronology, people, decisions, and who may see any of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from proviso.records.audit.models import Entry
from proviso.records.cases.models import Case, CaseParty, ChronologyEntry, Concern, Decision, PartyRole, Step
from proviso.records.cases.selectors import cases as selectors
from proviso.records.cases.services import closing, decisions, notes, parties
from proviso.records.cases.services import steps as step_services
from proviso.records.cases.services.closing import Closing, Handing
from proviso.records.cases.services.decisions import GivenDecision, ThresholdDecision
from proviso.records.cases.services.opening import Opening, PartyGiven, open_case
from proviso.records.cases.services.parties import Wishes
from proviso.records.files.vaults import read_text
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Person
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.tasks.services.absences import AbsenceDetails, record_absence
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.cases.casework import handlers, opened, shared, step_of
from tests.records.policies.life import acting, adopted, draft

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
UNKNOWN = dict.fromkeys(("harmed", "offence", "risk", "unsuitable"), "not_known")
NO = dict.fromkeys(UNKNOWN, "no")


def about(person: Person) -> tuple[PartyGiven, ...]:
    return (PartyGiven(PartyRole.SUBJECT, person),)


def texts(case: Case) -> list[tuple[str, str]]:
    rows = case.chronology.order_by("at", "pk")
    return [(row.kind, read_text(case.vault, row.text)) for row in rows]


# ---- Opening


def test_a_case_has_the_steps_of_the_school_s_own_policy_and_of_the_baseline_where_it_is_silent(cast: Cast) -> None:
    adopted(cast, draft(cast, "asset-education"))
    case = opened(cast)
    steps = {step.part: step for step in case.steps.all()}
    assert (steps["contact"].clause, steps["contact"].is_baseline) == ("AE-2.6b", False)
    assert (steps["letter"].clause, steps["letter"].letter) == ("AE-2.6b", "parent_removal")
    assert (steps["evidence"].clause, steps["evidence"].is_baseline) == ("EN-case-parents", True)
    assert steps["contact"].clause_label != "AE-2.6b"  # the number in the school's own document


def test_without_a_policy_in_force_the_baseline_gives_every_step(cast: Cast) -> None:
    case = opened(cast)
    assert case.steps.count() > 0
    assert not case.steps.filter(is_baseline=False).exists()


def test_what_is_written_lies_sealed(cast: Cast) -> None:
    case = opened(cast)
    assert b"class trip" not in bytes(case.title)
    assert read_text(case.vault, case.title) == "Posts about a class trip"
    assert all(b"untrue" not in bytes(row.text) for row in case.chronology.all())


def test_a_case_from_concerns_takes_them_in_with_those_who_handle_them(cast: Cast) -> None:
    concern = shared(cast, handler=cast.deputy)
    case = opened(cast, by=cast.deputy, concerns=(concern,))
    concern.refresh_from_db()
    assert (concern.state, concern.case_id) == ("in_case", case.pk)
    assert handlers(case) == {"Dunstan"}


def test_who_does_not_handle_a_concern_opens_no_case_from_it(cast: Cast) -> None:
    concern = shared(cast, handler=cast.dsl)
    with pytest.raises(Hidden):
        opened(cast, by=cast.headteacher, concerns=(concern,))
    assert Case.objects.count() == 0


def test_a_matter_about_somebody_who_works_here_is_one_about_an_adult_whatever_its_kind(cast: Cast) -> None:
    assert opened(cast, "malicious_posts", about=about(cast.support)).matter == "adult"


def test_the_safeguarding_lead_opens_no_case_about_an_adult_unasked(cast: Cast) -> None:
    with pytest.raises(Refused):
        opened(cast, "allegation", by=cast.dsl, about=about(cast.support))


def test_nobody_opens_a_case_about_themselves(cast: Cast) -> None:
    with pytest.raises(NotPossible):
        opened(cast, "staff_misuse", about=about(cast.headteacher))


def test_a_leader_who_is_named_by_hand_as_whom_it_is_about_is_to_be_chosen(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="Saffron Lockwistle"):
        opened(cast, about=(PartyGiven(PartyRole.SUBJECT, name="Ms Lockwistle"),))
    assert opened(cast, about=(PartyGiven(PartyRole.SUBJECT, name="The mother of Perdita"),)).matter == "other"


def test_a_case_needs_a_kind_a_title_and_a_day_that_was(cast: Cast) -> None:
    actor = acting(cast.headteacher)
    for given, field in (
        (Opening("nonsense", "x", "y", TODAY), "kind"),
        (Opening("parent_misuse", "  ", "y", TODAY), "title"),
        (Opening("parent_misuse", "x", "y", TODAY + timedelta(days=1)), "aware_on"),
    ):
        with pytest.raises(NotPossible) as refused:
            open_case(actor, cast.school, given, now=NOW)
        assert field in refused.value.message_dict
    assert Case.objects.count() == 0


# ---- Clocks


def test_due_reminder_and_deletion_are_three_dates(cast: Cast) -> None:
    friday = date(2026, 11, 20)
    case = opened(cast, aware_on=friday)
    letter = step_of(case, "letter")
    assert letter.due_on == date(2026, 11, 25)  # three working days after Friday: Monday, Tuesday, Wednesday
    assert letter.remind_on == date(2026, 11, 24)
    assert case.review_deletion_on is None


def test_a_referral_is_due_on_the_next_working_day_over_a_weekend(cast: Cast) -> None:
    case = opened(cast, "allegation", about=about(cast.support), aware_on=date(2026, 11, 20))
    assert step_of(case, "referral").due_on == date(2026, 11, 23)


def test_an_authority_that_counts_in_hours_does_not_wait_for_monday(cast: Cast) -> None:
    cast.trust.kind, cast.trust.name = "authority", "Kirklees Council"
    cast.trust.save()
    cast.school.refresh_from_db()
    case = opened(cast, "allegation", about=about(cast.support), aware_on=date(2026, 11, 20))
    assert step_of(case, "referral").due_on == date(2026, 11, 21)


# ---- Steps


def test_a_step_is_done_by_somebody_and_stands_in_the_chronology(cast: Cast) -> None:
    case = opened(cast)
    step_services.do_step(acting(cast.headteacher), step_of(case, "contact"), "Rang at nine.", now=LATER)
    step = step_of(case, "contact")
    assert (step.state, step.settled_by, step.settled_at) == ("done", cast.headteacher, LATER)
    assert texts(case)[-1] == ("step_done", f"{step.what}: Rang at nine.")


def test_a_step_that_is_not_needed_has_a_reason(cast: Cast) -> None:
    case, actor = opened(cast), acting(cast.headteacher)
    with pytest.raises(NotPossible, match="why"):
        step_services.skip_step(actor, step_of(case, "removal"), " ", now=NOW)
    step_services.skip_step(actor, step_of(case, "removal"), "It is gone already.", now=NOW)
    assert step_of(case, "removal").state == "not_needed"


def test_a_step_is_settled_once(cast: Cast) -> None:
    case, actor = opened(cast), acting(cast.headteacher)
    step = step_of(case, "contact")
    step_services.do_step(actor, step, "Done.", now=NOW)
    with pytest.raises(NotPossible, match="already"):
        step_services.skip_step(actor, step, "No.", now=NOW)


def test_who_gets_a_step_handles_the_case_and_nobody_whom_it_is_about_does(cast: Cast) -> None:
    case, actor = opened(cast, "staff_misuse", about=about(cast.support)), acting(cast.headteacher)
    step_services.hand_over_step(actor, step_of(case, "evidence"), cast.deputy, now=NOW)
    assert handlers(case) == {"Hester", "Dunstan"}
    with pytest.raises(NotPossible):
        step_services.hand_over_step(actor, step_of(case, "support"), cast.support, now=NOW)
    with pytest.raises(NotPossible):
        step_services.hand_over_step(actor, step_of(case, "support"), cast.administrator, now=NOW)


def test_a_sanction_waits_for_the_record_whether_it_is_proportionate(cast: Cast) -> None:
    adopted(cast, draft(cast, "asset-education"))
    case, actor = opened(cast, "staff_misuse", about=about(cast.support)), acting(cast.headteacher)
    with pytest.raises(NotPossible, match="proportionate"):
        step_services.do_step(actor, step_of(case, "discipline"), "A warning.", now=NOW)
    weighed = {"lawful": "Yes", "belief": "None seen", "effect": "None", "less_intrusive": "A talk"}
    given = GivenDecision(Decision.Kind.PROPORTIONALITY, "not_proportionate", "A talk will do.", weighed)
    decisions.record_decision(actor, case, given, now=NOW)
    step_services.do_step(actor, step_of(case, "discipline"), "Talked.", now=NOW)
    assert step_of(case, "discipline").state == "done"


def test_each_thing_has_to_be_weighed(cast: Cast) -> None:
    case = opened(cast, "staff_misuse", about=about(cast.support))
    given = GivenDecision(Decision.Kind.PROPORTIONALITY, "proportionate", "Because.", {"lawful": "Yes"})
    with pytest.raises(NotPossible) as refused:
        decisions.record_decision(acting(cast.headteacher), case, given, now=NOW)
    assert set(refused.value.message_dict) == {"belief", "effect", "less_intrusive"}


# ---- Chronology


def test_a_note_is_corrected_by_a_later_entry_and_stays(cast: Cast) -> None:
    case, actor = opened(cast), acting(cast.headteacher)
    note = notes.write_note(actor, case, "The post went up on Monday.", now=NOW)
    notes.correct_entry(actor, note, "It was Tuesday.", now=LATER)
    kinds = [kind for kind, _text in texts(case)]
    assert kinds[-2:] == ["note", "correction"]
    assert case.chronology.get(kind="correction").corrects == note


@pytest.mark.parametrize("table", ["cases_chronologyentry", "cases_decision"])
def test_the_database_itself_refuses_to_rewrite_what_happened(cast: Cast, table: str) -> None:
    case = opened(cast, "allegation", about=about(cast.support))
    decisions.decide_threshold(
        acting(cast.headteacher), case, ThresholdDecision(UNKNOWN, "consult", "Not sure."), now=NOW
    )
    model: Any = ChronologyEntry if table == "cases_chronologyentry" else Decision
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(kind="note")
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert case.chronology.filter(kind="opened").exists()


def test_a_picture_that_was_pasted_does_not_come_in(cast: Cast) -> None:
    case = opened(cast)
    notes.write_note(acting(cast.headteacher), case, "See data:image/png;base64,iVBORw0KGgo= and there.", now=NOW)
    assert texts(case)[-1] == ("note", "See […] and there.")


# ---- The harm threshold


def test_a_named_person_decides_and_the_steps_of_an_allegation_follow(cast: Cast) -> None:
    case = opened(cast, "low_level_concern", about=about(cast.support))
    given = ThresholdDecision({**UNKNOWN, "risk": "yes"}, "may_meet", "What was said may be a risk.")
    decision = decisions.decide_threshold(acting(cast.headteacher), case, given, now=NOW)
    case.refresh_from_db()
    assert case.harm_threshold == "may_meet"
    assert decision.decided_by == cast.headteacher
    assert step_of(case, "referral", "allegation").letter == "referral"
    assert step_of(case, "threshold").state == "done"


def test_not_met_is_refused_when_one_of_the_four_is_so(cast: Cast) -> None:
    case = opened(cast, "allegation", about=about(cast.support))
    given = ThresholdDecision({**NO, "unsuitable": "yes"}, "not_met", "It was small.")
    with pytest.raises(NotPossible, match="may meet the threshold"):
        decisions.decide_threshold(acting(cast.headteacher), case, given, now=NOW)


def test_not_met_with_something_unknown_needs_somebody_who_was_consulted(cast: Cast) -> None:
    case, actor = opened(cast, "low_level_concern", about=about(cast.support)), acting(cast.headteacher)
    with pytest.raises(NotPossible, match="consult"):
        decisions.decide_threshold(actor, case, ThresholdDecision(UNKNOWN, "not_met", "Small."), now=NOW)
    consulted = ThresholdDecision(UNKNOWN, "not_met", "Small.", consulted="The designated officer, this morning")
    decisions.decide_threshold(actor, case, consulted, now=NOW)
    case.refresh_from_db()
    assert case.harm_threshold == "not_met"


def test_the_threshold_is_for_adults_alone(cast: Cast) -> None:
    case = opened(cast, "pupil_bullied")
    with pytest.raises(NotPossible):
        decisions.decide_threshold(acting(cast.headteacher), case, ThresholdDecision(NO, "not_met", "x"), now=NOW)


def test_a_concern_is_triaged_before_there_is_a_case(cast: Cast) -> None:
    concern = shared(cast, kind="adult", matter="adult")
    given = ThresholdDecision(UNKNOWN, "consult", "I will ask.")
    decision = decisions.triage_concern(acting(cast.headteacher), concern, given, now=NOW)
    concern.refresh_from_db()
    assert (concern.harm_threshold, decision.concern) == ("consult", concern)


def test_a_pattern_about_one_adult_is_seen_by_whoever_handles_both(cast: Cast) -> None:
    first = opened(cast, "low_level_concern", about=about(cast.support))
    second = opened(cast, "low_level_concern", about=about(cast.support))
    opened(cast, "low_level_concern", about=about(cast.volunteer))
    assert selectors.earlier_matters(acting(cast.headteacher), second) == [first]
    step_services.hand_over_step(acting(cast.headteacher), step_of(second, "record"), cast.deputy, now=NOW)
    assert selectors.earlier_matters(acting(cast.deputy), second) == []


# ---- Whoever was harmed


def test_the_wishes_of_whoever_was_harmed_and_their_choice_about_the_police_are_kept(cast: Cast) -> None:
    case = opened(cast, "staff_bullied")
    party = case.parties.get(role="harmed")
    wishes = Wishes("That it stops, without a fuss.", CaseParty.Police.DOES_NOT_WANT, support_offered=True)
    parties.record_wishes(acting(cast.headteacher), party, wishes, now=NOW)
    party.refresh_from_db()
    assert read_text(case.vault, party.wishes) == "That it stops, without a fuss."
    assert (party.police, party.support_offered_at) == ("does_not_want", NOW)


def test_whoever_handles_a_case_cannot_become_whom_it_is_about(cast: Cast) -> None:
    case = opened(cast)
    given = PartyGiven(PartyRole.SUBJECT, cast.headteacher)
    with pytest.raises(NotPossible):
        parties.add_party(acting(cast.headteacher), case, given, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseParty.objects.create(case=case, role="subject", person=cast.headteacher, added_at=NOW)


def test_a_case_keeps_somebody_who_handles_it(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(NotPossible, match="handle"):
        parties.end_part(acting(cast.headteacher), case.parties.get(role="handler"), now=NOW)


# ---- Sexual images


def test_a_case_with_a_sexual_image_stays_one(cast: Cast) -> None:
    case = opened(cast, "pupil_bullied", by=cast.dsl)
    decisions.mark_sexual_image(acting(cast.dsl), case, now=NOW)
    case.refresh_from_db()
    assert case.has_sexual_image
    assert step_of(case, "images", "sexual_image").what.startswith("Do not view, copy, print")
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(has_sexual_image=False)


def test_such_a_case_keeps_no_link(cast: Cast) -> None:
    case = opened(cast, "sexual_image", by=cast.dsl)
    assert case.has_sexual_image
    notes.write_note(acting(cast.dsl), case, "It is at https://site.example/x?y=1 they said.", now=NOW)
    assert texts(case)[-1] == ("note", "It is at […] they said.")


def test_only_whoever_leads_safeguarding_records_a_decision_to_view(cast: Cast) -> None:
    case = opened(cast, "sexual_image")
    given = GivenDecision(Decision.Kind.VIEWING, "not_viewed", "The police have it.", {})
    with pytest.raises(Refused):
        decisions.record_decision(acting(cast.headteacher), case, given, now=NOW)
    decisions.record_decision(acting(cast.dsl), case, given, now=NOW)
    assert case.decisions.get().decided_by == cast.dsl


# ---- Who sees it


def test_nobody_but_who_handles_a_case_knows_that_it_exists(cast: Cast) -> None:
    case = opened(cast, "staff_misuse", about=about(cast.support))
    for name in ("deputy", "dsl", "chair", "governor", "administrator", "teacher", "support", "executive", "outsider"):
        with pytest.raises(Hidden):
            selectors.read_case(acting(getattr(cast, name)), cast.school, case.reference, now=NOW)
    assert selectors.read_case(acting(cast.headteacher), cast.school, case.reference, now=NOW).case == case


def test_a_list_holds_what_one_handles_and_a_pupil_s_matter_is_for_whoever_leads_safeguarding(cast: Cast) -> None:
    adult = opened(cast, "staff_misuse", about=about(cast.support))
    pupil = opened(cast, "pupil_bullied")
    assert set(selectors.cases_of(acting(cast.headteacher), cast.school)) == {adult, pupil}
    assert set(selectors.cases_of(acting(cast.dsl), cast.school)) == {pupil}
    assert set(selectors.cases_of(acting(cast.chair), cast.school)) == set()


def test_who_leads_safeguarding_does_not_see_a_pupil_s_case_that_is_about_them(cast: Cast) -> None:
    case = opened(cast, "pupil_bullied", about=about(cast.dsl))
    assert case.matter == "adult"
    assert set(selectors.cases_of(acting(cast.dsl), cast.school)) == set()
    Case.objects.filter(pk=case.pk).update(matter="pupil")
    assert set(selectors.cases_of(acting(cast.dsl), cast.school)) == set()


def test_a_deputy_of_whoever_is_away_handles_it_meanwhile(cast: Cast) -> None:
    case = opened(cast)
    details = AbsenceDetails(TODAY, TODAY, cast.deputy)
    record_absence(acting(cast.headteacher), cast.school, cast.headteacher, details, now=NOW)
    assert list(selectors.cases_of(acting(cast.deputy), cast.school)) == [case]
    assert selectors.read_case(acting(cast.deputy), cast.school, case.reference, now=NOW).case == case


def test_each_reading_is_logged_under_the_reference_alone(cast: Cast) -> None:
    case = opened(cast)
    selectors.read_case(acting(cast.headteacher), cast.school, case.reference, now=NOW)
    entry = Entry.objects.filter(action="case.read").get()
    assert (entry.actor, entry.about) == (cast.headteacher, f"case:{case.pk}")
    assert entry.sentence == f"read case {case.reference}"
    every = " ".join(str(each.details) for each in Entry.objects.filter(action__startswith="case."))
    assert "Ashdown" not in every
    assert "trip" not in every


def test_words_are_found_in_what_one_may_see_and_nowhere_else(cast: Cast) -> None:
    case = opened(cast)
    notes.write_note(acting(cast.headteacher), case, "The gardener saw it.", now=NOW)
    assert selectors.found(acting(cast.headteacher), cast.school, "gardener") == [case]
    assert selectors.found(acting(cast.headteacher), cast.school, "ashdown gardener") == [case]
    assert selectors.found(acting(cast.headteacher), cast.school, "plumber") == []
    assert selectors.found(acting(cast.dsl), cast.school, "gardener") == []


# ---- The end


def settle_all(cast: Cast, case: Case) -> None:
    for step in case.steps.filter(state="to_do").exclude(letter="reply_to_sharer"):
        step_services.skip_step(acting(cast.headteacher), step, "Not this time.", now=NOW)


def test_a_case_is_closed_with_an_outcome_and_its_sharer_is_told(cast: Cast) -> None:
    concern = shared(cast)
    case = opened(cast, concerns=(concern,))
    settle_all(cast, case)
    given = Closing("resolved", "The parent took it down.", "We spoke with the family, and it is down.")
    closing.close_case(acting(cast.headteacher), case, given, now=LATER)
    case.refresh_from_db()
    concern.refresh_from_db()
    assert (case.state, case.outcome, case.closed_by) == ("closed", "resolved", cast.headteacher)
    assert case.review_deletion_on is not None
    assert case.review_deletion_on.year == TODAY.year + 6
    assert concern.state == Concern.State.CLOSED
    assert read_text(concern.vault, concern.closing_reasons) == "We spoke with the family, and it is down."
    assert not case.steps.filter(state="to_do").exists()


def test_closing_needs_outcome_reasons_and_words_for_the_sharer(cast: Cast) -> None:
    case = opened(cast, concerns=(shared(cast),))
    with pytest.raises(NotPossible) as refused:
        closing.close_case(acting(cast.headteacher), case, Closing("", "", ""), now=NOW)
    assert set(refused.value.message_dict) == {"outcome", "reasons", "told"}


def test_a_case_with_steps_to_do_is_not_closed(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(NotPossible, match="steps are still to be done"):
        closing.close_case(acting(cast.headteacher), case, Closing("resolved", "Done."), now=NOW)


def test_outcomes_of_allegations_are_for_matters_about_adults(cast: Cast) -> None:
    assert "unfounded" in dict(closing.outcomes_of("adult"))
    assert "unfounded" not in dict(closing.outcomes_of("pupil"))


def test_nothing_is_written_in_a_closed_case_but_a_correction(cast: Cast) -> None:
    case = opened(cast)
    settle_all(cast, case)
    closing.close_case(acting(cast.headteacher), case, Closing("resolved", "Done."), now=NOW)
    with pytest.raises(NotPossible):
        notes.write_note(acting(cast.headteacher), case, "More.", now=NOW)
    notes.correct_entry(acting(cast.headteacher), case.chronology.all()[0], "A misprint.", now=NOW)
    assert texts(case)[-1] == ("correction", "A misprint.")


def test_a_hold_has_a_reason_and_ends_with_one(cast: Cast) -> None:
    case, actor = opened(cast), acting(cast.headteacher)
    with pytest.raises(NotPossible):
        closing.hold_case(actor, case, "", now=NOW)
    closing.hold_case(actor, case, "The insurers asked.", now=NOW)
    case.refresh_from_db()
    assert case.is_held
    closing.release_case(actor, case, "The claim is settled.", now=LATER)
    case.refresh_from_db()
    assert not case.is_held


def test_a_transfer_waits_for_its_receipt(cast: Cast) -> None:
    case, actor = opened(cast, "pupil_bullied"), acting(cast.headteacher)
    given = Handing("Mill Road Academy", "The safeguarding lead", "By hand", "a" * 64)
    transfer = closing.transfer_case(actor, case, given, now=NOW)
    case.refresh_from_db()
    assert (case.state, transfer.received_on) == ("transferred", None)
    closing.receive_transfer(actor, transfer, "The safeguarding lead of Mill Road", now=LATER)
    transfer.refresh_from_db()
    assert transfer.received_on == TODAY
    with pytest.raises(NotPossible, match="already"):
        closing.receive_transfer(actor, transfer, "Again", now=LATER)


def test_a_refused_step_leaves_nothing_behind(cast: Cast) -> None:
    case = opened(cast)
    before = texts(case)
    with pytest.raises(Hidden):
        step_services.do_step(acting(cast.dsl), step_of(case, "contact"), "Me.", now=NOW)
    assert texts(case) == before
    assert Step.objects.filter(case=case, state="done").count() == 0
