"""The people of a school, on a telephone and on a desk, up to an import that a worker applies."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import code_for, set_up_app, sign_in
from tests.browser.watch import assert_accessible, assert_fits
from tests.served import Site

TABLE = "Identifier,First name,Last name,Email,Role,Starts,Ends\n"
PAGES = ("", "left/", "add/", "invite/", "../imports/people/")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    lines = [f"X{n},Given{n},Family{n},x{n}@school.example,Teacher,,\n" for n in range(60)]
    path.write_text(TABLE + "".join(lines) + "X99,Una,Umber,,Wizard,,\n", "utf-8")
    return path


LOST = """
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from proviso.records.people.models import Person
vernon = Person.objects.get(email="vernon.pikelet@school.example")
Authenticator.objects.get_or_create(user=vernon, type="totp", defaults={"data": {}})
cache.clear()  # a code is good once, and the first was used a moment ago
"""


def take_away_a_second_step(screen: Page, secret: str) -> None:
    screen.goto("/schools/oak-lane/people/?find=vernon")
    screen.get_by_role("link", name="Vernon Pikelet").click()
    screen.get_by_role("link", name="Take away the second step for signing in").click()
    screen.get_by_label("Code").fill(code_for(secret))  # not at an open computer
    screen.get_by_role("button", name="Continue").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Take away the second step?")
    assert_accessible(screen)
    assert_fits(screen)
    screen.get_by_role("button", name="Take it away").click()
    expect(screen.get_by_text("The second step of Vernon Pikelet was taken away.")).to_be_visible()


def test_an_administrator_looks_after_people(screen: Page, table: Path, site: Site) -> None:
    """One journey, since setting up a second step is done once for somebody: every page is looked at on the way."""
    narrow = screen.viewport_size is not None and screen.viewport_size["width"] < 600
    email = "ada.merrifold@school.example" if narrow else "hester.quillmore@school.example"
    sign_in(screen, email)
    secret = set_up_app(screen)
    for page in PAGES:
        screen.goto(f"/schools/oak-lane/people/{page}")
        assert_accessible(screen)
        assert_fits(screen)

    screen.goto("/schools/oak-lane/people/?find=tamsin")
    screen.get_by_role("link", name="Tamsin Bothwick").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Tamsin Bothwick")
    assert_accessible(screen)
    assert_fits(screen)

    site.run(LOST)
    take_away_a_second_step(screen, secret)

    screen.goto("/schools/oak-lane/imports/people/")
    screen.get_by_label("File", exact=True).set_input_files(table)
    screen.get_by_role("button", name="Read the file").click()
    heading = screen.get_by_role("heading", level=1)
    expect(heading).to_contain_text("hange")  # what would change, or, after the other screen's turn, nothing to change
    assert_accessible(screen)
    assert_fits(screen)
    screen.get_by_role("link", name="Lines not used (1)").click()
    expect(screen.get_by_text("We do not know the role “Wizard”.")).to_be_visible()
    if heading.inner_text() == "Nothing to change":
        return
    screen.get_by_role("button", name="Apply these changes").click()
    expect(heading).to_have_text("The import is done", timeout=60_000)  # the page looks again by itself
    assert_accessible(screen)
    screen.goto("/schools/oak-lane/people/?find=Family5")
    expect(screen.get_by_role("link", name="Given59 Family59")).to_be_visible()
