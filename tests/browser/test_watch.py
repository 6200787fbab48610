"""What looks over a page's shoulder does see it, when something is wrong."""

from collections.abc import Callable

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Browser, Page

from tests.browser.watch import Watch, assert_accessible, assert_fits

HEAD = """<!DOCTYPE html><html lang="en"><head><title>Planted</title><link rel="icon" href="/static/proviso/icon.svg">
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>Planted</h1>"""
PLANTED = {
    "sound": "<p>Nothing is wrong.</p>",
    "elsewhere": '<a href="http://elsewhere.invalid/">Go</a>',
    "style": '<p style="color: red">Red</p>',
    "script": "<script>document.title = 'x'</script>",
    "mute": "<input>",
    "wide": f"<p>{'x' * 400}</p>",
}


@login_not_required
def planted(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(HEAD + PLANTED[name] + "</main></body></html>")


urlpatterns = [path("<name>/", planted)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def complaints(browser: Browser, origin: str) -> Callable[[str], list[str]]:
    """Opens a planted page, follows its links and gives what was told."""

    def seen(name: str) -> list[str]:
        context = browser.new_context(base_url=origin)
        watch = Watch(context, origin)
        page = context.new_page()
        page.goto(f"/{name}/")
        for link in page.get_by_role("link").all():
            link.click(no_wait_after=True)
        page.wait_for_load_state("networkidle")
        context.close()
        return watch.complaints

    return seen


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("elsewhere", "request to another server: http://elsewhere.invalid/"),
        ("style", "console error: Applying inline style violates"),
        ("script", "console error: Executing inline script violates"),
    ],
)
def test_a_request_or_a_breach_is_told(complaints: Callable[[str], list[str]], name: str, complaint: str) -> None:
    assert any(line.startswith(complaint) for line in complaints(name))


def test_a_sound_page_gives_no_complaint(complaints: Callable[[str], list[str]]) -> None:
    assert complaints("sound") == []


def test_too_wide_a_page_is_told(screen: Page) -> None:
    screen.goto("/wide/")
    with pytest.raises(AssertionError, match="px wide on a screen of"):
        assert_fits(screen)


def test_a_barrier_is_told_with_its_place(desk: Page) -> None:
    desk.goto("/mute/")
    with pytest.raises(AssertionError, match=r"label: .*\n  at input: "):
        assert_accessible(desk)
