"""Looks over a page's shoulder: what it asks for, what it complains about, and whether axe-core finds a barrier."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Watch:
    """Keeps every request that leaves the site's own server, and every error in the console."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self._pages: set[str] = set()
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"request to another server: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 is itself logged as a failed resource: that is a test's business, not a fault.
        own_status = message.text.startswith("Failed to load resource") and message.location["url"] in self._pages
        if message.type in {"error", "warning"} and not own_status:
            self.complaints.append(f"console {message.type}: {message.text}")


def load_axe(page: Page) -> None:
    page.evaluate(AXE.read_text("utf-8"))  # evaluate() is not bound by the page's content security policy


def assert_accessible(page: Page, *, loaded: bool = False) -> None:
    """No barrier that axe-core can see at WCAG 2.2 AA; `loaded` where axe-core is in the page already."""
    if not loaded:
        load_axe(page)
    results = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", LEVELS)
    assert results["passes"], "axe-core looked at nothing"
    assert not results["violations"], "\n".join(_violation(each) for each in results["violations"])


def _violation(violation: dict[str, Any]) -> str:
    places = "".join(
        f"\n  at {' '.join(map(str, node['target']))}: {node['failureSummary'].replace(chr(10), ' ')}"
        for node in violation["nodes"]
    )
    return f"{violation['id']}: {violation['help']}{places}"


def assert_fits(page: Page) -> None:
    """Nothing to scroll sideways for."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide on a screen of {room} px"
