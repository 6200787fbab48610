"""The page of something that runs in the background: how far it is, looked at again without a script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from proviso.web.kit.pages import Text, render_page

AGAIN_AFTER = 2  # seconds


@dataclass(frozen=True)
class Progress:
    """How far a run is. `resume` is where to go on with one that is stuck, by POST."""

    title: Text
    words: Text
    finished: int
    total: int
    stuck: Text = ""
    resume: str = ""


def progress_page(request: HttpRequest, progress: Progress, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """Render how far a run is. The page looks again by itself, unless the run is stuck."""
    response = render_page(request, "kit/progress.html", {**(context or {}), "progress": progress})
    if not progress.stuck:
        response["Refresh"] = str(AGAIN_AFTER)
    response["Cache-Control"] = "no-store"
    return response
