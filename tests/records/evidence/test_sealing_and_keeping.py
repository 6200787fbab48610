"""No file where there may be a sexual image of a child; removal on advice; retention that a named person confirms."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from proviso.records.cases.models import Case
from proviso.records.evidence.formats.pictures import Box
from proviso.records.evidence.models import EvidenceItem, Retention
from proviso.records.evidence.selectors.items import evidence_of
from proviso.records.evidence.selectors.retention import due_reviews, retention_of
from proviso.records.evidence.services.entering import Found, capture_files, capture_text
from proviso.records.evidence.services.redacting import redact_picture, redact_text
from proviso.records.evidence.services.removing import Advice, remove_on_advice, seal_unseen
from proviso.records.evidence.services.retaining import confirm_deletion, hold, release, start_retention
from proviso.records.evidence.services.seeing import open_item, show_picture, take_original
from proviso.records.evidence.verification import Outcome, verify
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.services import open_file
from proviso.records.files.vaults import read_text, seal_text
from proviso.records.people.change import NotPossible
from proviso.records.people.permissions import FreshSecondFactorNeeded, Hidden
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.evidence import made_files
from tests.records.evidence.test_evidence import added, events, upload
from tests.records.policies.life import acting

pytestmark = pytest.mark.django_db
ADVICE = Advice("PC 1234, Harbour Police", "HP-26-0457")


def marked(case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(has_sexual_image=True)
    case.refresh_from_db()
    return case


NAMES = ["a.png", "mail.eml", "mail.msg", "page.mhtml", "page.wacz", "letter.docx", "a.txt", "a.csv", "a.zip"]


@pytest.mark.parametrize("name", NAMES)
def test_no_file_of_any_kind_comes_into_such_a_case(case: Case, cast: Cast, storage: Storage, name: str) -> None:
    before = storage.listdir("")[0] if storage.exists("") else []
    with pytest.raises(NotPossible, match="Do not view, copy, print, share, store or ask for it"):
        capture_files(acting(cast.headteacher), marked(case), [upload(made_files.picture(), name)], Found(), now=NOW)
    assert not EvidenceItem.objects.exists()
    assert (storage.listdir("")[0] if storage.exists("") else []) == before  # not even for a moment


def test_no_text_is_pasted_into_such_a_case(case: Case, cast: Cast) -> None:
    with pytest.raises(NotPossible):
        capture_text(acting(cast.headteacher), marked(case), "data:image/png;base64,iVBO", Found(), now=NOW)


def test_a_case_that_became_one_between_page_and_change_refuses_too(case: Case, cast: Cast) -> None:
    before = Case.objects.get(pk=case.pk)  # what the page read
    marked(case)
    with pytest.raises(NotPossible):
        added(before, cast.headteacher)


SIGHTS: dict[str, Callable[[Cast, EvidenceItem], object]] = {
    "shown": lambda cast, item: show_picture(acting(cast.headteacher), item, now=NOW),
    "taken out": lambda cast, item: take_original(acting(cast.headteacher), item, now=NOW),
    "redacted": lambda cast, item: redact_picture(acting(cast.headteacher), item, [Box(1, 1, 9, 9)], "", now=NOW),
    "read": lambda cast, item: redact_text(acting(cast.headteacher), item, [(0, 1)], "", now=NOW),
}


@pytest.mark.parametrize("sight", SIGHTS)
def test_what_was_there_before_is_seen_by_nobody_from_the_mark_on(case: Case, cast: Cast, sight: str) -> None:
    item = added(case, cast.headteacher)
    marked(case)
    with pytest.raises(NotPossible):
        SIGHTS[sight](cast, item)
    assert seal_unseen(acting(cast.headteacher), case, now=NOW) == 1
    with pytest.raises(NotPossible):
        SIGHTS[sight](cast, item)
    assert events(item) == ["entered", "sealed"]


def test_a_sealed_item_shows_its_record_and_nothing_of_what_it_is(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher, name="a girl of 8B.png", note="She is in 8B.")
    seal_unseen(acting(cast.headteacher), marked(case), now=NOW)
    opened = open_item(acting(cast.headteacher), item, now=NOW)
    assert (opened.item.sha256, opened.name, opened.note, opened.is_picture) == (item.sha256, "", "", False)
    (listed,) = evidence_of(acting(cast.headteacher), case)
    assert (listed.name, listed.item.get_state_display()) == ("", "Sealed unseen")


def test_what_was_sealed_is_never_kept_again(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    seal_unseen(acting(cast.headteacher), case, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceItem.objects.filter(pk=item.pk).update(state="kept")


def test_what_is_removed_on_advice_leaves_who_advised_it_and_its_hash(
    case: Case, cast: Cast, storage: Storage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    item = added(case, cast.headteacher)
    seal_unseen(acting(cast.headteacher), case, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        remove_on_advice(acting(cast.headteacher), item, ADVICE, now=NOW)
    item.refresh_from_db()
    assert (item.state, item.file.is_deleted, storage.exists(item.file.blob)) == ("removed", True, False)
    entry = item.custody.last()
    assert entry is not None
    assert (entry.event, entry.why, entry.by) == ("removed", "PC 1234, Harbour Police, HP-26-0457", cast.headteacher)
    with pytest.raises(FileUnreadableError):
        open_file(item.file)
    assert [*verify(outcome := Outcome())] == []
    assert outcome.removed == 1
    with pytest.raises(NotPossible):
        remove_on_advice(acting(cast.headteacher), item, ADVICE, now=NOW)


@pytest.mark.parametrize("advice", [Advice(" ", "HP-26"), Advice("PC 1234", "")])
def test_a_removal_names_who_advised_it_and_their_reference(case: Case, cast: Cast, advice: Advice) -> None:
    item = added(case, cast.headteacher)
    with pytest.raises(ValidationError):
        remove_on_advice(acting(cast.headteacher), item, advice, now=NOW)


def test_removal_asks_for_a_fresh_second_step_and_for_a_handler(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    with pytest.raises(FreshSecondFactorNeeded):
        remove_on_advice(acting(cast.headteacher, proved=None), item, ADVICE, now=NOW)
    with pytest.raises(Hidden):
        remove_on_advice(acting(cast.administrator), item, ADVICE, now=NOW)


def closed(case: Case, cast: Cast, rule: str = "other_case", on: date = TODAY - timedelta(days=7 * 366)) -> Retention:
    return start_retention(acting(cast.headteacher), case, rule, on, now=NOW)


def test_a_period_counts_from_its_day_and_gives_way_to_a_later_one(case: Case, cast: Cast) -> None:
    head = acting(cast.headteacher)
    row = start_retention(head, case, "allegation", date(2016, 2, 29), now=NOW)
    assert row.due_on == date(2026, 2, 28)
    pension = date(2040, 5, 1)
    row = start_retention(head, case, "allegation", date(2016, 2, 29), not_before=pension, now=NOW)
    assert row.due_on == pension
    assert Retention.objects.count() == 1


def test_an_unknown_rule_is_refused(case: Case, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="use one of allegation"):
        closed(case, cast, "whatever")


def test_nothing_goes_by_itself_and_what_is_due_is_listed(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    closed(case, cast)
    (review,) = due_reviews(acting(cast.headteacher), cast.school, TODAY)
    assert (review.reference, review.is_held) == (case.reference, False)
    assert review.rule is not None and review.rule.sure == "C"
    item.refresh_from_db()
    assert item.state == "kept"
    assert due_reviews(acting(cast.administrator), cast.school, TODAY) == []
    assert due_reviews(acting(cast.headteacher), cast.sister, TODAY) == []


def test_a_confirmed_deletion_destroys_the_key_and_leaves_the_records(
    case: Case, cast: Cast, storage: Storage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    item, title = added(case, cast.headteacher), seal_text(case.vault, "A title.")
    row = closed(case, cast)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_deletion(acting(cast.headteacher), row, "Reviewed: no claim.", now=NOW)
    item.refresh_from_db()
    case.vault.refresh_from_db()
    assert (item.state, item.file.is_deleted, storage.exists(item.file.blob)) == ("removed", True, False)
    assert case.vault.wrapped_key == "" and "other_case" in case.vault.shredded_why
    with pytest.raises(FileUnreadableError, match="destroyed"):
        read_text(case.vault, title)
    last = item.custody.last()
    assert last is not None and last.why == "other_case: Reviewed: no claim."
    kept = retention_of(acting(cast.headteacher), case)
    assert kept is not None and (kept.confirmed_by, kept.confirmed_why) == (cast.headteacher, "Reviewed: no claim.")
    (listed,) = evidence_of(acting(cast.headteacher), case)
    assert listed.item.sha256 == item.sha256
    with pytest.raises(NotPossible, match="deleted already"):
        confirm_deletion(acting(cast.headteacher), row, "Again.", now=NOW)


def test_a_hold_stops_deletion_until_it_ends(case: Case, cast: Cast) -> None:
    head, row = acting(cast.headteacher), closed(case, cast)
    hold(head, row, "A claim was announced.", now=NOW)
    assert due_reviews(head, cast.school, TODAY)[0].is_held
    with pytest.raises(NotPossible, match="on hold"):
        confirm_deletion(head, row, "Reviewed.", now=NOW)
    release(head, row, now=NOW)
    assert confirm_deletion(head, row, "Reviewed.", now=NOW).confirmed_at == NOW


def test_a_hold_stops_removal_of_what_was_not_sealed(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    hold(acting(cast.headteacher), closed(case, cast), "An inquiry.", now=NOW)
    with pytest.raises(NotPossible, match="An inquiry"):
        remove_on_advice(acting(cast.headteacher), item, ADVICE, now=NOW)


def test_what_is_not_due_is_not_deleted(case: Case, cast: Cast) -> None:
    row = closed(case, cast, on=TODAY)
    with pytest.raises(NotPossible, match="Its time is not over"):
        confirm_deletion(acting(cast.headteacher), row, "Reviewed.", now=NOW)


def test_a_deletion_asks_for_a_reason_a_second_step_and_the_right_person(case: Case, cast: Cast) -> None:
    row = closed(case, cast)
    with pytest.raises(ValidationError):
        confirm_deletion(acting(cast.headteacher), row, "  ", now=NOW)
    with pytest.raises(FreshSecondFactorNeeded):
        confirm_deletion(acting(cast.headteacher, proved=None), row, "Reviewed.", now=NOW)
    with pytest.raises(Hidden):
        confirm_deletion(acting(cast.administrator), row, "Reviewed.", now=NOW)
