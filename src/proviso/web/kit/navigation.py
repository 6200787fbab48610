"""Where one is and where one can go: each room registers its entry of the navigation and its names in breadcrumbs.

A room's `navigation.py` is imported when Django starts. It registers an `Entry` for the line of links that every page
of an establishment has, and a `Crumb` for each of its pages that others stand below. Which page stands below which is
read from their addresses: `/schools/oak-lane/people/5/change/` stands below `/schools/oak-lane/people/5/`.
"""

import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.web.kit.requests import signed_in

Label = str | Promise | Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Entry:
    """A room's link in an establishment's navigation, for those who may do its action there.

    `url_name` takes the establishment's short name; `count` says how many things wait there, 0 for none.
    """

    label: str | Promise
    url_name: str
    action: str
    order: int
    count: Callable[[Actor, Establishment], int] | None = None


@dataclass(frozen=True)
class Crumb:
    """What a page is called in the breadcrumbs of the pages below it.

    `label` may be worked out from the context of the page that is shown. Whoever may not do `action` does not see
    the crumb. `parent` is the URL name of the page above where the address does not say it; it takes the
    establishment's short name where the page's own address has one, and nothing else.
    """

    url_name: str
    label: Label
    action: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Place:
    """An entry as one reader sees it."""

    label: str
    url: str
    is_current: bool
    count: int = 0


@dataclass
class Navigation:
    """What the rooms have registered."""

    entries: list[Entry] = field(default_factory=list)
    crumbs: dict[str, Crumb] = field(default_factory=dict)

    def register(self, *items: Entry | Crumb) -> None:
        """Add entries and crumbs.

        Raises:
            ValueError: two entries or two crumbs of one page.
        """
        for item in items:
            if isinstance(item, Crumb):
                if item.url_name in self.crumbs:
                    raise ValueError(f"two crumbs are called {item.url_name}")
                self.crumbs[item.url_name] = item
            else:
                if any(entry.url_name == item.url_name for entry in self.entries):
                    raise ValueError(f"two entries lead to {item.url_name}")
                self.entries.append(item)

    def places(self, request: HttpRequest, establishment: Establishment, may: Collection[str]) -> list[Place]:
        """Return the entries that somebody may follow in an establishment, in their order."""
        actor = signed_in(request)
        return [
            Place(
                str(entry.label),
                reverse(entry.url_name, args=[establishment.slug]),
                self._is_current(entry, request, establishment),
                entry.count(actor, establishment) if entry.count else 0,
            )
            for entry in sorted(self.entries, key=lambda entry: entry.order)
            if entry.action in may
        ]

    def _is_current(self, entry: Entry, request: HttpRequest, establishment: Establishment) -> bool:
        match = request.resolver_match
        if match is not None and "slug" not in match.kwargs:  # a page of a room whose address names no establishment
            return match.namespace == entry.url_name.rpartition(":")[0]
        return request.path.startswith(reverse(entry.url_name, args=[establishment.slug]))

    def breadcrumbs(self, request: HttpRequest, context: Mapping[str, Any]) -> list[dict[str, str]]:
        """Return the pages above the one that is shown, the highest first, as the breadcrumbs component takes them.

        A page that the navigation leads to has none: it has nothing above it but the establishment's own page.
        """
        match = request.resolver_match
        if match is None or any(entry.url_name == match.view_name for entry in self.entries):
            return []
        may = context.get("may", ())
        slug = [match.kwargs["slug"]] if "slug" in match.kwargs else []
        above = self._above(request.path, self.crumbs.get(match.view_name), slug)
        return [
            {"text": _text(crumb.label, context), "href": path}
            for path, crumb in reversed([*above])
            if not crumb.action or crumb.action in may
        ]

    def _above(self, path: str, crumb: Crumb | None, slug: list[str]) -> Iterator[tuple[str, Crumb]]:
        """Yield the pages above one, the nearest first, each with its address."""
        if crumb and crumb.parent:
            parent = reverse(crumb.parent, args=slug)
            paths = iter([parent, *_ancestors(parent)])
        else:
            paths = _ancestors(path)
        for higher in paths:
            if (crumb_above := self._crumb_of(higher)) is not None:
                yield higher, crumb_above
                yield from self._above(higher, crumb_above, slug)
                return

    def _crumb_of(self, path: str) -> Crumb | None:
        try:
            return self.crumbs.get(resolve(path).view_name)
        except Resolver404:
            return None


def _ancestors(path: str) -> Iterator[str]:
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        yield path


def _text(label: Label, context: Mapping[str, Any]) -> str:
    return label(context) if callable(label) else str(label)


SITE = Navigation()
register = SITE.register


def autodiscover(package: ModuleType) -> None:
    """Import `navigation.py` of every room in a package."""
    rooms = [module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg]
    autodiscover_modules(*(f"{room}.navigation" for room in rooms))
