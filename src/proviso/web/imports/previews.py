"""A run of an import: what it would change, how far it is, what it did; and what is done with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from proviso.documents import csv_lines
from proviso.records.imports import selectors, services
from proviso.records.imports.kinds import Description, Entry, Text, kind_named
from proviso.records.imports.models import ImportRun
from proviso.records.people.models import Establishment
from proviso.web.kit.forms import done
from proviso.web.kit.lists import Column, ListPage, Query, Table
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.web.kit.progress import Progress, progress_page
from proviso.web.kit.responses import CSV, file_response

State = ImportRun.State
UNUSED = "faults"


@dataclass(frozen=True)
class PartCount:
    """A part of a plan as the preview names it, and how many entries it has."""

    name: str
    label: Text
    count: int


@never_cache
@establishment_page()
def run(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """One address for all of a run."""
    run = selectors.run_for(request.actor, establishment, pk)
    if run.state in (State.MAPPING, State.SCOPE):
        step = "imports:columns" if run.state == State.MAPPING else "imports:scope"
        return redirect(step, establishment.slug, pk)
    if run.state == State.READY:
        return _preview(request, establishment, run)
    if run.state == State.APPLYING:
        return _progress(request, establishment, run)
    return render_page(request, "imports/done.html", {"run": run, "parts": _parts(run), "step": 5})


def _parts(run: ImportRun) -> list[PartCount]:
    parts = [PartCount(part.name, part.label, run.counts.get(part.name, 0)) for part in kind_named(run.kind).parts]
    return [*reversed(parts), PartCount(UNUSED, _("Lines not used"), run.counts.get(UNUSED, 0))]


def _preview(request: ActorRequest, establishment: Establishment, run: ImportRun) -> HttpResponseBase:
    parts = _parts(run)
    filled = [part for part in parts if part.count]
    asked = request.GET.get("part", "")
    current = next((part for part in filled if part.name == asked), filled[0] if filled else None)
    context = {
        "run": run,
        "parts": parts,
        "filled": filled,
        "current": current,
        "is_empty": all(part.name == UNUSED for part in filled),
        "table": _table(request, establishment, run, current) if current else None,
        "step": 4,
        "can_choose_columns": bool(run.reading.get("headings")),
    }
    return render_page(request, "imports/preview.html", context)


def _table(request: ActorRequest, establishment: Establishment, run: ImportRun, part: PartCount) -> Table[Any]:
    """Return the entries of a part, or the faults, as a table in pages."""
    query = Query(filters={"part": part.name}, page=request.GET.get("page", ""))
    if part.name == UNUSED:
        columns: list[Column[dict[str, Any]]] = [
            Column(_("Line"), lambda fault: _place(fault, run.file_name)),
            Column(_("What is wrong"), lambda fault: fault["what"]),
            Column(_("What to do"), lambda fault: fault["do"]),
        ]
        return Table(
            ListPage(part.label, lambda query: run.faults, columns, count=lambda count: str(part.label)), query
        )
    kind = kind_named(run.kind)
    described: list[Column[Description]] = [
        Column(_("Name"), lambda entry: entry.title),
        Column(_("What changes"), lambda entry: entry.lines),
    ]
    entries = _Entries(run.plan.get(part.name, []), lambda entry: kind.describe(establishment, part.name, entry))
    return Table(ListPage(part.label, lambda query: entries, described, count=lambda count: str(part.label)), query)


class _Entries(Sequence[Description]):
    """Entries of a plan that are put into words when they are looked at: a page of them, not all."""

    def __init__(self, entries: list[Entry], describe: Callable[[Entry], Description]) -> None:
        self.entries, self.describe = entries, describe

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, place: int) -> Description: ...
    @overload
    def __getitem__(self, place: slice) -> list[Description]: ...
    def __getitem__(self, place: int | slice) -> Description | list[Description]:
        if isinstance(place, slice):
            return [self.describe(entry) for entry in self.entries[place]]
        return self.describe(self.entries[place])


def _place(fault: dict[str, Any], file_name: str) -> str:
    """Return where a fault is; the file is named where it is a part of the one that was chosen."""
    if not fault["line"]:
        return str(fault["file"])
    place = {"file": fault["file"], "line": fault["line"]}
    return (_("Line %(line)d") if fault["file"] in ("", file_name) else _("%(file)s, line %(line)d")) % place


def _progress(request: ActorRequest, establishment: Establishment, run: ImportRun) -> HttpResponseBase:
    stuck = services.is_stuck(run, now=timezone.now())
    progress = Progress(
        title=_("The import is running"),
        words=_("%(done)d of %(total)d done") % {"done": run.done, "total": run.total},
        finished=run.done,
        total=run.total,
        stuck=_("Nothing has happened for 5 minutes. Changes already made are kept, and none will be made twice.")
        if stuck
        else "",
        resume=reverse("imports:resume", args=[establishment.slug, run.pk]),
    )
    return progress_page(request, progress, {"run": run})


@establishment_page()
def confirm(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Let it be applied as it was shown."""
    run = selectors.run_for(request.actor, establishment, pk)
    if request.method != "POST":  # back from giving the second step: it is confirmed on the page of the run
        messages.info(request, _("That was your second step. Nothing has changed yet: now apply the changes."))
        return redirect("imports:run", establishment.slug, pk)
    try:
        if not services.confirm(request.actor, run, now=timezone.now()):
            text = _("Something changed here since you looked. This is what the file would change now.")
            messages.warning(request, text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:run", establishment.slug, pk)


@require_POST
@establishment_page()
def cancel(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Give it up before it was confirmed."""
    run = selectors.run_for(request.actor, establishment, pk)
    try:
        services.cancel(request.actor, run, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("imports:run", establishment.slug, pk)
    text = _("The import was cancelled. Nothing was changed.")
    return done(request, text, "imports:upload", establishment.slug, run.kind)


@require_POST
@establishment_page()
def resume(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Go on with one that stands still."""
    run = selectors.run_for(request.actor, establishment, pk)
    try:
        services.resume(request.actor, run, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:run", establishment.slug, pk)


@establishment_page()
def faults(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """What was wrong, as a table to correct the file by."""
    run = selectors.run_for(request.actor, establishment, pk)
    head = [_("File"), _("Line"), _("What is wrong"), _("What to do")]
    lines = ([fault["file"], fault["line"] or "", fault["what"], fault["do"]] for fault in run.faults)
    return file_response(csv_lines(head, lines), f"faults-{run.pk}.csv", CSV)
