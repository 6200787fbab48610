"""Letters of a case: written, approved by somebody else, sent, and frozen."""

import hashlib
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from proviso.records.cases.letter_texts import beginning
from proviso.records.cases.models import Case, Letter, PartyRole
from proviso.records.cases.selectors.cases import letter_to_approve
from proviso.records.cases.services import letters
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.cases.services.opening import PartyGiven
from proviso.records.files.vaults import read_text
from proviso.records.people.change import NotPossible
from proviso.records.people.permissions import Hidden, Refused
from proviso.rules.rulebook import case_kinds
from proviso.wording.letters import LetterText, careful_words, kinds, template
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.cases.casework import opened, step_of
from tests.records.policies.life import acting, adopted, draft

pytestmark = pytest.mark.django_db
GIVEN = LetterGiven("parent_removal", "en-gb", "The family", "A post about our school", "Please take the post down.")


def written(cast: Cast, case: Case, given: LetterGiven = GIVEN) -> Letter:
    return letters.write_letter(acting(cast.headteacher), case, given, now=NOW)


def approved(cast: Cast, case: Case, given: LetterGiven = GIVEN) -> Letter:
    letter = written(cast, case, given)
    letters.ask_approval(acting(cast.headteacher), letter, cast.deputy, now=NOW)
    return letters.approve_letter(acting(cast.deputy), letter, now=NOW)


def test_there_is_a_text_in_both_languages_for_every_letter_of_the_rulebook() -> None:
    assert set(kinds()) == set(case_kinds().letters)
    for kind in kinds():
        assert template(kind, "en-gb").body != template(kind, "cy").body


@pytest.mark.parametrize("kind", ["parent_removal", "contact_not_acceptable", "reply_to_sharer"])
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_no_letter_to_a_family_threatens_or_accuses(kind: str, language: str) -> None:
    assert careful_words(template(kind, language).body) == []


def test_words_that_may_sound_like_a_threat_are_found() -> None:
    assert careful_words("We will take legal action. This is defamation.") == ["legal action", "defamation"]


def test_a_letter_begins_with_what_the_case_knows_and_leaves_gaps_for_the_rest(cast: Cast) -> None:
    adopted(cast, draft(cast, "asset-education"))
    case = opened(cast)
    step = step_of(case, "letter")
    text = beginning(case, "parent_removal", "en-gb", step, TODAY)
    assert "Hester Quillmore\nOak Lane Primary School" in text.body
    assert f"clause {step.clause_label}" in text.body
    assert "……" in text.body  # what the post said is written by hand
    assert "Ashdown" not in text.body


def test_a_school_s_own_text_goes_before_the_one_of_the_program(cast: Cast) -> None:
    own = LetterText("From {school}", "Dear {recipient}, please ring us.")
    letters.replace_template(acting(cast.headteacher), cast.school, "parent_removal", "en-gb", own, now=NOW)
    text = beginning(opened(cast), "parent_removal", "en-gb", None, TODAY)
    assert text == LetterText("From Oak Lane Primary School", "Dear ……, please ring us.")


def test_a_template_with_an_unknown_blank_is_refused(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="recipeint"):
        letters.replace_template(
            acting(cast.headteacher), cast.school, "referral", "cy", LetterText("x", "{recipeint}"), now=NOW
        )


def test_gaps_are_filled_in_before_anybody_approves(cast: Cast) -> None:
    letter = written(cast, opened(cast), replace(GIVEN, body="Dear ……"))
    with pytest.raises(NotPossible, match="gaps"):
        letters.ask_approval(acting(cast.headteacher), letter, cast.deputy, now=NOW)


def test_nobody_approves_their_own_letter_nor_whom_the_case_is_about(cast: Cast) -> None:
    case = opened(cast, "staff_misuse", about=(PartyGiven(PartyRole.SUBJECT, cast.deputy),))
    letter = written(cast, case)
    for person in (cast.headteacher, cast.deputy, cast.administrator, cast.teacher):
        with pytest.raises(NotPossible):
            letters.ask_approval(acting(cast.headteacher), letter, person, now=NOW)
    names = {person.given_name for person in letters.approvers(case, letter, TODAY)}
    assert names == {"Saffron", "Cosmo", "Edith"}


def test_who_is_asked_sees_the_letter_alone_and_approves_it(cast: Cast) -> None:
    case = opened(cast)
    letter = written(cast, case)
    letters.ask_approval(acting(cast.headteacher), letter, cast.chair, now=NOW)
    assert letter_to_approve(acting(cast.chair), cast.school, letter.pk).body == "Please take the post down."
    with pytest.raises(Hidden):
        letter_to_approve(acting(cast.dsl), cast.school, letter.pk)
    with pytest.raises((Hidden, Refused)):
        letters.approve_letter(acting(cast.headteacher), letter, now=NOW)
    row = letters.approve_letter(acting(cast.chair), letter, now=NOW)
    text = "The family\n\nA post about our school\n\nPlease take the post down."
    assert row.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_returned_letter_is_a_draft_again_with_what_to_change(cast: Cast) -> None:
    case = opened(cast)
    letter = written(cast, case)
    letters.ask_approval(acting(cast.headteacher), letter, cast.chair, now=NOW)
    letters.return_letter(acting(cast.chair), letter, "Softer, please.", now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.approver) == ("draft", None)
    last = case.chronology.order_by("pk").last()
    assert last is not None
    assert "Softer, please." in read_text(case.vault, last.text)


def test_a_letter_is_sent_only_once_it_is_approved(cast: Cast) -> None:
    letter = written(cast, opened(cast))
    with pytest.raises(NotPossible):
        letters.send_letter(acting(cast.headteacher), letter, "By post", now=NOW)


def test_a_sent_letter_stands_in_the_chronology_and_settles_its_step(cast: Cast) -> None:
    case = opened(cast)
    letter = approved(cast, case, replace(GIVEN, step=step_of(case, "letter")))
    letters.send_letter(acting(cast.headteacher), letter, "By post", now=NOW)
    last = case.chronology.order_by("pk").last()
    assert last is not None
    assert letter.sha256 in read_text(case.vault, last.text)
    assert step_of(case, "letter").state == "done"


def test_the_database_refuses_to_change_a_letter_that_was_sent(cast: Cast) -> None:
    letter = approved(cast, opened(cast))
    letters.send_letter(acting(cast.headteacher), letter, "By post", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(body=b"otherwise")
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk)._raw_delete("default")
    with pytest.raises(NotPossible):
        letters.change_letter(acting(cast.headteacher), letter, GIVEN, now=NOW)


def test_a_request_to_a_site_is_chased_and_goes_to_the_helpline(cast: Cast) -> None:
    letter = approved(cast, opened(cast), replace(GIVEN, kind="site_removal"))
    sent = letters.send_letter(acting(cast.headteacher), letter, "Their form", now=NOW)
    assert sent.chase_on is not None
    assert sent.escalate_on is not None
    assert TODAY < sent.chase_on < sent.escalate_on


def test_the_record_for_the_governing_body_names_nobody(cast: Cast) -> None:
    case = opened(cast)
    given = replace(GIVEN, kind="governors_record", body="Marigold Ashdown-Tew wrote a post.")
    with pytest.raises(NotPossible, match="names nobody"):
        written(cast, case, given)
    written(cast, case, replace(given, body="A parent wrote a post."))
    assert case.letters.count() == 1
