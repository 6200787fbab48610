"""Addresses that stand in emails and bookmarks from before, each leading to the page as it is called now."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponsePermanentRedirect, QueryDict
from django.urls import path

# The rest of an address below `at/<establishment>/`, and what it is now; the others are called as they were.
MOVED = (
    (re.compile(r"people/export/"), "people/", "csv"),
    (re.compile(r"signing/signatures\.csv"), "signing/people/", "csv"),
    (re.compile(r"people/import/"), "imports/people/", ""),
    (re.compile(r"people/import/template/"), "imports/people/template/", ""),
    (re.compile(r"people/import/(\d+)/(.*)"), r"imports/runs/\1/\2", ""),
    (re.compile(r"people/(\d+)/role/"), r"people/\1/roles/add/", ""),
    (re.compile(r"people/(\d+)/role/(\d+)/end/"), r"people/\1/roles/\2/end/", ""),
)


@login_not_required  # it says no more than was asked, and the page that it leads to asks who is there
def at(request: HttpRequest, slug: str, rest: str = "") -> HttpResponsePermanentRedirect:
    """Lead from `/at/<establishment>/…` to `/schools/<establishment>/…`; what was sent with it goes along."""
    query = QueryDict(request.GET.urlencode(), mutable=True)
    for before, now, file in MOVED:
        if before.fullmatch(rest):
            rest = before.sub(now, rest)
            query.update({"format": file} if file else {})
            break
    there = f"/schools/{slug}/{rest}" + (f"?{query.urlencode()}" if query else "")
    return HttpResponsePermanentRedirect(there, preserve_request=True)


urlpatterns = [
    path("at/<slug:slug>/", at, name="old_address_of_an_establishment"),
    path("at/<slug:slug>/<path:rest>", at, name="old_address"),
]
