"""Every kind of page on a telephone and on a desk: no barrier, nothing to scroll sideways for, one title."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import open_menu
from tests.browser.watch import assert_accessible, assert_fits

FACTS = "who=teacher&act=connect&with=pupil&through=personal_account"
FORMER = "who=teacher&act=connect&with=former_pupil&through=personal_account&when=own_time"
PAGES = {
    "choose": "/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "ask": "/king-david/",
    "ask, error": "/king-david/answer/?q=",
    "policy": "/ewloe-green/policy/",
    "policy with long name": "/lancashire/policy/",
    "search": "/king-david/policy/?find=pupils",
    "search in vain": "/king-david/policy/?find=Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "clause with conditions": "/king-david/clauses/KD-C.h/",
    "clause with steps": "/asset-education/clauses/AE-2.6b/",
    "clause with references": "/knowsley-central/clauses/KC-3.2/",
    "not allowed": f"/king-david/answer/?{FACTS}",
    "allowed": f"/ewloe-green/answer/?{FACTS}&when=own_time&own_family=yes",
    "take care": f"/king-david/answer/?{FORMER}",
    "advised against": f"/lancashire/answer/?{FORMER}",
    "act now": "/king-david/answer/?who=teacher&act=suffer_abuse",
    "a question first": "/king-david/answer/?who=teacher&act=connect",
    "a question first, error": "/king-david/answer/?who=teacher&act=connect&asked=with",
    "information": "/king-david/answer/?q=Who+does+this+policy+cover%3F",
    "not covered": "/king-david/answer/?who=parent&act=post_picture&through=personal_account",
    "do this now": "/king-david/answer/?who=teacher&act=receive&harm=sexual_image&q=a+picture",
    "ask a person": "/king-david/person/?q=may+I+add+a+pupil",
    "ask a person, a child at risk": "/king-david/person/?who=teacher&act=receive&harm=disclosure&q=she+told+me",
    "who it is about": "/asset-education/answer/?act=connect&with=pupil&through=personal_account",
    "national guidance": "/asset-education/answer/?who=teacher&act=ask_details&with=pupil&through=personal_account",
    "not understood": "/king-david/answer/?q=qwerty+flub",
    "a word without end": f"/king-david/answer/?{FACTS}&q={'x' * 900}",
    "step": "/king-david/steps/?who=teacher&act=connect",
    "step, many choices": "/king-david/steps/?who=teacher",
    "step, error": "/king-david/steps/?who=teacher&asked=act",
    "check": f"/king-david/check/?{FACTS}",
    "unknown policy": "/king-davis/",
    "unknown clause": "/king-david/clauses/KD-Z/",
    "wrong address": "/king-david/answer/?who=techer",
}

WELSH = {
    "choose": "/",
    "ask": "/ewloe-green/",
    "policy": "/ewloe-green/policy/",
    "policy in English": "/lancashire/policy/",
    "clause": "/ewloe-green/clauses/EG-5e/",
    "not allowed": f"/ewloe-green/answer/?{FACTS}",
    "act now": "/king-david/answer/?who=teacher&act=suffer_abuse",
    "step, many choices": "/ewloe-green/steps/?who=teacher",
    "check": f"/ewloe-green/check/?{FACTS}",
}


def in_welsh(page: Page, origin: str) -> None:
    """Have a visitor who chose Welsh before."""
    page.context.add_cookies([{"name": "django_language", "value": "cy", "url": origin}])


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_barrier_and_fits_every_screen(screen: Page, address: str) -> None:
    screen.goto(address)
    expect(screen.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(screen)
    assert_fits(screen)


@pytest.mark.parametrize("address", WELSH.values(), ids=WELSH.keys())
def test_a_welsh_page_has_no_barrier_and_fits_every_screen(screen: Page, origin: str, address: str) -> None:
    in_welsh(screen, origin)
    screen.goto(address)
    expect(screen.locator("html")).to_have_attribute("lang", "cy")
    expect(screen.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(screen)
    assert_fits(screen)


def test_the_language_is_switched_without_scripts_and_the_page_stays(plain: Page) -> None:
    plain.goto(PAGES["not allowed"])
    open_menu(plain)
    plain.get_by_role("button", name="Cymraeg").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Ni chaiff athro gysylltu â disgybl")
    open_menu(plain)
    plain.get_by_role("button", name="English").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("A teacher may not connect with a pupil")


def test_what_is_left_to_type_is_counted_in_welsh(phone: Page, origin: str) -> None:
    in_welsh(phone, origin)
    phone.goto("/ewloe-green/")
    for left in (6, 3, 2, 1):  # each of these has a plural form of its own in Welsh
        phone.get_by_role("textbox").fill("x" * (1000 - left))
        expect(phone.get_by_text(f"Mae gennych {left} nod yn weddill").first).to_be_visible()


def test_what_is_folded_away_has_no_barrier_either(screen: Page) -> None:
    screen.goto(PAGES["not allowed"])
    for details in screen.locator("main summary").all():
        details.click()
    assert_accessible(screen)
    assert_fits(screen)


@pytest.mark.parametrize("address", [PAGES["policy"], PAGES["step, many choices"], PAGES["act now"]])
def test_a_page_that_is_enlarged_four_times_still_fits(desk: Page, address: str) -> None:
    desk.set_viewport_size({"width": 320, "height": 256})  # what is left of 1280 by 1024 (WCAG 1.4.10)
    desk.goto(address)
    assert_fits(desk)
