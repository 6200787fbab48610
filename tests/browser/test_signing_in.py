"""Getting in: from an invitation on a telephone, with a passkey, with an app, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import open_menu, set_up_app, sign_in, with_fingerprint
from tests.browser.watch import assert_accessible, assert_fits
from tests.served import Site

pytestmark = pytest.mark.usefixtures("site")  # accounts are records: on every database

INVITE = """
from datetime import timedelta
from django.utils import timezone
from proviso.records.people.actors import Actor
from proviso.records.people.invitations import invite
from proviso.records.people.models import Establishment, Person, Role
now = timezone.now()
school = Establishment.objects.get(slug="oak-lane")
head = Person.objects.get(email="hester.quillmore@school.example")
person = Person(given_name="Ned", family_name="Newcombe", email={email!r})
person.set_unusable_password()
person.save()
Role.objects.create(person=person, establishment=school, kind={kind!r}, starts_on=timezone.localdate())
invite(Actor.of(head, timezone.localdate()), school, person, now=now)
"""


def invited(site: Site, email: str, kind: str) -> str:
    site.run(INVITE.format(email=email, kind=kind))
    return site.link(email)


def test_given_an_invitation_when_a_password_is_chosen_on_a_telephone_then_they_are_in(phone: Page, site: Site) -> None:
    phone.goto(invited(site, "ned.one@school.example", "teacher"))
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_label("Password", exact=True).fill("pebble orchard violin")
    phone.get_by_role("button", name="Set the password and sign in").click()
    open_menu(phone)
    expect(phone.get_by_role("link", name="Your account")).to_be_visible()


def test_given_an_invited_headteacher_when_they_come_in_then_a_passkey_is_set_up_and_opens_alone(
    phone: Page, site: Site
) -> None:
    with_fingerprint(phone)
    phone.goto(invited(site, "ned.two@school.example", "headteacher"))
    phone.get_by_label("Password", exact=True).fill("pebble orchard violin")
    phone.get_by_role("button", name="Set the password and sign in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Set up a second step for signing in")
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_role("button", name="Use a passkey").click()
    phone.get_by_label("A name for it").fill("My telephone")
    phone.get_by_label("Let me sign in with this passkey alone").check()
    assert_accessible(phone)
    phone.get_by_role("button", name="Add the passkey").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert_accessible(phone)
    phone.get_by_role("button", name="I have kept them: continue").click()
    open_menu(phone)
    phone.get_by_role("button", name="Sign out").click()
    phone.goto("/account/sign-in/")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    open_menu(phone)
    expect(phone.get_by_role("link", name="Your account")).to_be_visible()
    phone.goto("/account/passkeys/")
    expect(phone.get_by_text("My telephone").first).to_be_visible()


def test_given_a_passkey_when_the_password_is_typed_then_the_passkey_is_the_second_step(desk: Page, site: Site) -> None:
    with_fingerprint(desk)
    sign_in(desk, "saffron.lockwistle@school.example")
    desk.get_by_role("button", name="Use a passkey").click()
    desk.get_by_label("A name for it").fill("Key")
    desk.get_by_role("button", name="Add the passkey").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    open_menu(desk)
    desk.get_by_role("button", name="Sign out").click()
    sign_in(desk, "saffron.lockwistle@school.example")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Your second step")
    assert_accessible(desk)
    desk.get_by_role("button", name="Use a passkey").click()
    open_menu(desk)
    expect(desk.get_by_role("link", name="Your account")).to_be_visible()


def test_given_a_device_without_a_passkey_when_one_is_asked_for_then_words_say_so(desk: Page) -> None:
    device = with_fingerprint(desk)
    desk.goto("/account/sign-in/")
    device.send("WebAuthn.disable")
    desk.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    expect(desk.get_by_text("The passkey was not used")).to_be_hidden()
    desk.get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.get_by_text("The passkey was not used")).to_be_focused()


def test_given_no_scripts_when_signing_in_then_no_button_for_a_passkey_is_there_and_words_say_why(plain: Page) -> None:
    plain.goto("/account/sign-in/")
    expect(plain.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(plain.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    expect(plain.get_by_text("Passkeys need scripts, which are switched off in this browser.")).to_be_visible()


def test_given_no_scripts_when_an_app_is_set_up_then_everything_works(plain: Page) -> None:
    sign_in(plain, "dunstan.applewhite@school.example")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Set up a second step for signing in")
    set_up_app(plain)
    plain.goto("/schools/oak-lane/people/")
    expect(plain.get_by_role("heading", level=1)).to_have_text("People")


PAGES = (
    "/account/sign-in/",
    "/account/password/forgotten/",
    "/account/password/forgotten/sent/",
    "/account/password/reset/1-abc/",
    "/account/with/failed",
    "/account/with/cancelled",
    "/invitation/unknown/",
)
OWN_PAGES = (
    "/account/",
    "/account/password/",
    "/account/sign-out/",
    "/account/second-step/",
    "/account/second-step/app/",
    "/account/passkeys/",
    "/account/passkeys/add/",
)


def looked_at(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_way_in_is_accessible_and_fits(screen: Page, address: str) -> None:
    looked_at(screen, address)


def test_every_page_of_an_account_is_accessible_and_fits(screen: Page) -> None:
    sign_in(screen, "tobias.wrenfield@school.example")
    open_menu(screen)
    expect(screen.get_by_role("link", name="Your account")).to_be_visible()
    for address in OWN_PAGES:
        looked_at(screen, address)


def test_given_a_wrong_password_then_the_error_is_focused_and_the_address_is_still_there(phone: Page) -> None:
    sign_in(phone, "nobody@school.example", "wrong")
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    expect(phone.get_by_label("Email address")).to_have_value("nobody@school.example")
    assert_accessible(phone)
