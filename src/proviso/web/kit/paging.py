"""Long lists in pages: of lists that are tables, and of those that are not."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 50


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page that the address asks for; a number that there is not leads to the nearest."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def link(request: HttpRequest, number: int) -> str:
    """Return the address of another page of what the address asks for."""
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"


def pagination(page: Page[Any], address: Callable[[int], str]) -> dict[str, Any] | None:
    """Return what the design system's pagination takes, or None where one page holds all."""
    if page.paginator.num_pages < 2:
        return None
    near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "landmarkLabel": _("Pages"),
        "items": [
            {"number": number, "current": number == page.number, "href": address(number)}
            if isinstance(number, int)
            else {"ellipsis": True}
            for number in near
        ],
        "previous": {"href": address(page.number - 1), "text": _("Previous")} if page.has_previous() else None,
        "next": {"href": address(page.number + 1), "text": _("Next")} if page.has_next() else None,
    }
