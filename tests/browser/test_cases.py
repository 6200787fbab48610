"""A headteacher and a parent's posts, from the first call to the letter and the end of the case."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import become
from tests.browser.watch import assert_accessible, assert_fits

SCHOOL = "Larkrise Academy"


def look_at(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def open_a_case(page: Page, title: str) -> str:
    page.goto("/schools/larkrise/cases/")
    look_at(page)
    page.get_by_role("button", name="Open a case").click()
    look_at(page)
    page.get_by_label("What kind of case is it?").select_option(label="Posts by a parent or family member")
    page.get_by_label("What is it about, in a few words?").fill(title)
    page.get_by_label("What happened, as far as you know?").fill("The office was shown a post about the sports day.")
    page.get_by_label("Or their name").fill("The mother of a pupil in Year 3")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    look_at(page)
    return page.url


def settle(page: Page, case: str, step: str, answer: str, words: str) -> None:
    page.goto(case)
    page.locator(".govuk-task-list").get_by_role("link", name=re.compile(step)).click()
    look_at(page)
    page.get_by_label(answer).check()
    page.get_by_label("What was done, or why is it not needed?").fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The step is settled.")).to_be_visible()


def write_the_letter(page: Page, case: str) -> None:
    page.goto(case)
    page.locator(".govuk-task-list").get_by_role("link", name=re.compile("Write asking them")).click()
    page.get_by_role("link", name="Write the letter").click()
    look_at(page)
    page.get_by_label("English").check()
    page.get_by_role("button", name="Continue").click()
    look_at(page)
    page.get_by_label("To", exact=True).fill("The mother of a pupil in Year 3")
    body = page.get_by_label("Text")
    body.fill(body.input_value().replace("……", "what we saw"))
    page.get_by_role("button", name="Save the draft").click()
    look_at(page)
    page.get_by_role("link", name="Ask for approval").click()
    page.get_by_label("Who approves it?").select_option(index=1)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("They were asked to approve it.")).to_be_visible()


def approve_as(page: Page, name: str) -> None:
    page.goto("/demo/")
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.goto("/my/")
    page.get_by_role("link", name="Approve a letter").last.click()
    look_at(page)
    page.get_by_label("Yes, I approve it").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your answer was recorded.")).to_be_visible()


def test_a_headteacher_deals_with_a_parents_posts(demo: Page) -> None:
    """Given a post that a parent wrote, when the school speaks and writes to them, then the case ends with a reason."""
    become(demo, SCHOOL, "Headteacher")
    size = demo.viewport_size or {"width": 0}
    case = open_a_case(demo, f"Posts about the sports day, {size['width']}")
    settle(demo, case, "Keep messages", "It is done", "The office kept a screenshot.")
    settle(demo, case, "Offer support", "It is not needed", "Nobody is named in it.")
    settle(demo, case, "Contact the parent", "It is done", "Rang at nine; they were worried about the heat.")
    write_the_letter(demo, case)
    demo.goto(case)
    waiting = demo.get_by_text(re.compile("Waiting for .*: letter to a parent")).inner_text()
    approver = re.search("Waiting for (.*): letter", waiting)
    assert approver is not None
    approve_as(demo, approver[1])
    become(demo, SCHOOL, "Headteacher")
    demo.goto(case)
    demo.get_by_role("link", name="Letter to a parent").click()
    demo.get_by_role("link", name="Record that it was sent").click()
    demo.get_by_label("How was it sent, and to which address?").fill("By post, to the address in our records.")
    demo.get_by_role("button", name="Record it").click()
    settle(demo, case, "If it is still there", "It is not needed", "They took it down the same day.")
    demo.goto(case)
    demo.get_by_role("link", name="Close the case").click()
    look_at(demo)
    demo.get_by_label("Resolved").check()
    demo.get_by_label("Your reasons").fill("The post is down, and the parent has been heard.")
    demo.get_by_role("button", name="Close the case").click()
    expect(demo.get_by_text("The case is closed.")).to_be_visible()
    expect(demo.get_by_role("heading", level=1)).to_contain_text("Closed")
    look_at(demo)
