"""Evidence comes in as it is, is seen by those who handle its owner alone, and every sight of it is written down."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction

from proviso.records.audit.models import Entry
from proviso.records.audit.services import verify as verify_log
from proviso.records.cases.models import Case
from proviso.records.evidence.formats.pictures import Box
from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.evidence.selectors.items import custody_of, evidence_of, item_for, owner_for
from proviso.records.evidence.services.entering import Found, capture_files, capture_text
from proviso.records.evidence.services.redacting import blacked_out, ranges_of, redact_picture, redact_text
from proviso.records.evidence.services.seeing import check_item, open_item, show_picture, take_original
from proviso.records.evidence.verification import Outcome, verify
from proviso.records.files.models import StoredFile
from proviso.records.files.uploads import SealedUpload, sealed_upload
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Person
from proviso.records.people.permissions import FreshSecondFactorNeeded, Hidden
from tests.cast import Cast
from tests.clock import NOW
from tests.records.evidence import made_files
from tests.records.evidence.owners import case_of
from tests.records.policies.life import acting

pytestmark = pytest.mark.django_db
MOST = 100_000_000


def upload(content: bytes, name: str) -> SealedUpload:
    return sealed_upload([content], name, MOST)


def added(
    case: Case, by: Person, content: bytes = b"", name: str = "post.png", note: str = "", form: str = ""
) -> EvidenceItem:
    content = content or made_files.picture()
    (item,) = capture_files(acting(by), case, [upload(content, name)], Found(note=note, form=form), now=NOW)
    return item


def events(item: EvidenceItem) -> list[str]:
    return [entry.event for entry in item.custody.all()]


def changed_in_the_storage(storage: Storage, file: StoredFile, place: int = -1) -> None:
    with storage.open(file.blob) as sealed:
        content = bytearray(sealed.read())
    content[place] ^= 1
    storage.delete(file.blob)
    storage.save(file.blob, ContentFile(bytes(content)))


def test_a_file_is_kept_with_its_hash_its_time_and_who_added_it(case: Case, cast: Cast, storage: Storage) -> None:
    content = made_files.picture()
    seen = NOW - timedelta(hours=3)
    found = Found("https://social.example/post/1", seen, "Seen by a parent.")
    capture_files(acting(cast.headteacher), case, [upload(content, "post of J Smith.png")], found, now=NOW)
    item = item_for(acting(cast.headteacher), case, 1)
    assert item.sha256 == hashlib.sha256(content).hexdigest()
    assert (item.label, item.kind, item.captured_at, item.captured_by) == ("E1", "screenshot", NOW, cast.headteacher)
    opened = open_item(acting(cast.headteacher), item, now=NOW)
    assert (opened.name, opened.address, opened.note) == (
        "post of J Smith.png",
        "https://social.example/post/1",
        "Seen by a parent.",
    )
    assert item.seen_at == seen
    with take_original(acting(cast.headteacher), item, now=NOW).content as original:
        assert original.read() == content


def test_nothing_of_it_can_be_read_in_the_database_or_the_storage(case: Case, cast: Cast, storage: Storage) -> None:
    text = "He wrote: nobody believes her."
    item = capture_text(acting(cast.headteacher), case, text, Found("https://x.example", None, "A note."), now=NOW)
    item.refresh_from_db()
    with storage.open(item.file.blob) as sealed:
        stored = sealed.read() + bytes(item.name) + bytes(item.address) + bytes(item.note) + item.file.name.encode()
    assert not any(word in stored for word in (b"believes", b"x.example", b"A note", b"pasted"))


def test_several_files_come_in_at_once_or_none_of_them(case: Case, cast: Cast) -> None:
    head = acting(cast.headteacher)
    good, bad = upload(made_files.picture(), "a.png"), upload(made_files.picture()[:500], "b.png")
    with pytest.raises(ValidationError, match="“b.png”"):
        capture_files(head, case, [good, bad], Found(), now=NOW)
    assert not EvidenceItem.objects.exists()
    both = [upload(made_files.picture(), "a.png"), upload(made_files.EML, "b.eml")]
    assert [item.label for item in capture_files(head, case, both, Found(), now=NOW)] == ["E1", "E2"]


@pytest.mark.parametrize(("content", "why"), [(b"", "is empty"), (b"MZ\x00\x01", "not a kind of file")])
def test_an_empty_or_a_foreign_file_is_refused(case: Case, cast: Cast, content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        capture_files(acting(cast.headteacher), case, [upload(content, "x.bin")], Found(), now=NOW)


@pytest.mark.parametrize(
    "name", ["صورة.png", "画像.png", "rhywbeth â’r ŷ.png", "../../etc/passwd.png", "a\u202egnp.exe.png"]
)
def test_names_in_every_script_are_kept(case: Case, cast: Cast, name: str) -> None:
    item = added(case, cast.headteacher, name=name)
    assert open_item(acting(cast.headteacher), item, now=NOW).name == name.rpartition("/")[2]


def test_a_form_that_is_sent_twice_adds_once(case: Case, cast: Cast) -> None:
    added(case, cast.headteacher, form="5b6f")
    with pytest.raises(NotPossible, match="sent twice"):
        added(case, cast.headteacher, form="5b6f")
    assert EvidenceItem.objects.count() == 1


def test_a_copy_is_marked_and_what_looks_alike_is_shown(case: Case, cast: Cast) -> None:
    added(case, cast.headteacher)
    added(case, cast.headteacher)
    added(case, cast.headteacher, made_files.picture("JPEG", (320, 200)), "smaller.jpg")
    first, second, third = evidence_of(acting(cast.headteacher), case)
    assert (first.item.duplicate_of, second.item.duplicate_of) == (None, first.item)
    assert third.item.duplicate_of is None
    assert first.item in third.alike


def test_every_sight_of_an_item_is_in_its_custody_log(case: Case, cast: Cast) -> None:
    item, head = added(case, cast.headteacher), acting(cast.headteacher)
    open_item(head, item, now=NOW)
    show_picture(head, item, now=NOW)
    take_original(head, item, now=NOW).content.close()
    assert check_item(head, item, now=NOW) == ""
    assert events(item) == ["entered", "opened", "previewed", "exported", "verified"]
    assert {entry.by for entry in custody_of(head, item)} == {cast.headteacher}


def test_the_action_log_names_the_owner_and_says_what_was_done(case: Case, cast: Cast) -> None:
    added(case, cast.headteacher)
    entry = Entry.objects.order_by("-number")[0]
    assert entry.about == f"case:{case.pk}"
    assert entry.sentence == f"added E1 to the evidence of {case.reference}"


@pytest.mark.parametrize("who", ["teacher", "administrator", "dsl", "chair", "executive", "outsider"])
def test_for_whoever_does_not_handle_the_case_there_is_none(case: Case, cast: Cast, who: str) -> None:
    item = added(case, cast.headteacher)
    actor = acting(cast.people[who])
    for attempt in (
        lambda: evidence_of(actor, case),
        lambda: item_for(actor, case, 1),
        lambda: custody_of(actor, item),
        lambda: owner_for(actor, cast.school, "case", case.pk),
        lambda: open_item(actor, item, now=NOW),
        lambda: show_picture(actor, item, now=NOW),
        lambda: take_original(actor, item, now=NOW),
        lambda: check_item(actor, item, now=NOW),
        lambda: redact_picture(actor, item, [Box(1, 1, 5, 5)], "", now=NOW),
        lambda: capture_text(actor, case, "A post.", Found(), now=NOW),
        lambda: added(case, cast.people[who]),
    ):
        with pytest.raises(Hidden):
            attempt()
    assert events(item) == ["entered"]


def test_whom_a_case_is_about_sees_nothing_of_it(cast: Cast, storage: Storage) -> None:
    about_the_head = case_of(cast.school, cast.chair, subject=cast.headteacher)
    item = added(about_the_head, cast.chair)
    with pytest.raises(Hidden):
        evidence_of(acting(cast.headteacher), about_the_head)
    with pytest.raises(Hidden):
        open_item(acting(cast.headteacher), item, now=NOW)


def test_in_another_school_a_case_does_not_exist(case: Case, cast: Cast) -> None:
    with pytest.raises(Hidden):
        owner_for(acting(cast.headteacher), cast.sister, "case", case.pk)
    with pytest.raises(Hidden):
        owner_for(acting(cast.headteacher), cast.school, "person", cast.teacher.pk)


def test_an_original_is_taken_out_only_with_a_fresh_second_step(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    with pytest.raises(FreshSecondFactorNeeded):
        take_original(acting(cast.headteacher, proved=NOW - timedelta(hours=1)), item, now=NOW)
    assert events(item) == ["entered"]


def test_a_redacted_text_is_an_item_of_its_own(case: Case, cast: Cast) -> None:
    head, text = acting(cast.headteacher), "Jo Smith of 4B wrote it.\nJo smith again."
    item = capture_text(head, case, text, Found(), now=NOW)
    made = redact_text(head, item, ranges_of(text, ["jo smith", "4B"]), "For the parent", now=NOW)
    assert (made.label, made.derived_from, made.kind) == ("E2", item, "text")
    opened = open_item(head, made, now=NOW)
    assert opened.contents.text == "██ █████ of ██ wrote it.\n██ █████ again."
    assert open_item(head, item, now=NOW).contents.text == text
    assert made.sha256 != item.sha256


def test_redaction_never_lengthens_a_text_and_twice_is_as_once() -> None:
    text = "One two three."
    once = blacked_out(text, [(4, 7)])
    assert once == "One ███ three."
    assert blacked_out(once, [(4, 7)]) == once


def test_whole_lines_are_blacked_out_by_their_numbers() -> None:
    assert blacked_out("a\nbcd\ne", ranges_of("a\nbcd\ne", [], [2])) == "a\n███\ne"


@pytest.mark.parametrize("ranges", [[], [(5, 3)], [(0, 999)], [(-1, 2)]])
def test_nothing_outside_the_text_is_redacted(case: Case, cast: Cast, ranges: list[tuple[int, int]]) -> None:
    item = capture_text(acting(cast.headteacher), case, "A post.", Found(), now=NOW)
    with pytest.raises(ValidationError):
        redact_text(acting(cast.headteacher), item, ranges, "", now=NOW)


def test_a_redacted_picture_is_black_there_and_holds_nothing_else(case: Case, cast: Cast) -> None:
    from PIL import Image

    head = acting(cast.headteacher)
    item = added(case, cast.headteacher, made_files.picture("JPEG", (3200, 2000), exif="a place"), "post.jpg")
    made = redact_picture(head, item, [Box(100, 100, 200, 100)], "", now=NOW)  # in the picture as shown: 1600 × 1000
    with take_original(head, made, now=NOW).content as content, Image.open(io.BytesIO(content.read())) as picture:
        assert (picture.size, picture.format, dict(picture.getexif())) == ((3200, 2000), "PNG", {})
        assert picture.getpixel((300, 300)) == (0, 0, 0)
        assert picture.getpixel((599, 399)) == (0, 0, 0)
        assert picture.getpixel((10, 10)) != (0, 0, 0)


def test_a_box_outside_the_picture_is_refused(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    with pytest.raises(ValidationError, match="640 wide and 400 high"):
        redact_picture(acting(cast.headteacher), item, [Box(600, 10, 100, 10)], "", now=NOW)


FROZEN = ["sha256", "owner", "number", "captured_at"]


@pytest.mark.parametrize("field", FROZEN)
def test_the_database_refuses_to_change_an_item(case: Case, cast: Cast, field: str) -> None:
    item = added(case, cast.headteacher)
    value = {"sha256": "0" * 64, "owner": "case:99", "number": 7, "captured_at": NOW - timedelta(days=1)}[field]
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceItem.objects.filter(pk=item.pk).update(**{field: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceItem.objects.filter(pk=item.pk)._raw_delete("default")


def test_the_database_refuses_to_change_the_custody_log(case: Case, cast: Cast) -> None:
    entry = added(case, cast.headteacher).custody.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        CustodyEntry.objects.filter(pk=entry.pk).update(by=cast.teacher)
    with pytest.raises(DatabaseError), transaction.atomic():
        CustodyEntry.objects.filter(pk=entry.pk)._raw_delete("default")


def test_verification_names_every_byte_that_changed(case: Case, cast: Cast, storage: Storage) -> None:
    first, second = added(case, cast.headteacher), added(case, cast.headteacher, made_files.EML, "mail.eml")
    assert [*verify(Outcome())] == []
    for place in (0, 20, -1):
        changed_in_the_storage(storage, second.file, place)
        (line,) = verify(outcome := Outcome())
        assert line.startswith(f"case:{case.pk} E2 (item {second.pk}, file {second.file_id}): the stored content")
        assert (outcome.held, outcome.faults) == (1, 1)
        changed_in_the_storage(storage, second.file, place)
    storage.delete(first.file.blob)
    (line,) = verify(Outcome())
    assert line.startswith(f"case:{case.pk} E1") and "not in the storage any more" in line


def test_verification_names_a_text_and_a_record_that_changed(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("evidence_evidenceitem_no_update", "evidence_evidenceitem_no_update_state"):
            on = " ON evidence_evidenceitem" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    EvidenceItem.objects.filter(pk=item.pk).update(captured_by=cast.teacher)
    assert [*verify(Outcome())] == [f"evidenceitem:{item.pk}: the record was changed after it was logged"]
    EvidenceItem.objects.filter(pk=item.pk).update(captured_by=cast.headteacher, name=b"\0" * 40)
    (line,) = verify(Outcome())
    assert "a text of" in line and "was changed" in line


def test_an_item_past_the_program_is_named(case: Case, cast: Cast) -> None:
    added(case, cast.headteacher)
    item = EvidenceItem.objects.get()
    CustodyEntry.objects.create(item=item, event="opened", at=NOW, by=cast.teacher)
    (line,) = verify(Outcome())
    assert "is in no entry of the log" in line


def test_the_action_log_still_holds(case: Case, cast: Cast) -> None:
    item = added(case, cast.headteacher)
    open_item(acting(cast.headteacher), item, now=NOW)
    assert verify_log()[1] is None
