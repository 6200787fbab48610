"""The pages of cases: from opening to the file that is taken out, as somebody goes through them."""

import hashlib
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proviso.records.cases.models import Case, Concern, Letter
from proviso.records.evidence.services.entering import Found, capture_text
from proviso.records.people.models import Person
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.cases.casework import opened, shared, step_of
from tests.records.policies.life import acting, adopted, draft

pytestmark = pytest.mark.django_db
AT = "/schools/oak-lane/cases/"


def page(client: Client, address: str, code: int = 200) -> str:
    answer = client.get(AT + address)
    assert answer.status_code == code, (address, answer.status_code)
    return answer.content.decode()


def sent(client: Client, address: str, **data: str) -> str:
    answer = client.post(AT + address, data)
    assert answer.status_code == 302, (address, answer.status_code, answer.content.decode()[:4000])
    return answer.headers["Location"]


def day() -> dict[str, str]:
    return {"aware_on_day": str(TODAY.day), "aware_on_month": str(TODAY.month), "aware_on_year": str(TODAY.year)}


def test_a_headteacher_opens_a_case_and_sees_its_steps_with_their_source(cast: Cast) -> None:
    adopted(cast, draft(cast, "asset-education"))
    head = visits(cast.headteacher)
    given = {"kind": "parent_misuse", "title": "Posts about a trip", "what": "A post.", "name": "A parent"}
    address = sent(head, "open/", **given, **day())
    text = head.get(address).content.decode()
    assert "Posts about a trip" in text
    assert "Contact the parent or family member" in text
    assert "national guidance" in text
    assert "your policy, " in text


def test_a_case_from_a_concern_takes_it_in(cast: Cast) -> None:
    concern = shared(cast)
    head = visits(cast.headteacher)
    assert "malicious_posts" in page(head, f"concerns/{concern.pk}/open/")
    sent(head, f"concerns/{concern.pk}/open/", kind="parent_misuse", title="Posts", what="As shared.")
    concern.refresh_from_db()
    assert concern.state == Concern.State.IN_CASE


def test_every_page_of_a_case_can_be_looked_at(cast: Cast) -> None:
    case = opened(cast, "staff_misuse")
    head, step = visits(cast.headteacher), case.steps.all()[0]
    harmed = case.parties.get(role="harmed")
    for address in (
        *("", "adults/", "open/", "letters/", "letters/parent_removal/cy/"),
        *(f"{case.reference}/{each}/" for each in ("readings", "note", "people/add", "proportionality", "decision")),
        *(f"{case.reference}/{each}/" for each in ("threshold", "sexual-image", "letters/add", "hold", "close")),
        *(f"{case.reference}/{each}/" for each in ("transfer", "file", "viewing")),
        f"{case.reference}/steps/{step.pk}/",
        f"{case.reference}/steps/{step.pk}/hand-over/",
        f"{case.reference}/people/{harmed.pk}/wishes/",
        f"{case.reference}/people/{harmed.pk}/end/",
        f"{case.reference}/letters/add/site_removal/en-gb/",
        f"{case.reference}/entries/{case.chronology.all()[0].pk}/correct/",
        f"{case.reference}/",
    ):
        page(head, address)


def test_a_letter_goes_from_draft_to_sent(cast: Cast) -> None:
    case = opened(cast)
    head, deputy = visits(cast.headteacher), visits(cast.deputy)
    step = step_of(case, "letter")
    to = sent(
        head,
        f"{case.reference}/letters/add/?kind=parent_removal&step={step.pk}",
        kind="parent_removal",
        language="en-gb",
    )
    address = to.removeprefix(AT)
    given = {"recipient": "The family", "subject": "A post", "body": "Please take it down."}
    sent(head, address, **given)
    letter = Letter.objects.get()
    assert letter.step == step
    at = f"{case.reference}/letters/{letter.pk}/"
    assert "Please take it down." in page(head, at)
    sent(head, at + "ask/", approver=str(cast.deputy.pk))
    assert "Please take it down." in page(deputy, f"approve/{letter.pk}/")
    page(deputy, f"{case.reference}/", 404)
    sent(deputy, f"approve/{letter.pk}/", choice="approve")
    sent(head, at + "send/", how="By post")
    assert head.get(AT + at + "file/docx/").content.startswith(b"PK")
    assert head.get(AT + at + "file/pdf/").content.startswith(b"%PDF")
    assert "By post" in page(head, f"{case.reference}/")


def test_the_file_that_is_taken_out_can_be_verified_without_the_program(cast: Cast, tmp_path: Path) -> None:
    case = opened(cast)
    capture_text(acting(cast.headteacher), case, "What the post said", Found(), now=NOW)
    head = visits(cast.headteacher)
    assert head.post(f"{AT}{case.reference}/file/", {"pdf": "1"}).content.startswith(b"%PDF")
    answer = head.post(f"{AT}{case.reference}/file/", {"zip": "1"})
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as archive:
        archive.extractall(tmp_path)
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert f"{case.reference}.pdf: OK" in checked.stdout
    (tmp_path / "chronology.csv").write_text("otherwise", "utf-8")
    again = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    assert "chronology.csv: FAILED" in again.stdout
    folder = tmp_path / "evidence"
    evidence = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert evidence.returncode == 0, evidence.stdout
    [item] = (folder / "items").iterdir()
    assert item.read_text("utf-8") == "What the post said"


def test_the_hash_of_each_file_stands_beside_its_name() -> None:
    from proviso.web.cases.exports import sums

    assert sums({"a.txt": b"abc"}).decode() == f"{hashlib.sha256(b'abc').hexdigest()}  a.txt\n"


def test_a_case_is_closed_and_says_so(cast: Cast) -> None:
    case = opened(cast)
    head = visits(cast.headteacher)
    refused = head.post(f"{AT}{case.reference}/close/", {"outcome": "resolved", "reasons": "Done."})
    assert refused.status_code == 400
    assert "still to be done" in refused.content.decode()
    for step in case.steps.exclude(letter="reply_to_sharer"):
        sent(head, f"{case.reference}/steps/{step.pk}/", state="not_needed", reason="Not here.")
    sent(head, f"{case.reference}/close/", outcome="resolved", reasons="Done.")
    assert "Resolved" in page(head, f"{case.reference}/")


@pytest.mark.parametrize("person", ["deputy", "dsl", "chair", "administrator", "teacher", "support", "executive"])
def test_to_everybody_else_a_case_does_not_exist(cast: Cast, person: str) -> None:
    from proviso.records.cases.services.opening import PartyGiven

    case = opened(cast, "staff_misuse", about=(PartyGiven("subject", cast.support),))
    somebody: Person = getattr(cast, person)
    page(visits(somebody), f"{case.reference}/", 404)
    assert Case.objects.count() == 1


def test_the_list_asks_the_database_no_more_for_many_cases_than_for_few(cast: Cast) -> None:
    head = visits(cast.headteacher)
    counts = []
    for more in (2, 6):
        for _each in range(more):
            opened(cast)
        page(head, "")  # what is looked up once in a process
        with CaptureQueriesContext(connection) as asked:
            page(head, "")
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 9
