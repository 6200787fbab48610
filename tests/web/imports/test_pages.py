"""The journey of an import: a file, which column is which, who is in it, what would change, what did."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proviso.records.imports.models import ImportRun
from proviso.records.people.models import Person
from tests.cast import Cast, visits
from tests.records.imports.runs import applied
from tests.records.imports.test_tables import workbook
from tests.web.pages import main, read, words
from tests.work import work

IMPORTS = "/schools/oak-lane/imports/people/"
HEAD = "Identifier,First name,Last name,Email,Role,Starts,Ends\n"
NED = "S1,Ned,Newcombe,ned@school.example,Teacher,,\n"
UNA = "S2,Una,Umber,una@school.example,Teaching assistant,,\n"


@pytest.fixture
def here(cast: Cast) -> Client:
    return visits(cast.administrator)


def sent(client: Client, content: str | bytes, name: str = "staff.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(IMPORTS, {"file": file, **more}, follow=True)


def text(answer: Any) -> str:
    return words(main(answer.content.decode()))


def address() -> str:
    return f"/schools/oak-lane/imports/runs/{ImportRun.objects.latest('pk').pk}/"


def test_a_file_is_read_shown_confirmed_and_applied(cast: Cast, here: Client) -> None:
    table = HEAD + "S1,Ned,Newcombe,ned@school.example,Headteacher,,\nS2,Una,Umber,,Wizard,,\n"
    shown = text(sent(here, table))
    assert "What the file would change" in shown and "staff.csv" in shown
    assert "Ned Newcombe would become headteacher." in shown
    assert "Headteacher from" in shown
    faults = read(here, address() + "?part=faults")
    assert "Line 3" in faults and "We do not know the role “Wizard”." in faults
    going = here.post(address() + "confirm/", follow=True)
    assert "0 of 1 done" in text(going)
    assert going.headers["Refresh"] == "2"
    work()
    done = here.get(address())
    assert "The import is done" in text(done) and "Refresh" not in done.headers
    assert "Nothing to change" in text(sent(here, table))


def test_a_workbook_does_as_well(cast: Cast, here: Client) -> None:
    lines: list[list[str | None]] = [[*HEAD.strip().split(",")], ["S1", "Ned", "Newcombe", None, "Teacher"]]
    assert "Ned Newcombe" in text(sent(here, workbook(*lines), "staff.xlsx"))


def test_a_fault_is_a_sentence_that_says_what_to_do(cast: Cast, here: Client) -> None:
    sent(here, HEAD + "S1,Ned,,,Teacher,,\n" + UNA)
    page = read(here, address() + "?part=faults")
    assert "Nothing is given for: Last name." in page and "Fill it in." in page
    assert "Lines not used" in page and "Left out" not in page


def test_faults_come_as_a_table_to_correct_the_file_by(cast: Cast, here: Client) -> None:
    sent(here, HEAD + "S2,Una,Umber,,Wizard,,\n")
    table = here.get(address() + "faults/").getvalue().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(table)))[1][:3] == ["staff.csv", "2", "We do not know the role “Wizard”."]


def test_the_table_to_fill_in_is_one_that_is_understood(cast: Cast, here: Client) -> None:
    table = here.get(IMPORTS + "template/").getvalue()
    assert "Ffion Example" in text(sent(here, table, "people.csv"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04damaged", "The zip is damaged or locked by a password."),
        (b"", "The file is empty. Choose the one you exported."),
        (b"\x89PNG\r\n\x1a\n\0\0", "“staff.csv” is a different kind of file (image/png) from what its name says."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    cast: Cast, here: Client, content: bytes, what: str
) -> None:
    assert what in text(sent(here, content))


def test_unknown_headings_are_asked_for_with_the_first_lines_in_sight(cast: Cast, here: Client) -> None:
    asked = text(sent(here, "Key,Called,Clan,What they do\n1,Ned,Newcombe,Teacher\n"))
    assert "Which column is which?" in asked and "Newcombe" in asked and "Email address (optional)" in asked
    some = here.post(address() + "columns/", {"identifier": "0", "given": "1", "family": "1", "email": "-"})
    assert some.status_code == 400
    assert "This column is chosen twice. Choose another one." in text(some)
    assert "Choose the column for: Role." in text(some)
    places = {"identifier": "0", "given": "1", "family": "2", "role": "3", "email": "-", "starts": "-", "ends": "-"}
    preview = here.post(address() + "columns/", places, follow=True)
    assert "What the file would change" in text(preview) and "Ned Newcombe" in text(preview)


def test_columns_can_be_chosen_again_from_the_preview(cast: Cast, here: Client) -> None:
    sent(here, "Identifier,First name,Last name,Role,Post\n1,Ned,Newcombe,4711,Teacher\n")
    assert "Nothing to change" in read(here, address())
    places = {"identifier": "0", "given": "1", "family": "2", "role": "4", "email": "-", "starts": "-", "ends": "-"}
    assert "Ned Newcombe" in text(here.post(address() + "columns/", places, follow=True))


def test_who_is_in_the_file_is_a_question_of_its_own(cast: Cast, here: Client) -> None:
    applied(cast, NED.strip(), UNA.strip())
    asked = text(sent(here, HEAD + UNA))
    assert "Is everybody in this file?" in asked and "1 person who came here by an earlier import" in asked
    assert "Ned Newcombe" in asked
    assert "Say whether this is everybody." in text(here.post(address() + "scope/", {}))
    some = text(here.post(address() + "scope/", {"scope": "only_these"}, follow=True))
    assert "Nothing to change" in some and "Only these" in some
    everybody = text(here.post(address() + "scope/", {"scope": "everybody"}, follow=True))
    assert "Leaving 1" in everybody and "This is everybody" in everybody


def test_a_second_file_says_that_the_first_waits(cast: Cast, here: Client) -> None:
    sent(here, HEAD + NED, "first.csv")
    page = read(here, IMPORTS)
    assert "“first.csv” is waiting to be confirmed. Ada Merrifold read it on" in page
    refused = sent(visits(cast.headteacher), HEAD + UNA, "second.csv")
    assert refused.status_code == 400
    assert "Tick the box to cancel the import that is waiting, or go to it." in text(refused)
    assert ImportRun.objects.get().state == "ready"
    assert "Una Umber" in text(sent(here, HEAD + UNA, "second.csv", replace="on"))
    assert ImportRun.objects.get(file_name="first.csv").state == "cancelled"


def test_a_cancelled_import_is_over_and_says_so(cast: Cast, here: Client) -> None:
    sent(here, HEAD + NED)
    answer = here.post(address() + "cancel/", follow=True)
    assert "The import was cancelled. Nothing was changed." in answer.content.decode()
    assert "This import was cancelled" in read(here, address())
    again = here.post(address() + "cancel/", follow=True)
    assert "You cannot do that any more" in again.content.decode()
    assert here.get(address() + "columns/").status_code == 302
    assert not Person.objects.filter(family_name="Newcombe").exists()
