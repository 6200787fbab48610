"""The first page, on a telephone and on a desk."""

from playwright.sync_api import Page, expect

from tests.browser.watch import assert_accessible, assert_fits


def test_the_page_reads_well_on_every_screen(screen: Page) -> None:
    screen.goto("/")
    expect(screen.get_by_role("heading", level=1)).to_have_text("What does our policy say?")
    assert_accessible(screen)
    assert_fits(screen)


def test_the_keyboard_gets_past_the_frame_at_once(desk: Page) -> None:
    desk.goto("/")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to main content")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("main")).to_be_focused()


def test_scripts_wake_the_components(desk: Page) -> None:
    desk.goto("/")
    expect(desk.locator("body.js-enabled.govuk-frontend-supported")).to_be_visible()
    expect(desk.locator("[data-govuk-skip-link-init]")).to_be_attached()


def test_the_page_works_without_scripts(plain: Page) -> None:
    plain.goto("/")
    expect(plain.get_by_role("heading", level=1)).to_have_text("What does our policy say?")
    expect(plain.locator("body.js-enabled")).to_have_count(0)


def test_an_error_page_reads_well_on_every_screen(screen: Page) -> None:
    answer = screen.goto("/nowhere/")
    assert answer is not None and answer.status == 404
    assert_accessible(screen)
    assert_fits(screen)
    screen.get_by_role("link", name="Go to the start page").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("What does our policy say?")


def test_paper_shows_the_words_alone(desk: Page) -> None:
    desk.goto("/")
    desk.emulate_media(media="print")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    expect(desk.locator(".app-masthead__nav").first).to_be_hidden()
    expect(desk.locator(".app-footer")).to_be_hidden()
