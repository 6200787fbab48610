"""Evidence on its pages: adding, looking, redacting, taking out; and no page takes a file where none may be."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proviso.records.cases.models import Case
from proviso.records.evidence.models import EvidenceItem, Retention
from proviso.records.evidence.selectors.items import item_for
from proviso.records.evidence.services.entering import Found, capture_text
from proviso.records.evidence.services.removing import seal_unseen
from proviso.records.evidence.services.retaining import start_retention
from proviso.records.evidence.services.seeing import open_item
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.evidence import made_files
from tests.records.evidence.owners import case_of
from tests.records.evidence.test_evidence import added, events
from tests.records.policies.life import acting


@pytest.fixture
def case(cast: Cast) -> Case:
    return case_of(cast.school, cast.headteacher)


@pytest.fixture
def head(cast: Cast) -> Client:
    return visits(cast.headteacher)


def address(page: str, case: Case, *more: int) -> str:
    return reverse(f"evidence:{page}", args=["oak-lane", "case", case.pk, *more])


def files(**contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name.replace("_", "."), content) for name, content in contents.items()]


def sent(client: Client, case: Case, chosen: list[SimpleUploadedFile], **fields: str) -> Any:
    return client.post(address("add", case), {"uploads": chosen, **fields})


def test_several_files_are_added_with_where_and_when_they_were_seen(case: Case, cast: Cast, head: Client) -> None:
    day = TODAY - timedelta(days=1)
    when = {"seen_on_day": str(day.day), "seen_on_month": str(day.month), "seen_on_year": str(day.year)}
    chosen = files(a_png=made_files.picture(), b_eml=made_files.EML)
    answer = sent(head, case, chosen, address="https://social.example/1", seen_at="14:30", note="By a parent.", **when)
    assert (answer.status_code, answer.headers["Location"]) == (302, address("listed", case))
    page = head.get(address("listed", case)).text
    assert "2 items are added: E1, E2." in page
    assert "E1 a.png" in page and "E2 b.eml" in page and "Not scanned" in page
    item = head.get(address("item", case, 2)).text
    assert "The post of last night" in item and "https://social.example/1" in item and "14:30" in item
    assert "post.png, image/png" in item


def test_a_form_without_a_file_or_with_a_wrong_time_keeps_what_was_typed(case: Case, cast: Cast, head: Client) -> None:
    answer = sent(head, case, [], address="https://social.example/1", seen_at="half past two")
    assert answer.status_code == 400
    assert "Choose a file." in answer.text and "hours and minutes" in answer.text
    assert 'value="https://social.example/1"' in answer.text and 'value="half past two"' in answer.text


def test_a_refused_file_is_named_and_nothing_is_kept(case: Case, cast: Cast, head: Client) -> None:
    answer = sent(head, case, files(a_png=made_files.picture(), b_png=b"no picture"))
    assert answer.status_code == 400
    assert "“b.png” is a different kind of file" in answer.text
    assert not EvidenceItem.objects.exists()


def test_the_same_form_sent_twice_adds_once(case: Case, cast: Cast, head: Client) -> None:
    for _time in range(2):
        answer = sent(head, case, files(a_png=made_files.picture()), once="5b6f5b6f5b6f5b6f")
    assert answer.status_code == 400 and "sent twice" in answer.text
    assert EvidenceItem.objects.count() == 1


def test_five_thousand_fields_are_refused_and_nothing_is_kept(case: Case, cast: Cast, head: Client) -> None:
    many = {f"field{number}": "x" for number in range(5000)}
    assert head.post(address("add_text", case), {"text": "A post.", **many}).status_code == 400
    assert not EvidenceItem.objects.exists()


def test_a_pasted_text_is_shown_as_text(case: Case, cast: Cast, head: Client) -> None:
    text = "<script>alert(1)</script> she wrote\nand again"
    assert head.post(address("add_text", case), {"text": text}).status_code == 302
    page = head.get(address("item", case, 1)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; she wrote" in page and "<script>alert" not in page


def test_a_picture_is_shown_made_anew_and_sandboxed(case: Case, cast: Cast, head: Client) -> None:
    added(case, cast.headteacher, made_files.picture("JPEG", exif="<script>x</script>"), "a.jpg")
    assert address("picture", case, 1) in head.get(address("item", case, 1)).text
    answer = head.get(address("picture", case, 1))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "nosniff",
        "no-store, max-age=0, no-cache, must-revalidate, private",
    )
    assert answer["Content-Disposition"] == 'inline; filename="E1.png"'
    assert b"script" not in answer.content


def test_an_original_goes_out_as_a_download_and_is_written_down(case: Case, cast: Cast, head: Client) -> None:
    page = b"<script>alert(1)</script>" + b"a page " * 20
    item = added(case, cast.headteacher, page, "post.txt")
    assert head.get(address("original", case, 1)).status_code == 200
    assert events(item) == ["entered"]  # to ask is not to take
    answer: Any = head.post(address("original", case, 1))
    assert b"".join(answer.streaming_content) == page
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="E1 post.txt"'
    assert events(item) == ["entered", "exported"]


@pytest.mark.parametrize("page", ["original", "package", "remove"])
def test_what_goes_out_or_away_asks_for_a_second_step_first(case: Case, cast: Cast, page: str) -> None:
    item = added(case, cast.headteacher)
    client = visits(cast.headteacher, second_factor=False)
    more = () if page == "package" else (1,)
    answer = client.post(address(page, case, *more), {"adviser": "PC 1", "reference": "HP-1"})
    assert answer.status_code == 302 and "/account/" in answer["Location"]
    assert events(item) == ["entered"]


def test_the_package_is_a_zip_that_sha256sum_can_check(case: Case, cast: Cast, head: Client) -> None:
    item = added(case, cast.headteacher)
    answer: Any = head.post(address("package", case))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert f"{item.sha256}  items/E1 post.png\n" in archive.read("SHA256SUMS").decode()


def test_a_text_is_redacted_by_words_and_lines(case: Case, cast: Cast, head: Client) -> None:
    capture_text(acting(cast.headteacher), case, "Jo wrote it.\nIn 4B.", Found(), now=NOW)
    wrong = head.post(address("redact", case, 1), {"words": "Jo\nJoe", "lines": ""})
    assert wrong.status_code == 400 and "“Joe” is not in the text." in wrong.text
    answer = head.post(address("redact", case, 1), {"words": "jo", "lines": "2"})
    assert answer["Location"] == address("item", case, 2)
    made = item_for(acting(cast.headteacher), case, 2)
    assert open_item(acting(cast.headteacher), made, now=NOW).contents.text == "██ wrote it.\n██ ███"


def test_a_picture_is_redacted_by_numbers_without_any_script(case: Case, cast: Cast, head: Client) -> None:
    added(case, cast.headteacher)
    wrong = head.post(address("redact", case, 1), {"boxes": "10, 10, 50, 20\nsomewhere"})
    assert wrong.status_code == 400 and "Line 2 is not four numbers" in wrong.text
    outside = head.post(address("redact", case, 1), {"boxes": "600, 10, 500, 20"})
    assert outside.status_code == 400 and "640 wide and 400 high" in outside.text
    assert head.post(address("redact", case, 1), {"boxes": "10, 10, 50, 20"}).status_code == 302
    assert EvidenceItem.objects.filter(derived_from__number=1).count() == 1


def test_a_check_says_whether_an_item_is_as_it_came_in(case: Case, cast: Cast, head: Client) -> None:
    added(case, cast.headteacher)
    assert "E1 is exactly as it came in." in head.post(address("check", case, 1), follow=True).text


def test_removal_names_who_advised_it(case: Case, cast: Cast, head: Client) -> None:
    added(case, cast.headteacher, name="a girl.png")
    assert head.post(address("remove", case, 1), {"adviser": "", "reference": ""}).status_code == 400
    head.post(address("remove", case, 1), {"adviser": "PC 1234, Harbour Police", "reference": "HP-26"})
    page = head.get(address("item", case, 1)).text
    assert "Only its record is left" in page and "PC 1234, Harbour Police, HP-26" in page
    assert "a girl" not in page


# ---- Where there may be a sexual image of a child.
ROUTES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("listed", "add", "add_text", "package"), ()),
    **dict.fromkeys(("item", "picture", "check", "redact", "original"), (1,)),
}
SENT = {
    "uploads": None,
    "text": "data:image/png;base64,iVBORw0KGgo=",
    "boxes": "10, 10, 20, 20",
    "words": "a",
    "lines": "1",
}


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("page", ROUTES)
def test_no_page_takes_shows_or_copies_anything_in_such_a_case(
    case: Case, cast: Cast, head: Client, page: str, sealed: bool
) -> None:
    picture = made_files.picture()
    item = added(case, cast.headteacher, picture, "a girl of class eight.png")
    Case.objects.filter(pk=case.pk).update(has_sexual_image=True)
    if sealed:
        seal_unseen(acting(cast.headteacher), case, now=NOW)
    for method in ("get", "post"):
        fields = {**SENT, "uploads": files(b_png=picture)} if method == "post" else {}
        answer = getattr(head, method)(address(page, case, *ROUTES[page]), fields)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"class eight" not in content and picture not in content and b"\x89PNG" not in content
        if page == "package" and method == "post":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert not [name for name in archive.namelist() if name.startswith("items/")]
    assert EvidenceItem.objects.count() == 1
    assert not {"previewed", "exported"} & set(events(item))


def test_such_a_case_says_why_no_file_can_be_added(case: Case, cast: Cast, head: Client) -> None:
    Case.objects.filter(pk=case.pk).update(has_sexual_image=True)
    page = head.get(address("add", case)).text
    assert "Do not view, copy, print, share, store or ask for it." in page
    assert 'type="file"' not in page
    assert "Add files" not in head.get(address("listed", case)).text


def test_a_list_of_thirty_asks_no_more_of_the_database_than_one_of_three(case: Case, cast: Cast, head: Client) -> None:
    asked: list[int] = []
    for _part in range(2):
        for number in range(3 if not asked else 27):
            capture_text(acting(cast.headteacher), case, f"Post {len(asked)} {number}", Found(), now=NOW)
        head.get(address("listed", case))  # what is counted once in a while is counted by now
        with CaptureQueriesContext(connection) as queries:
            assert head.get(address("listed", case)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 9


# ---- What is due for deletion.
@pytest.fixture
def due(case: Case, cast: Cast) -> Retention:
    added(case, cast.headteacher)
    long_ago = TODAY - timedelta(days=7 * 366)
    return start_retention(acting(cast.headteacher), case, "other_case", long_ago, now=NOW)


def of_retention(page: str, row: Retention) -> str:
    return reverse(f"evidence:{page}", args=["oak-lane", row.pk])


def test_what_is_due_is_reviewed_held_released_and_deleted(due: Retention, case: Case, head: Client) -> None:
    assert case.reference in head.get("/schools/oak-lane/retention/").text
    page = head.get(of_retention("review", due)).text
    assert "Nobody has verified this period" in page
    head.post(of_retention("hold", due), {"why": "A claim."})
    refused = head.post(of_retention("review", due), {"why": "Reviewed."})
    assert refused.status_code == 400 and "on hold" in refused.text
    head.post(of_retention("release", due))
    assert head.post(of_retention("review", due), {"why": "Reviewed."}).status_code == 302
    assert "Nothing is due." in head.get("/schools/oak-lane/retention/").text
    assert "Only its record is left" in head.get(address("item", case, 1)).text


def test_nobody_else_is_shown_what_is_due(due: Retention, case: Case, cast: Cast) -> None:
    for who in (cast.teacher, cast.administrator):
        assert case.reference not in visits(who).get("/schools/oak-lane/retention/").text
        assert visits(who).get(of_retention("review", due)).status_code == 404
