"""The living page of components, the bar, and what a first view weighs."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENS, watched
from tests.browser.watch import assert_accessible, assert_fits
from tests.served import Site

PICTURES = Path("test-results/look")
FIRST_VIEWS = [
    "/",
    "/hartwell/",
    "/hartwell/policy/",
    "/hartwell/answer/?q=May+I+add+a+pupil&as=teacher",
    "/account/sign-in/",
]
MOST_BYTES = 100_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_component_can_be_read_at_every_width_in_both_themes(
    browser: Browser, demonstration: Site, width: int, theme: str
) -> None:
    with watched(browser, demonstration.url, viewport={"width": width, "height": 800}, color_scheme=theme) as page:
        page.goto("/look/")
        assert_accessible(page)
        assert_fits(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{width}-{theme}.png", full_page=True)


def test_components_keep_their_edges_in_forced_colours(demo_desk: Page) -> None:
    demo_desk.emulate_media(forced_colors="active")
    demo_desk.goto("/look/")
    tag = demo_desk.locator(".govuk-tag").first
    assert tag.evaluate("tag => getComputedStyle(tag).borderTopWidth") == "1px"


def test_the_menu_of_a_phone_opens_without_scripts_and_leads_on(browser: Browser, demonstration: Site) -> None:
    with watched(browser, demonstration.url, **SCREENS["phone"], java_script_enabled=False) as page:
        page.goto("/hartwell/policy/")
        expect(page.get_by_role("link", name="Step by step")).to_be_hidden()
        page.get_by_text("Menu", exact=True).click()
        assert_fits(page)
        page.get_by_role("link", name="Step by step").click()
        expect(page).to_have_url(f"{demonstration.url}/hartwell/steps/")


def test_from_asking_one_comes_back_to_the_school_by_its_name(demo_desk: Page) -> None:
    demo_desk.goto("/hartwell/steps/")
    bar = demo_desk.get_by_role("banner")
    expect(bar.get_by_role("link", name="Step by step")).to_have_count(0)
    bar.get_by_role("link", name="Hartwell Community School").click()
    expect(demo_desk.get_by_role("heading", level=1)).to_contain_text("What do you want to know?")


def test_the_account_menu_works_by_keyboard_and_closes_by_escape(demo_desk: Page) -> None:
    demo_desk.goto("/demo/")
    demo_desk.get_by_role("button", name="Mina Sedgemere").first.click()
    menu = demo_desk.locator(".app-drop--account > summary")
    menu.focus()
    demo_desk.keyboard.press("Enter")
    expect(demo_desk.get_by_role("button", name="Sign out")).to_be_visible()
    assert_accessible(demo_desk)
    demo_desk.keyboard.press("Escape")
    expect(demo_desk.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_contents_mark_the_part_that_is_being_read(demo_desk: Page) -> None:
    demo_desk.goto("/hartwell/policy/")
    demo_desk.get_by_role("navigation", name="Contents").get_by_role("link", name="4 Enforcement").click()
    marked = demo_desk.locator(".app-contents [aria-current]")
    expect(marked).to_have_text("4 Enforcement")
    expect(demo_desk.get_by_role("navigation", name="Contents")).to_be_in_viewport()


@pytest.mark.parametrize("address", FIRST_VIEWS)
def test_a_first_view_is_light(browser: Browser, demonstration: Site, address: str) -> None:
    sizes: list[int] = []
    with watched(browser, demonstration.url, **SCREENS["phone"]) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        page.goto(address, wait_until="networkidle")
    assert 20_000 < sum(sizes) < MOST_BYTES
