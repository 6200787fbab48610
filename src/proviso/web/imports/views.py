"""The import of people: choose a file, see what it would change, confirm, watch."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from proviso.records.imports import services, spreadsheet
from proviso.records.imports.tables import MOST_BYTES
from proviso.records.people import role_names, selectors
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, ImportRun
from proviso.records.people.permissions import require
from proviso.web.downloads import csv_download
from proviso.web.kit.pages import render_page
from proviso.web.kit.requests import signed_in
from proviso.web.kit.uploads import accepts_upload
from proviso.web.people import paging
from proviso.web.people.forms import UploadForm

PARTS = ("left", "changed", "added", "faults")
FIELDS = {
    "given_name": gettext_lazy("first name"),
    "family_name": gettext_lazy("last name"),
    "email": gettext_lazy("e-mail address"),
}


@accepts_upload(MOST_BYTES)
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    actor, school = _asked(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        run = services.start(actor, school, file.name, file.read(), now=timezone.now())
        return redirect("imports:run", slug, run.pk)
    shown = {"establishment": school, "form": form, "runs": school.import_runs.select_related("started_by")[:10]}
    return render_page(request, "people/import.html", shown, status=400 if form.is_bound else 200)


def template(request: HttpRequest, slug: str) -> HttpResponse:
    _asked(request, slug)
    answer = HttpResponse("\ufeff" + spreadsheet.TEMPLATE, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


@never_cache
def run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One address for all of a run: what it would change, how far it is, what it did."""
    actor, school = _asked(request, slug)
    found = selectors.import_run_for(actor, school, pk)
    shown: dict[str, Any] = {"establishment": school, "run": found, "counts": found.counts}
    if found.state == ImportRun.State.READY:
        return render_page(request, "people/import_preview.html", shown | _preview(request, school, found))
    if found.state != ImportRun.State.APPLYING:
        return render_page(request, "people/import_done.html", shown)
    shown["stuck"] = services.stuck(found, now=timezone.now())
    answer = render_page(request, "people/import_progress.html", shown)
    if not shown["stuck"]:
        answer["Refresh"] = "2"  # the page looks again by itself, without a script
    return answer


def _preview(request: HttpRequest, school: Establishment, found: ImportRun) -> dict[str, Any]:
    counts = found.counts
    filled = [name for name in PARTS if counts.get(name)]
    part = request.GET.get("part", "")
    part = part if part in filled else (filled[0] if filled else "")
    page = paging.page_of(request, found.plan.get(part, []))
    return {
        "wide": True,
        "part": part,
        "parts": [(name, counts[name]) for name in filled],
        "rows": [_row(school, part, entry) for entry in page],
        "pages": paging.links(request, page),
        "warnings": found.plan["warnings"],
        "notices": found.plan["notices"],
        "nothing": not any(counts[name] for name in ("added", "changed", "left")),
    }


def _row(school: Establishment, part: str, entry: dict[str, Any]) -> dict[str, Any]:
    if part == "faults":
        return entry
    name = entry.get("name") or f"{entry['given_name']} {entry['family_name']}"
    fields = entry.get("fields", {})
    return {
        "name": name,
        "email": entry.get("email", ""),
        "line": entry["line"],
        "link": entry.get("link", False),
        "fields": [(str(FIELDS[key]), old or "–", new) for key, (old, new) in fields.items()],
        "start": [_told(school, one, one["starts_on"]) for one in entry.get("start", [])],
        "end": [_told(school, one, one["ends_on"]) for one in entry.get("end", [])],
        "stays": [role_names.role(kind, school) for kind in entry.get("stays", [])],
    }


def _told(school: Establishment, entry: dict[str, Any], on: str) -> dict[str, Any]:
    return {
        "word": role_names.role(entry["kind"], school),
        "on": date.fromisoformat(on),
        "head": entry["kind"] == "headteacher",
    }


def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, school = _asked(request, slug)
    found = selectors.import_run_for(actor, school, pk)
    if request.method != "POST":  # back from giving the second step: it is confirmed on the page of the run
        return redirect("imports:run", slug, pk)
    try:
        if not services.confirm(actor, found, now=timezone.now()):
            messages.warning(
                request, _("Something changed here since you looked. This is what the file would change now.")
            )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:run", slug, pk)


@require_POST
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, school = _asked(request, slug)
    services.cancel(actor, selectors.import_run_for(actor, school, pk), now=timezone.now())
    messages.success(request, _("The import was cancelled. Nothing was changed."))
    return redirect("imports:upload", slug)


@require_POST
def resume(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, school = _asked(request, slug)
    services.resume(actor, selectors.import_run_for(actor, school, pk), now=timezone.now())
    return redirect("imports:run", slug, pk)


def faults(request: HttpRequest, slug: str, pk: int) -> StreamingHttpResponse:
    """What was wrong, as a table to correct the file by."""
    actor, school = _asked(request, slug)
    found = selectors.import_run_for(actor, school, pk)
    header = [_("File"), _("Line"), _("What is wrong"), _("What to do")]
    rows = ([one["file"], one["line"] or None, one["what"], one["do"]] for one in found.faults)
    return csv_download(f"faults-{found.pk}.csv", header, rows)


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Establishment]:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.import", school)
    return actor, school
