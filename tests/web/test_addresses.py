"""Addresses: those of before lead on, and no establishment can take a word that a page has."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from proviso.records.people.models import Establishment
from tests.cast import Cast, visits
from tests.routes import ROUTES

pytestmark = pytest.mark.django_db
# Every address below `at/<establishment>/` as it was before, and what it is now below `schools/<establishment>/`.
SAME = [
    *("", "log/", "settings/", "tasks/"),
    *("sign/", "sign/read/", "sign/questions/1/", "sign/statement/", "sign/decline/", "sign/done/"),
    *("signing/", "signing/people/", "signing/people/7/record/", "signing/exemptions/7/", "signing/ask/"),
    "signing/sheet.pdf",
    *("policy/", "policy/begin/", "policy/1/", "policy/1/particulars/", "policy/1/clauses/", "policy/1/clauses/add/"),
    *("policy/1/clauses/LA-1/", "policy/1/clauses/LA-1/off/", "policy/1/clauses/LA-1/restore/"),
    *("policy/1/consultation/", "policy/1/description/", "policy/1/changes/", "policy/1/approvers/"),
    *("policy/1/approvers/7/", "policy/1/approve/", "policy/1/adopt/", "policy/1/reopen/", "policy/1/discard/"),
    *("policy/1/publish/", "policy/1/withdraw/", "policy/1/review/", "policy/1/policy.pdf", "policy/1/handbook.docx"),
    *("people/", "people/left/", "people/add/", "people/invite/", "people/7/", "people/7/change/"),
    *("people/7/invite/", "people/7/second-step/"),
]
OTHER = {
    "people/import/": "imports/people/",
    "people/import/template/": "imports/people/template/",
    "people/import/7/": "imports/runs/7/",
    "people/import/7/confirm/": "imports/runs/7/confirm/",
    "people/import/7/cancel/": "imports/runs/7/cancel/",
    "people/import/7/resume/": "imports/runs/7/resume/",
    "people/import/7/faults/": "imports/runs/7/faults/",
    "people/export/": "people/?format=csv",
    "signing/signatures.csv": "signing/people/?format=csv",
    "people/7/role/": "people/7/roles/add/",
    "people/7/role/8/end/": "people/7/roles/8/end/",
}


@pytest.mark.parametrize(("before", "now"), [*((path, path) for path in SAME), *OTHER.items()])
def test_an_address_of_before_leads_for_good_to_that_of_now(before: str, now: str) -> None:
    visitor = Client()
    for got in (visitor.get(f"/at/oak-lane/{before}"), visitor.post(f"/at/oak-lane/{before}")):
        assert (got.status_code, got.headers["Location"]) == (308, f"/schools/oak-lane/{now}")


@pytest.mark.parametrize("path", [*SAME, *OTHER.values()])
def test_there_is_a_page_at_each_of_them(path: str) -> None:
    got = Client().get(f"/schools/oak-lane/{path}")
    assert got.status_code in (302, 405)  # to sign in, or for what is only sent
    assert got.status_code == 405 or got.headers["Location"].startswith("/account/sign-in/")


def test_what_was_asked_for_goes_along_and_nothing_leads_off_the_site() -> None:
    visitor = Client()
    assert visitor.get("/at/oak-lane/people/?find=a+b&page=2").headers["Location"] == (
        "/schools/oak-lane/people/?find=a+b&page=2"
    )
    assert visitor.get("/at/oak-lane//evil.example/").headers["Location"].startswith("/schools/oak-lane/")


def test_who_follows_an_old_link_arrives(cast: Cast) -> None:
    page = visits(cast.headteacher).get("/at/oak-lane/people/", follow=True)
    assert page.status_code == 200 and page.redirect_chain == [("/schools/oak-lane/people/", 308)]


FIRST = sorted({word for route in ROUTES if re.fullmatch(r"[\w-]+", word := route.pattern.lstrip("^").split("/")[0])})


def test_the_first_words_are_those_that_one_expects() -> None:
    assert {"about", "account", "at", "calendar", "demo", "invitation", "language", "my", "schools", "tasks"} <= {
        *FIRST
    }


@pytest.mark.parametrize("word", [*FIRST, "static", "king-david"])
def test_no_establishment_is_called_by_a_word_that_a_page_has(word: str) -> None:
    with pytest.raises(ValidationError, match="is taken: choose another short name"):
        Establishment(slug=word, name="School", kind="school", nation="England").clean_fields()


def test_any_other_word_is_free() -> None:
    Establishment(slug="oak-lane", name="School", kind="school", nation="England").clean_fields()
