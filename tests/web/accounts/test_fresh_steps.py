"""What must not be done at an open computer: the page asks for the second step again and comes back."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from proviso.records.imports.models import ImportRun
from proviso.records.people.models import Person
from tests.cast import Cast, actor, visits
from tests.clock import TODAY
from tests.records.imports.runs import started_import
from tests.records.policies.life import adopted, approved, draft

PERSON_LINE = "Identifier,First name,Last name,Role\nS1,Ned,Newcombe,Teacher\n"


def left_open(person: Person, seconds: int) -> Client:
    """Return the browser of somebody who gave their second step, of an app that they have, that long ago."""
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    browser = visits(person)
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - seconds} for record in session["account_authentication_methods"]
    ]
    session.save()
    return browser


def asks_again(browser: Client, address: str, **sent: str) -> bool:
    got = browser.post(address, sent) if sent else browser.get(address)
    return got.headers.get("Location", "").startswith("/account/second-step/confirm/?next=%2Fschools%2Foak-lane%2F")


PAGES = [
    "people/add/",
    "people/{person}/change/",
    "people/{person}/roles/add/",
    "people/{person}/roles/{role}/end/",
    "people/{person}/second-step/",
    "people/?format=csv",
    "policy/1/adopt/",
    "policy/1/withdraw/",
    "signing/people/?format=xlsx",
    "signing/sheet.pdf",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_on_the_way_in_and_again_after_a_quarter_of_an_hour(cast: Cast, page: str) -> None:
    adopted(cast)
    address = "/schools/oak-lane/" + page.format(person=cast.teacher.pk, role=cast.teacher.roles.get().pk)
    assert not asks_again(left_open(cast.headteacher, 0), address)
    assert asks_again(left_open(cast.headteacher, 301), address)
    assert asks_again(left_open(cast.headteacher, 901), address, given_name="Ned")
    assert not asks_again(left_open(cast.headteacher, 600), address, given_name="Ned")


def test_an_approval_asks_as_well(cast: Cast) -> None:
    approved(cast, draft(cast))  # nothing is waited for any more, and no second step is asked for in vain
    assert not asks_again(left_open(cast.chair, 901), "/schools/oak-lane/policy/1/approve/")


def test_an_import_is_confirmed_after_it_and_nothing_is_applied_before(cast: Cast) -> None:
    run = started_import(actor(cast.headteacher, TODAY), cast.school, PERSON_LINE)
    address = f"/schools/oak-lane/imports/runs/{run.pk}/confirm/"
    browser = left_open(cast.headteacher, 901)
    assert asks_again(browser, address, confirm="yes")
    assert ImportRun.objects.get().state == "ready"
    assert browser.get(address).headers["Location"] == f"/schools/oak-lane/imports/runs/{run.pk}/"


def test_whoever_has_no_second_step_yet_is_led_to_set_one_up(cast: Cast) -> None:
    adopted(cast)
    got = visits(cast.chair, second_factor=False).get("/schools/oak-lane/policy/1/adopt/")
    assert got.headers["Location"].startswith("/account/second-step/?next=")


def test_in_the_demonstration_nobody_is_asked_for_what_nobody_has(cast: Cast, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    browser = left_open(cast.headteacher, 901)
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "type": "demonstration"} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert browser.get("/schools/oak-lane/people/add/").status_code == 200
    settings.DEMONSTRATION = False
    assert asks_again(browser, "/schools/oak-lane/people/add/")
