"""Every kind of page, at three widths, in both languages: no barrier, no scrolling sideways; with its picture."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watch import assert_accessible, assert_fits, load_axe
from tests.served import Site

PICTURES = Path("test-results/pages")
WIDTHS = (320, 768, 1280)
SCHOOL, SITE = "/schools/hartwell/", "/hartwell/"
FACTS = "who=teacher&act=connect&with=pupil&through=personal_account"
ANYBODY = {
    "home": "/",
    "find-my-school": "/?find=hartwel",
    "ask": SITE,
    "policy": f"{SITE}policy/",
    "answer": f"{SITE}answer/?q=May+I+add+a+pupil&as=teacher",
    "do-this-now": f"{SITE}answer/?who=teacher&act=receive&harm=sexual_image&q=a+picture",
    "clause": f"{SITE}clauses/3.6/",
    "step": f"{SITE}steps/?who=teacher",
    "check": f"{SITE}check/?{FACTS}",
    "person-to-ask": f"{SITE}person/?q=may+I+add+a+pupil",
    "sign-in": "/account/sign-in/?at=hartwell",
    "password-forgotten": "/account/password/forgotten/",
    "unknown-address": "/hartwel/",
}
HEADTEACHER = {
    "my-page": "/my/",
    "school": SCHOOL,
    "people": f"{SCHOOL}people/",
    "person": f"{SCHOOL}people/add/",
    "import": f"{SCHOOL}imports/people/",
    "versions": f"{SCHOOL}policy/",
    "version-in-force": f"{SCHOOL}policy/1/",
    "version-prepared": f"{SCHOOL}policy/2/",
    "changes": f"{SCHOOL}policy/2/changes/",
    "clauses": f"{SCHOOL}policy/2/clauses/",
    "approve": f"{SCHOOL}policy/2/approve/",
    "review": f"{SCHOOL}policy/1/review/",
    "signatures": f"{SCHOOL}signing/",
    "who-has-signed": f"{SCHOOL}signing/people/",
    "read-and-sign": f"{SCHOOL}sign/read/",
    "duties": f"{SCHOOL}tasks/",
    "log": f"{SCHOOL}log/",
    "settings": f"{SCHOOL}settings/",
    "crest-and-colour": f"{SCHOOL}settings/look/",
    "account": "/account/",
    "passkeys": "/account/passkeys/",
    "add-a-passkey": "/account/passkeys/add/",
    "what-was-signed": "/my/signed/",
    "calendar": "/my/calendar/",
}


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_no_kind_of_page_has_a_barrier(browser: Browser, demonstration: Site, language: str) -> None:
    context = browser.new_context(base_url=demonstration.url)
    context.add_cookies([{"name": "django_language", "value": language, "url": demonstration.url}])
    page = context.new_page()
    faults = swept(page, ANYBODY, language)
    page.goto("/demo/")
    page.get_by_role("button", name="Mina Sedgemere").first.click()
    faults += swept(page, HEADTEACHER, language)
    context.close()
    assert not faults, "\n".join(faults)


def swept(page: Page, addresses: dict[str, str], language: str) -> list[str]:
    """Look at each page at each width, leave its picture in English, and return what is wrong with which."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    faults = []
    for name, address in addresses.items():
        page.goto(address)
        load_axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            try:
                expect(page.locator("html")).to_have_attribute("lang", language)
                assert_accessible(page, loaded=True)
                assert_fits(page)
            except AssertionError as fault:
                faults.append(f"{name} at {width} px, {language}: {fault}")
            if language != "cy":
                page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    return faults
