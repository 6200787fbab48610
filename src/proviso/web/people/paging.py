"""Long lists in pages."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 50


def page_of(request: HttpRequest, everything: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page that the address asks for; a number that there is not leads to the nearest."""
    return Paginator(everything, per_page).get_page(request.GET.get("page"))


def links(request: HttpRequest, page: Page[Any]) -> dict[str, Any] | None:
    """Return what the design system's pagination needs, or None where one page holds all."""
    if page.paginator.num_pages < 2:
        return None
    near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "landmarkLabel": _("Pages"),
        "items": [
            {"ellipsis": True}
            if not isinstance(number, int)
            else {"number": number, "current": number == page.number, "href": _link(request, number)}
            for number in near
        ],
        "previous": {"href": _link(request, page.number - 1), "text": _("Previous")} if page.has_previous() else None,
        "next": {"href": _link(request, page.number + 1), "text": _("Next")} if page.has_next() else None,
    }


def _link(request: HttpRequest, number: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    return "?" + urlencode({**kept, "page": number})
