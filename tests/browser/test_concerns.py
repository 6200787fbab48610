"""Two journeys: a pupil on a phone who does not say who they are, and a teacher to whom a pupil wrote."""

from playwright.sync_api import Page, expect

from tests.browser.people import sign_in
from tests.served import Site

ANSWER = """
from datetime import timedelta
from django.utils import timezone
from proviso.records.cases.models import Concern
from proviso.records.cases.services.handling import acknowledge_concern
from proviso.records.people.actors import Actor
concern = Concern.objects.latest("pk")
now = timezone.now()
handler = concern.parties.filter(role="handler")[0].person
lead = Actor.of(handler, timezone.localdate(now), second_factor_at=now)
acknowledge_concern(lead, concern, lead.on + timedelta(days=3), "We will talk to you tomorrow.", now=now)
"""


def answer(page: Page, choice: str = "") -> None:
    if choice:
        page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Continue", exact=True).last.click()


def test_given_a_pupil_without_scripts_then_they_share_and_read_the_answer_with_the_receipt(
    plain: Page, site: Site
) -> None:
    plain.goto("/oak-lane/concern/")
    plain.get_by_role("button", name="Start").click()
    for choice in ("No", "A pupil of the school", "No", "A pupil: something that happened to them, or that they did"):
        answer(plain, choice)
    plain.get_by_label("What happened?").fill("Some people in my class made an account about my friend.")
    answer(plain)
    if plain.get_by_role("heading", name="Do this now").count():
        plain.get_by_role("button", name="Go on").click()
    for _optional in ("when", "where", "who else"):
        answer(plain)
    answer(plain, "No")
    answer(plain)
    answer(plain, "Only here, with a receipt code: I do not want to say who I am")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Check your answers")
    plain.get_by_role("button", name="Share it", exact=True).last.click()
    code = plain.locator("#receipt-code").inner_text()
    plain.get_by_role("button", name="I have written it down").click()
    plain.get_by_role("button", name="Show the code once more").click()
    expect(plain.locator("#receipt-code")).to_have_text(code)
    site.run(ANSWER)
    plain.goto("/oak-lane/concern/receipt/")
    plain.get_by_label("Your receipt code").fill(code.lower())
    plain.get_by_role("button", name="Continue").click()
    expect(plain.get_by_text("We will talk to you tomorrow.")).to_be_visible()
    plain.get_by_label("Add something, or answer").fill("Thank you.")
    plain.get_by_role("button", name="Send").click()
    expect(plain.get_by_text("Thank you.")).to_be_visible()
    assert plain.context.cookies() == []
    assert "/concern/" not in site.log.read_text("utf-8")


def test_given_a_message_from_a_pupil_then_a_teacher_reports_it_on_one_page(desk: Page) -> None:
    sign_in(desk, "tobias.wrenfield@school.example")
    desk.get_by_role("link", name="Share a concern").first.click()
    desk.get_by_role("link", name="A pupil got in touch with you?").click()
    desk.get_by_label("Which pupil got in touch?").fill("Perdita")
    desk.get_by_label("My own account on a social network, a game or an app").check()
    desk.get_by_label("No", exact=True).check()
    desk.get_by_role("button", name="Report the contact").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("You have reported it")
    desk.get_by_role("link", name="Follow it").click()
    expect(desk.get_by_text("Nobody has looked at it yet.")).to_be_visible()
