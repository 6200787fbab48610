"""The pages about people, as those who run a school use them."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from proviso.records.people.models import Person, Role
from tests.cast import Cast, visits
from tests.web.pages import main, read, words
from tests.work import work

PEOPLE = "/schools/oak-lane/people/"
IMPORT = "/schools/oak-lane/imports/people/"
NEW = {
    "given_name": "Ned",
    "family_name": "Newcombe",
    "email": "ned@school.example",
    "kind": "teacher",
    "starts_on_day": "1",
    "starts_on_month": "9",
    "starts_on_year": "2026",
}
HEAD = "Identifier,First name,Last name,Email,Role,Starts,Ends\n"


@pytest.fixture
def here(cast: Cast) -> Client:
    """The headteacher's browser."""
    return visits(cast.headteacher)


def test_the_list_has_everybody_with_their_roles_and_none_of_another_school(cast: Cast, here: Client) -> None:
    page = read(here, PEOPLE)
    assert "12 people" in page
    assert "Tamsin Bothwick" in page and "Governor" in page
    assert "Lettice Farewell" not in page  # who left
    assert "Olwen" not in page


def test_who_left_is_on_a_list_of_their_own(cast: Cast, here: Client) -> None:
    assert "Lettice Farewell" in read(here, PEOPLE + "left/")
    assert "Tobias Wrenfield" not in read(here, PEOPLE + "left/")


def test_who_left_is_found_by_words(cast: Cast, here: Client) -> None:
    assert "Lettice Farewell" in read(here, PEOPLE + "left/?find=fare+lett")
    none = here.get(PEOPLE + "left/?find=wren")
    assert "Nobody was found." in none.text and "Nobody has left." not in none.text
    assert 'value="wren"' in none.text  # what was looked for stands in the box


def test_the_list_is_searched_by_words_and_by_role(cast: Cast, here: Client) -> None:
    assert "1 person" in read(here, PEOPLE + "?find=wren+tob")
    assert "2 people" in read(here, PEOPLE + "?role=governor")
    assert "Nobody was found." in read(here, PEOPLE + "?find=nobody")


def crowd(cast: Cast, many: int) -> None:
    """More teachers, none of whom has a password."""
    none = make_password(None)
    people = Person.objects.bulk_create(
        [
            Person(given_name=f"Given{n}", family_name=f"Family{n:04}", email=f"p{n}@school.example", password=none)
            for n in range(many)
        ]
    )
    day = timezone.localdate()
    Role.objects.bulk_create(
        [Role(person=person, establishment=cast.school, kind="teacher", starts_on=day) for person in people]
    )


@pytest.mark.parametrize("many", [1, 300])
@pytest.mark.parametrize("address", [PEOPLE, PEOPLE + "?find=a&role=teacher", PEOPLE + "left/", PEOPLE + "invite/"])
def test_no_list_takes_ten_queries_however_many_there_are(
    cast: Cast, here: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str, many: int
) -> None:
    crowd(cast, many)
    here.get(address)  # the session's own first write
    with django_assert_max_num_queries(9):
        assert here.get(address).status_code == 200


def test_a_long_list_comes_in_pages(cast: Cast, here: Client) -> None:
    crowd(cast, 120)
    assert read(here, PEOPLE + "?role=teacher&page=3").count("@school.example") == 22  # 122 teachers, 50 to a page
    assert 'href="?role=teacher&amp;page=2"' in here.get(PEOPLE + "?role=teacher&page=3").text
    assert read(here, PEOPLE + "?role=teacher&page=99").count("@school.example") == 22


@pytest.mark.parametrize("name", ["=1+1", "＝1+1", "@1+1"])
def test_the_export_holds_everybody_and_tricks_no_spreadsheet(cast: Cast, here: Client, name: str) -> None:
    Person.objects.filter(pk=cast.teacher.pk).update(family_name=name)
    sent = here.get(PEOPLE + "?format=csv").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sent, newline="")))
    assert rows[0][:4] == ["Last name", "First name", "Email address", "Role"]
    assert f"'{name}" in [row[0] for row in rows]
    assert ["Bothwick", "Tamsin", "tamsin.bothwick@school.example", "Governor"] in [row[:4] for row in rows]


def test_somebody_is_added_with_a_role_and_invited_at_once(
    cast: Cast, here: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = here.post(PEOPLE + "add/", {**NEW, "invite": "on"}, follow=True)
    text = words(main(page.text))
    assert "Ned Newcombe was added." in text
    assert "An invitation was sent to ned@school.example." in text
    assert "since 1 September 2026" in text
    assert [letter.to for letter in mail.outbox] == [["ned@school.example"]]


def test_what_was_typed_is_kept_when_something_is_wrong(cast: Cast, here: Client) -> None:
    page = here.post(PEOPLE + "add/", {**NEW, "email": "no address", "starts_on_month": "13"})
    assert page.status_code == 400
    assert "Enter an email address like name@school.example." in page.text
    assert "Enter a real date" in page.text
    assert 'value="Ned"' in page.text and 'value="no address"' in page.text and 'value="13"' in page.text


def test_an_address_of_somebody_here_is_refused_beside_its_box(cast: Cast, here: Client) -> None:
    page = here.post(PEOPLE + "add/", {**NEW, "email": cast.teacher.email or ""})
    assert page.status_code == 400
    assert "Tobias Wrenfield has this address and is here already" in words(main(page.text))
    assert not Person.objects.filter(given_name="Ned").exists()


def test_somebody_of_another_school_is_the_same_person_here(cast: Cast, here: Client) -> None:
    known = {"given_name": "Silas", "family_name": "Ember", "email": cast.sister_head.email or "", "kind": "governor"}
    here.post(PEOPLE + "add/", {**NEW, **known})
    assert Person.objects.filter(family_name="Ember").count() == 1
    assert cast.sister_head.roles.count() == 2


def test_details_are_changed_and_the_session_of_an_exchanged_address_ends(cast: Cast, here: Client) -> None:
    theirs = visits(cast.teacher)
    details = {"given_name": "Toby", "family_name": "Wrenfield", "email": "toby@school.example"}
    page = here.post(f"{PEOPLE}{cast.teacher.pk}/change/", details, follow=True)
    assert "The details were changed." in page.text and "toby@school.example" in page.text
    assert theirs.get("/account/").status_code == 302


def changed_to(here: Client, cast: Cast, email: str) -> None:
    details = {"given_name": "Tobias", "family_name": "Wrenfield", "email": email}
    assert here.post(f"{PEOPLE}{cast.teacher.pk}/change/", details).status_code == 302


def test_the_address_that_somebody_had_is_told_of_the_change_and_not_of_the_other_address(
    cast: Cast, here: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changed_to(here, cast, "toby@school.example")
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["tobias.wrenfield@school.example"], "Your email address was changed")
    assert "toby@" not in letter.body


def test_details_changed_without_another_address_write_to_nobody(
    cast: Cast, here: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        changed_to(here, cast, "Tobias.Wrenfield@school.example")
    assert not mail.outbox


def test_a_slip_in_the_address_of_somebody_without_an_account_is_put_right_in_silence(
    cast: Cast, here: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast.teacher.set_unusable_password()
    cast.teacher.save()
    with django_capture_on_commit_callbacks(execute=True):
        changed_to(here, cast, "toby@school.example")
    assert not mail.outbox


def test_no_school_can_take_over_an_account_that_another_school_shares(cast: Cast, here: Client) -> None:
    Role.objects.create(
        person=cast.outsider, establishment=cast.school, kind="governor", starts_on=timezone.localdate()
    )
    details = {"given_name": "Olwen", "family_name": "Tŷ-Draw", "email": "thief@school.example"}
    page = here.post(f"{PEOPLE}{cast.outsider.pk}/change/", details)
    assert page.status_code == 400
    assert "also holds a role at Ysgol y Bryn, which has to agree" in words(main(page.text))
    cast.outsider.refresh_from_db()
    assert cast.outsider.email == "olwen.ty-draw@school.example"


def test_a_role_is_added_and_ended(cast: Cast, here: Client) -> None:
    today = timezone.localdate()
    day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    here.post(f"{PEOPLE}{cast.teacher.pk}/roles/add/", {"kind": "dsl", **day})
    role = cast.teacher.roles.get(kind="dsl")
    last = today + timedelta(days=3)
    end = {"ends_on_day": last.day, "ends_on_month": last.month, "ends_on_year": last.year}
    page = here.post(f"{PEOPLE}{cast.teacher.pk}/roles/{role.pk}/end/", end, follow=True)
    role.refresh_from_db()
    assert role.ends_on == last
    assert "Designated safeguarding lead" in page.text


def test_nobody_gives_themselves_a_role(cast: Cast, here: Client) -> None:
    page = here.post(
        f"{PEOPLE}{cast.headteacher.pk}/roles/add/", {k: v for k, v in NEW.items() if "_on_" in k or k == "kind"}
    )
    assert page.status_code == 400
    assert "Nobody can give themselves a role" in page.text


def test_a_role_that_would_end_before_it_began_is_refused(cast: Cast, here: Client) -> None:
    role = cast.teacher.roles.get()
    end = {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2001"}
    page = here.post(f"{PEOPLE}{cast.teacher.pk}/roles/{role.pk}/end/", end)
    assert page.status_code == 400


def test_everybody_not_yet_invited_is_invited_by_the_worker(
    cast: Cast, here: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    crowd(cast, 3)
    assert "3 people have an email address and a role, but no account" in read(here, PEOPLE + "invite/")
    here.post(PEOPLE + "invite/")
    with django_capture_on_commit_callbacks(execute=True):
        work()
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"p{n}@school.example" for n in range(3)]
    assert "There is nobody to invite." in read(here, PEOPLE + "invite/")
    assert read(here, PEOPLE + "?find=Family").count("Invited") == 3


def test_a_welsh_school_has_its_own_words(cast: Cast) -> None:
    there = visits(cast.outsider)
    address = f"/schools/ysgol-y-bryn/people/{cast.outsider.pk}/roles/add/"
    assert "Person Diogelu Dynodedig" in there.get(address).text
    there.post("/language/", {"language": "en-gb", "next": address})
    assert "Designated safeguarding person" in there.get(address).text
