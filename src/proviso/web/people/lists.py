"""Who is at a school, who was, and all of them as a table."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from proviso.documents import Cell
from proviso.records.people import role_names, selectors
from proviso.records.people.models import Establishment, Person
from proviso.records.people.permissions import allowed, require
from proviso.web.downloads import csv_download
from proviso.web.kit.requests import signed_in
from proviso.web.people import paging
from proviso.web.places import confirmed
from proviso.web.public.question_url import printable


def people(request: HttpRequest, slug: str) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    find, kind = printable(request.GET.get("find", ""))[:100].strip(), request.GET.get("role", "")
    offered = role_names.roles_offered(school)
    kind = kind if kind in dict(offered) else ""
    page = paging.page_of(request, selectors.listed(actor, school, actor.on, find, kind))
    shown = _shown(request, school, page, find) | {
        "kind": kind,
        "kinds": [
            {"value": value, "text": text, "selected": value == kind}
            for value, text in [("", _("Every role")), *offered]
        ],
        "may": allowed(actor, school),
    }
    return render(request, "people/people.html", shown)


def left(request: HttpRequest, slug: str) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    find = printable(request.GET.get("find", ""))[:100].strip()
    page = paging.page_of(request, selectors.leavers(actor, school, actor.on, find))
    return render(request, "people/left.html", _shown(request, school, page, find))


def _shown(request: HttpRequest, school: Establishment, page: Any, find: str) -> dict[str, Any]:
    actor = signed_in(request)
    rows = [
        {
            "person": one,
            "roles": [(role_names.role(role.kind, school), role) for role in _roles(one, actor.on)],
            "standing": role_names.standing(one, actor.on),
        }
        for one in page
    ]
    return {
        "establishment": school,
        "rows": rows,
        "many": page.paginator.count,
        "find": find,
        "pages": paging.links(request, page),
        "on": actor.on,
        "wide": True,
    }


def _roles(person: Person, on: Any) -> list[Any]:
    """Return the roles to show: those of now and later, or of somebody who left the last that they held."""
    here: list[Any] = person.roles_here  # type: ignore[attr-defined]  # fetched along by the selector
    current = [role for role in here if role.ends_on is None or role.ends_on >= on]
    return current or here[-1:]


def export(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Everybody as a table, one line for each role."""
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.export", school)
    confirmed(request, "people.export")
    everybody = selectors.listed(actor, school, actor.on)
    header = [_("Last name"), _("First name"), _("E-mail address"), _("Role"), _("From"), _("Last day"), _("Sign-in")]

    def rows() -> Iterator[list[Cell]]:
        for one in everybody:
            for role in one.roles_here:  # type: ignore[attr-defined]  # fetched along by the selector
                yield [
                    one.family_name,
                    one.given_name,
                    one.email,
                    role_names.role(role.kind, school),
                    role.starts_on,
                    role.ends_on,
                    role_names.standing(one, actor.on),
                ]

    return csv_download(f"{school.slug}-people.csv", header, rows())
