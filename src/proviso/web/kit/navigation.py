"""Where one is and where one can go: each room registers its entries of the navigation and its names in breadcrumbs.

A room's `navigation.py` is imported when Django starts. It registers an `Entry` for each of its pages that the bar
leads to, and a `Crumb` for each page that others stand below. Entries of one section (`SECTIONS`) are one place of the
bar: it leads to the first that the reader may follow, and the others stand in the row below it. Which page stands below
which is read from their addresses: `/schools/oak-lane/people/5/change/` stands below `/schools/oak-lane/people/5/`.
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
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment

Label = str | Promise | Callable[[Mapping[str, Any]], str]


# The places of the bar that several entries share. An entry without one is a place by itself.
SECTIONS: Mapping[str, str | Promise] = {
    "ask": _("Ask"),
    "policy": _("Policy"),
    "share": _("Share a concern"),
    "tasks": _("Tasks"),
    "concerns": _("Concerns"),
    "people": _("People"),
    "reports": _("Reports"),
}


@dataclass(frozen=True)
class Entry:
    """A page that the bar of an establishment leads to, for those who may do its action there; without one, anybody.

    `url_name` takes the establishment's short name, or nothing where the page is `personal`. `count` says how many
    things wait there, 0 for none. `covers` are beginnings of names of other pages that belong to it.
    """

    label: str | Promise
    url_name: str
    action: str
    order: int
    section: str = ""
    count: Callable[[HttpRequest, Establishment], int] | None = None
    covers: tuple[str, ...] = ()
    personal: bool = False

    def url(self, slug: str) -> str:
        """Return where the entry leads in an establishment."""
        return reverse(self.url_name, args=[] if self.personal else [slug])


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
    """An entry, or a section with its entries, as one reader sees it; `current` is what `aria-current` says of it."""

    label: str
    url: str
    current: str = ""
    count: int = 0
    below: tuple["Place", ...] = ()


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

    def bar(self, request: HttpRequest, establishment: Establishment, may: Collection[str]) -> list[Place]:
        """Return the places of the bar that somebody may follow in an establishment, in their order."""
        entries = [entry for entry in self.entries if not entry.action or entry.action in may]
        entries.sort(key=lambda entry: entry.order)
        current = self._current(entries, request, establishment.slug)
        sections: dict[str, list[Place]] = {}
        for entry in entries:
            url = entry.url(establishment.slug)
            here = ("page" if url == request.path else "true") if entry is current else ""
            count = entry.count(request, establishment) if entry.count else 0
            sections.setdefault(entry.section or entry.url_name, []).append(Place(str(entry.label), url, here, count))
        return [_section(name, places) for name, places in sections.items()]

    def _current(self, entries: list[Entry], request: HttpRequest, slug: str) -> Entry | None:
        """Return the entry to which the page that is shown belongs: by its name, or else by its address."""
        match = request.resolver_match
        if match is None:
            return None
        for entry in entries:
            if entry.covers and match.view_name.startswith(entry.covers):
                return entry
        above = [entry for entry in entries if request.path.startswith(entry.url(slug))]
        return max(above, key=lambda entry: len(entry.url(slug)), default=None)

    def breadcrumbs(self, request: HttpRequest, context: Mapping[str, Any]) -> list[dict[str, str]]:
        """Return the pages above the one that is shown, the highest first, as the breadcrumbs component takes them.

        A page that the bar leads to has none: it has nothing above it but the establishment's own page.
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


def _section(name: str, places: list[Place]) -> Place:
    """Return the places of a section as one of the bar, which leads to the first of them."""
    first = places[0]
    if name not in SECTIONS:
        return first
    current = next((place.current for place in places if place.current), "")
    if current and not first.current:
        current = "true"
    below = tuple(places) if len(places) > 1 else ()
    return Place(str(SECTIONS[name]), first.url, current, sum(place.count for place in places), below)


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
