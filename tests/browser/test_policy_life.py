"""A policy's life in a browser: a starter signs, a headteacher adopts, a clerk reviews."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import become
from tests.browser.watch import assert_accessible, assert_fits
from tests.served import Site

# Who looks at which pages: every kind of page that this part of the site has.
PAGES = {
    ("Hartwell Community School", "Headteacher"): (
        "/my/",
        "/my/signed/",
        "/my/calendar/",
        "/schools/hartwell/",
        "/schools/hartwell/settings/",
        "/schools/hartwell/policy/",
        "/schools/hartwell/policy/2/",
        "/schools/hartwell/policy/2/clauses/",
        "/schools/hartwell/policy/2/changes/?with=1",
        "/schools/hartwell/policy/2/approvers/",
        "/schools/hartwell/policy/2/approve/",
        "/schools/hartwell/policy/2/reopen/",
        "/schools/hartwell/policy/1/",
        "/schools/hartwell/policy/1/review/",
        "/schools/hartwell/policy/1/withdraw/",
        "/schools/hartwell/signing/",
        "/schools/hartwell/signing/people/",
        "/schools/hartwell/signing/ask/",
        "/schools/hartwell/tasks/",
        "/schools/hartwell/log/",
        "/schools/hartwell/people/",
        "/schools/hartwell/sign/",
    ),
    ("Meadowlark Learning Trust", "Trust executive"): (
        "/my/",
        "/schools/meadowlark-trust/",
        "/schools/meadowlark-trust/policy/1/publish/",
        "/schools/copper-street/",
    ),
    ("Brackenfield Primary School", "Teacher"): ("/my/", "/schools/brackenfield/", "/schools/brackenfield/sign/"),
}


def days(page: Page, name: str, day: date) -> None:
    box = page.locator(f"#id_{name}")
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        box.get_by_label(label).fill(str(value))


def looked_at(page: Page) -> None:
    page.wait_for_load_state()
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("who", PAGES, ids=" / ".join)
def test_every_page_has_no_barrier_and_fits_every_screen(demo: Page, who: tuple[str, str]) -> None:
    demo.goto("/demo/")
    looked_at(demo)
    become(demo, *who)
    for address in PAGES[who]:
        demo.goto(address)
        expect(demo.get_by_role("heading", level=1)).to_have_count(1)
        looked_at(demo)


STARTER = """
from datetime import timedelta
from django.utils import timezone
from proviso.records.people.invitations import invite
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.policies.models import Version
from tests.cast import Cast, ROLES
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft
places = {"trust": "harbour-trust", "school": "oak-lane", "sister": "mill-road", "elsewhere": "ysgol-y-bryn"}
found = {key: Establishment.objects.get(slug=slug) for key, slug in places.items()}
people = {key: Person.objects.get(given_name=one[0], family_name=one[1]) for key, one in ROLES.items()}
cast = Cast(**found, **people)
if not Version.objects.exists():
    adopted(cast)
starter = Person.objects.create(given_name="Nessa", family_name="Newcombe", email="nessa.newcombe@school.example")
starter.set_unusable_password(); starter.save()
Role.objects.create(person=starter, establishment=cast.school, kind="teacher", starts_on=TODAY)
invite(acting(cast.headteacher), cast.school, starter, now=NOW)
"""


def test_a_starter_on_a_telephone_from_invitation_to_signed(phone: Page, site: Site) -> None:
    # Given a school with a policy in force, and somebody who begins today and was invited
    site.run(STARTER)
    # When she opens the link of the email and chooses a password
    phone.goto(site.link("nessa.newcombe@school.example"))
    looked_at(phone)
    phone.get_by_label("Password", exact=True).fill("harbour lemon thistle")
    phone.get_by_role("button", name="Set the password and sign in").click()
    # Then what waits for her is the policy
    phone.goto("/my/")
    looked_at(phone)
    phone.get_by_role("link", name="Read and sign the social media policy").click()
    looked_at(phone)
    phone.get_by_role("button", name="Start").click()
    looked_at(phone)
    phone.get_by_label("The clauses that apply to me").check()
    phone.get_by_role("button", name="Continue").click()
    for _question in range(3):
        looked_at(phone)
        phone.get_by_role("radio").first.check()
        phone.get_by_role("button", name="Answer").click()
        looked_at(phone)
        phone.get_by_role("button", name="Go on").click()
    looked_at(phone)
    phone.get_by_label("Your full name").fill("nessa newcombe")
    phone.get_by_role("button", name="Sign", exact=True).click()
    # And it says that she has signed, with the fingerprint of the text
    expect(phone.get_by_role("heading", level=1)).to_have_text("Signed")
    expect(phone.locator(".app-fingerprint")).to_have_text(site.run(FINGERPRINT).strip())
    looked_at(phone)


FINGERPRINT = """
from proviso.records.policies.models import Acknowledgement
print(Acknowledgement.objects.get(person__given_name="Nessa").fingerprint)
"""


def test_a_headteacher_adopts_the_lancashire_model_with_one_variation(demo_desk: Page) -> None:
    page = demo_desk
    today = date.today()
    # Given the headteacher of a school that has another policy, overdue for review
    become(page, "Copper Street Primary School", "Headteacher")
    page.goto("/schools/copper-street/policy/")
    page.get_by_role("button", name="Begin the next version").click()
    page.get_by_label("Lancashire County Council").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    # When she fills in its particulars
    page.get_by_role("link", name="Fill in the policy details").click()
    days(page, "in_force_from", today)
    page.get_by_label("Agreed channels").fill("The school’s app for parents")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    # And changes one clause, having seen what that would change
    page.get_by_role("link", name="Look through the clauses").click()
    page.locator("article[id='LA-4.1i']").get_by_role("link", name="Change").click()
    looked_at(page)
    page.get_by_role("link", name="Change How strict").first.click()
    page.get_by_label("Advised against").check()
    page.get_by_label("Why is it so here?").fill("Breaks are short, and nobody minds.")
    page.get_by_role("button", name="See what would change").click()
    preview = page.get_by_role("region", name="What would change")
    expect(preview).to_contain_text("Not allowed")
    expect(preview).to_contain_text("Advised against")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    # And says that it is a material change, and asks for approval
    page.goto("/schools/copper-street/policy/2/")
    page.get_by_role("link", name="Say what changes").click()
    page.get_by_label("A material change", exact=False).check()
    page.get_by_label("What changes, in a sentence or two").fill("We follow the county’s model now.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Ask for approval", exact=True).click()
    looked_at(page)
    page.get_by_role("button", name="Ask them").click()
    looked_at(page)
    # Then the chair finds it waiting, approves it with a typed name, and records the adoption
    chair = become(page, "Copper Street Primary School", "Chair of governors")
    page.get_by_role("link", name="Approve version 2 of the policy").click()
    page.get_by_label("I approve this version").check()
    page.get_by_label("Your full name").fill(chair)
    looked_at(page)
    page.get_by_role("button", name="Record my decision").click()
    page.get_by_role("button", name="Record its adoption").click()
    looked_at(page)
    page.get_by_role("button", name="Record the adoption").click()
    expect(page.get_by_text("Version 2 is adopted.")).to_be_visible()
    # And a teacher is asked to sign the new version
    become(page, "Copper Street Primary School", "Teacher")
    expect(page.get_by_role("link", name="Read and sign the social media policy")).to_be_visible()


def test_a_clerk_at_review_time(demo_phone: Page) -> None:
    page = demo_phone
    # Given a school whose next version waits for approval and whose review date comes near
    become(page, "Hartwell Community School", "Clerk to the governors")
    page.get_by_role("link", name="Review the policy").click()
    looked_at(page)
    # When the clerk says who reviewed it and what they looked at, and enters a day that has passed
    days(page, "reviewed_on", date.today())
    page.get_by_label("Who reviewed it?").fill("The committee for policies")
    page.get_by_label("What has changed in law and guidance since?").fill("Nothing that this policy speaks of.")
    page.get_by_label("How does it compare with the model", exact=False).fill("The model has not changed.")
    days(page, "review_on", date.today())
    page.get_by_role("button", name="Record the review").click()
    # Then it says what is wrong, and keeps what was typed
    expect(page.get_by_text("The next review must lie in the future.").first).to_be_visible()
    looked_at(page)
    days(page, "review_on", date.today() + timedelta(days=365))
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("The review is recorded.")).to_be_visible()
    page.goto("/my/")
    expect(page.get_by_role("link", name="Review the policy")).to_have_count(0)
