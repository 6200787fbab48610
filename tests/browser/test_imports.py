"""An import in a browser, on a telephone and on a desk: columns that nobody knows, and who is in the file."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import code_for, set_up_app, sign_in
from tests.browser.watch import assert_accessible, assert_fits
from tests.served import Site

HEADINGS = "Key,Called,Clan,What they do at the school,A heading that is longer than any column should be\n"
NED, UNA = "1,Ned,Newcombe,Teacher,1 Long Lane\n", "2,Una,Umber,Cook,2 Long Lane\n"
# A code is good once, and one was used a moment ago.
FORGET_CODES = "from django.core.cache import cache; cache.clear()"
ADMINISTRATOR = """
from django.utils import timezone
from proviso.records.people.models import Establishment, Person
from tests.cast import hashed
school = Establishment.objects.create(slug="{place}", name="{place}", kind="school", nation="England", language="en-gb")
person = Person.objects.create(email="{email}", given_name="Wilma", family_name="Desk", password=hashed())
person.roles.create(establishment=school, kind="administrator", starts_on=timezone.localdate())
"""


def looked_at(screen: Page, heading: str) -> None:
    expect(screen.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible(screen)
    assert_fits(screen)


def upload(screen: Page, place: str, file: Path) -> None:
    screen.goto(f"/schools/{place}/imports/people/")
    screen.get_by_label("File", exact=True).set_input_files(file)
    screen.get_by_role("button", name="Read the file").click()


def say_which_column_is_which(screen: Page) -> None:
    looked_at(screen, "Which column is which?")
    screen.get_by_role("button", name="Continue").click()
    expect(screen.get_by_role("link", name="Choose the column for: Identifier.")).to_be_visible()
    assert_accessible(screen)
    for column, heading in {
        "Identifier": "Key",
        "First name": "Called",
        "Last name": "Clan",
        "Role": "What they do at the school",
    }.items():
        screen.get_by_label(column, exact=True).select_option(label=heading)
    screen.get_by_role("button", name="Continue").click()


def apply(screen: Page, site: Site, secret: str) -> None:
    screen.get_by_role("button", name="Apply these changes").click()
    site.run(FORGET_CODES)
    screen.get_by_label("Code").fill(code_for(secret))  # not at an open computer
    screen.get_by_role("button", name="Continue").click()
    screen.get_by_role("button", name="Apply these changes").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("The import is done", timeout=60_000)


def test_a_file_that_nobody_knows_is_imported_and_then_a_part_of_it(screen: Page, tmp_path: Path, site: Site) -> None:
    width = screen.viewport_size["width"] if screen.viewport_size else 0
    place, email = f"school-{width}", f"wilma-{width}@school.example"
    site.run(ADMINISTRATOR.format(place=place, email=email))
    sign_in(screen, email)
    secret = set_up_app(screen)
    whole, part = tmp_path / "export.csv", tmp_path / "part.csv"
    whole.write_text(HEADINGS + NED + UNA, "utf-8")
    part.write_text(HEADINGS + UNA, "utf-8")

    upload(screen, place, whole)
    say_which_column_is_which(screen)
    looked_at(screen, "What the file would change")
    apply(screen, site, secret)

    upload(screen, place, part)  # the columns are known by now
    looked_at(screen, "Is everybody in this file?")
    expect(screen.get_by_text("Ned Newcombe")).to_be_visible()
    screen.get_by_label("Only these").check()
    screen.get_by_role("button", name="Continue").click()
    looked_at(screen, "Nothing to change")

    screen.goto(f"/schools/{place}/imports/people/")
    expect(screen.get_by_text("“part.csv” is waiting to be confirmed.")).to_be_visible()
    looked_at(screen, "Import people")
    screen.get_by_role("button", name="Cancel that import").click()
    expect(screen.get_by_text("The import was cancelled. Nothing was changed.")).to_be_visible()
