"""The one page with a list: search, filters, sorting, pages, and the same rows as a file.

A list says where its rows come from and what its columns are; everything else is the same on every list of the site.
What an address asks for and a list does not know is passed over.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.documents import Cell
from proviso.records.people.permissions import require
from proviso.web.kit import paging
from proviso.web.kit.pages import ActorRequest, Link, Text, render_page, require_confirmation
from proviso.web.kit.tables import FORMATS, Sheet

Row = TypeVar("Row")
Value = Cell | Sequence[str]
LONGEST = 100  # characters that somebody looks for
CHUNK = 2000  # rows that a file fetches at a time


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its head, and what a row has there.

    With `name` the list can be sorted by it: by the fields in `sort` where the rows are a query, by the key that
    `sort` works out where they are not. `link` is where the cell leads, `cell` shows it otherwise than its value.
    `only` keeps it off the page or out of the file.
    """

    label: Text
    value: Callable[[Row], Value]
    name: str = ""
    sort: Sequence[str] | Callable[[Row], Any] = ()
    link: Callable[[Row], str] | None = None
    cell: Callable[[Row], str] | None = None
    numeric: bool = False
    only: Literal["", "page", "file"] = ""


@dataclass(frozen=True)
class Filter:
    """A choice that narrows a list; nothing chosen is `every`."""

    name: str
    label: Text
    choices: Sequence[tuple[str, Text]]
    every: Text = gettext_lazy("All")


@dataclass(frozen=True)
class Export(Generic[Row]):
    """The file that has all rows of a list: `name` without its ending.

    `action` is what one has to be allowed to take it, where that is more than to see the list. `lines` makes the file's
    lines of the rows where one row is several; `columns` are then those of a line.
    """

    name: str
    action: str = ""
    columns: Sequence[Column[Any]] = ()
    lines: Callable[[Iterable[Row]], Iterable[Any]] | None = None


@dataclass(frozen=True)
class Query:
    """What an address asks of a list: words to look for, the filters that are set, the order and the page."""

    find: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: str = ""
    format: str = ""

    def choice(self, name: str) -> str:
        """Return what a filter is set to, or nothing."""
        return self.filters.get(name, "")

    @property
    def narrows(self) -> bool:
        return bool(self.find or any(self.filters.values()))

    def link(self, **changes: str | int) -> str:
        """Return the address of the same list with something else; another order begins at the first page."""
        asked: dict[str, Any] = {"find": self.find, **self.filters, "sort": self.sort, **changes}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """A list: its rows, as what is asked of it narrows them, its columns, and what is said around it."""

    title: Text
    rows: Callable[[Query], QuerySet[Any] | Sequence[Row]]
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter] = ()
    search: Text = ""
    lead: Text = ""
    buttons: Sequence[Link] = ()
    links: Sequence[Link] = ()
    export: Export[Row] | None = None
    count: Callable[[int], str] = lambda count: ngettext("%(count)d line", "%(count)d lines", count) % {"count": count}
    empty: Text = gettext_lazy("There is nothing here yet.")
    next_step: Link | None = None
    none_found: Text = gettext_lazy("Nothing matches.")
    sorted_by: str = ""
    per_page: int = paging.PER_PAGE


@dataclass(frozen=True)
class Head:
    """The head of a column as a page shows it; `order` is how the list is sorted by it now."""

    label: Text
    numeric: bool
    url: str = ""
    order: Literal["", "ascending", "descending", "none"] = ""


@dataclass(frozen=True)
class TableCell:
    """A cell as a page shows it."""

    label: Text
    html: str
    numeric: bool


class Table(Generic[Row]):
    """A list as one reader asked for it."""

    def __init__(self, page: ListPage[Row], query: Query, may: Collection[str] = ()) -> None:
        self.page, self.query, self.may = page, query, may
        self.columns = [column for column in page.columns if column.only != "file"]

    @cached_property
    def rows(self) -> QuerySet[Any] | Sequence[Row]:
        rows = self.page.rows(self.query)
        name = self.query.sort.removeprefix("-")
        column = next((column for column in self.page.columns if column.name and column.name == name), None)
        return _sorted(rows, column, self.query.sort.startswith("-")) if column else rows

    @cached_property
    def current_page(self) -> Page[Any]:
        return Paginator(self.rows, self.page.per_page).get_page(self.query.page)

    @property
    def count(self) -> str:
        return self.page.count(self.current_page.paginator.count)

    @property
    def is_sortable(self) -> bool:
        return any(column.name for column in self.columns)

    def heads(self) -> Iterator[Head]:
        """Yield the heads; following one that can be sorted by sorts by it, and again the other way round."""
        sort = self.query.sort or self.page.sorted_by
        for column in self.columns:
            if not column.name:
                yield Head(column.label, column.numeric)
                continue
            up, down = sort == column.name, sort == f"-{column.name}"
            url = self.query.link(sort=f"-{column.name}" if up else column.name)
            yield Head(column.label, column.numeric, url, "ascending" if up else "descending" if down else "none")

    def lines(self) -> Iterator[list[TableCell]]:
        """Yield the rows of this page as cells."""
        for row in self.current_page:
            yield [TableCell(column.label, _html(column, row), column.numeric) for column in self.columns]

    def paging(self) -> dict[str, Any] | None:
        """Return what the design system's pagination takes, or None where one page holds all."""
        return paging.pagination(self.current_page, lambda number: self.query.link(page=number))

    def selects(self) -> Iterator[dict[str, Any]]:
        """Yield the filters as the select component takes them."""
        for choice in self.page.filters:
            items = [("", choice.every), *choice.choices]
            yield {
                "id": choice.name,
                "name": choice.name,
                "label": {"text": choice.label},
                "items": [
                    {"value": value, "text": text, "selected": value == self.query.choice(choice.name)}
                    for value, text in items
                ],
            }

    def files(self) -> Iterator[Link]:
        """Yield the links to all rows as files, narrowed as the page is."""
        export = self.page.export
        if export and (not export.action or export.action in self.may):
            for name in FORMATS:
                yield Link(_("Download as %(format)s") % {"format": name.upper()}, self.query.link(format=name))

    def sheet(self, export: Export[Row]) -> Sheet:
        """Return all rows as a table to hand out, narrowed and sorted as the page is."""
        columns = export.columns or [column for column in self.page.columns if column.only != "page"]
        rows = self.rows.iterator(CHUNK) if isinstance(self.rows, QuerySet) else self.rows
        lines = export.lines(rows) if export.lines else rows
        cells = ([_flat(column.value(line)) for column in columns] for line in lines)
        return Sheet(export.name, str(self.page.title), [str(column.label) for column in columns], cells)


def list_page(request: ActorRequest, page: ListPage[Any], context: Mapping[str, Any] | None = None) -> HttpResponseBase:
    """Render a list, or hand all of it out as a file where the address asks for one."""
    table = table_of(request, page)
    if page.export and table.query.format:
        _require(request, page.export.action)
        return FORMATS[table.query.format](table.sheet(page.export))
    return render_page(request, "kit/list.html", {**(context or {}), "page": page, "table": table})


def table_of(request: HttpRequest, page: ListPage[Row]) -> Table[Row]:
    """Return a list as its reader asked for it, for a page that shows more than the list (`parts/table.html`)."""
    return Table(page, read_query(request.GET, page), getattr(request, "may", ()))


def _require(request: ActorRequest, action: str) -> None:
    if action:
        require(request.actor, action, request.establishment)
        require_confirmation(request, action)


def read_query(asked: QueryDict, page: ListPage[Any]) -> Query:
    """Return what an address asks of a list; what the list does not offer counts as not asked for."""
    filters = {choice.name: asked.get(choice.name, "") for choice in page.filters}
    offered = {choice.name: {value for value, _text in choice.choices} for choice in page.filters}
    sort = asked.get("sort", "")
    names = {column.name for column in page.columns if column.name}
    return Query(
        find=_readable(asked.get("find", "")) if page.search else "",
        filters={name: value for name, value in filters.items() if value in offered[name]},
        sort=sort if sort.removeprefix("-") in names else "",
        page=asked.get("page", ""),
        format=asked.get("format", "") if asked.get("format") in FORMATS else "",
    )


def _readable(text: str) -> str:
    """Return words without control characters, which a database may refuse and which garble a page."""
    seen = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return " ".join(seen.split())[:LONGEST]


def _sorted(
    rows: QuerySet[Any] | Sequence[Row], column: Column[Row], descending: bool
) -> QuerySet[Any] | Sequence[Row]:
    if isinstance(rows, QuerySet):
        if callable(column.sort):
            raise TypeError(f"{column.name}: a query is sorted by fields")
        sign = "-" if descending else ""
        # With the key last no row stands on two pages where several are alike.
        return rows.order_by(*(f"{sign}{name}" for name in column.sort), "pk")
    if not callable(column.sort):
        raise TypeError(f"{column.name}: rows that are no query are sorted by a key")
    return sorted(rows, key=column.sort, reverse=descending)


def _html(column: Column[Row], row: Row) -> str:
    html = column.cell(row) if column.cell else _text(column.value(row))
    if column.link:
        html = format_html('<a class="govuk-link" href="{}">{}</a>', column.link(row), html)
    return conditional_escape(html)


def _text(value: Value) -> str | SafeString:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = format_html_join(SafeString("<br>"), "{}", ((each,) for each in value))
    return "–" if value in (None, "") else value if isinstance(value, SafeString) else str(value)


def _flat(value: Value) -> Cell:
    return "; ".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
