"""The beginning of an import: choose a file, say which column is which, and who is in it."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.documents import csv_lines
from proviso.records.files.uploads import MEGABYTE
from proviso.records.imports import selectors, services
from proviso.records.imports.kinds import Scope, kind_named
from proviso.records.imports.models import ImportRun
from proviso.records.people.models import Establishment
from proviso.web.imports.forms import ColumnsForm, ScopeForm, UploadForm
from proviso.web.kit.forms import FormPage, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.responses import CSV, file_response
from proviso.web.kit.uploads import accepts_upload

MOST_BYTES = 20 * MEGABYTE
RUNS_LISTED = 10
NAMES_LISTED = 10
STEPS = "imports/steps.html"


@accepts_upload(MOST_BYTES)
@establishment_page()
def upload(request: ActorRequest, establishment: Establishment, kind: str) -> HttpResponseBase:
    """Choose a file; who already has one waiting is told so, and says what becomes of it."""
    rows = selectors.kind_for(request.actor, establishment, kind)
    waiting = selectors.waiting_run(request.actor, establishment, rows)
    form = UploadForm(waiting, posted(request), request.FILES or None)
    started: list[ImportRun] = []

    def start() -> None:
        wanted = form.cleaned_data.get("replace", False)
        file = form.cleaned_data["file"]
        started.append(services.start(request.actor, establishment, rows, file, replace=wanted, now=timezone.now()))

    if saved(form, start):
        return redirect("imports:run", establishment.slug, started[0].pk)
    page = FormPage(
        title=_("Import people") if rows.name == "people" else _("Import: %(kind)s") % {"kind": rows.label},
        button=_("Read the file"),
        lead=_("Nothing changes until you have seen what the file would change and confirmed it."),
        above="imports/waiting.html",
        below="imports/before.html",
        aside=STEPS,
    )
    runs = selectors.runs(request.actor, establishment, rows)
    context = {
        "waiting": waiting,
        "runs": runs.exclude(pk=waiting.pk if waiting else 0)[:RUNS_LISTED],
        "kind": rows,
        "step": 1,
    }
    return form_page(request, form, page, context)


@establishment_page()
def template(request: ActorRequest, establishment: Establishment, kind: str) -> HttpResponseBase:
    """A table to fill in."""
    rows = selectors.kind_for(request.actor, establishment, kind)
    return file_response(csv_lines(rows.example[0], rows.example[1:]), f"{rows.name}.csv", CSV)


@establishment_page()
def columns(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Say which column of the file is which."""
    run = selectors.run_for(request.actor, establishment, pk)
    headings = run.reading.get("headings")
    if not run.is_waiting or not headings:
        return redirect("imports:run", establishment.slug, pk)
    kind = kind_named(run.kind)
    remembered = selectors.chosen_columns(request.actor, establishment, kind)
    form = ColumnsForm(headings, kind, remembered, posted(request))
    if saved(form, lambda: services.choose_columns(request.actor, run, form.places(), now=timezone.now())):
        return redirect("imports:run", establishment.slug, pk)
    page = FormPage(
        title=_("Which column is which?"),
        button=_("Continue"),
        caption=run.file_name,
        lead=_("We remember your choice for the next file with these headings."),
        above="imports/samples.html",
        aside=STEPS,
    )
    return form_page(request, form, page, {"run": run, "step": 2})


@establishment_page()
def scope(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Say who is in the file."""
    run = selectors.run_for(request.actor, establishment, pk)
    if not run.is_waiting or "rows" not in run.reading:
        return redirect("imports:run", establishment.slug, pk)
    form = ScopeForm(posted(request), initial={"scope": run.scope})
    if saved(form, lambda: _choose(request, run, form.cleaned_data["scope"])):
        return redirect("imports:run", establishment.slug, pk)
    absent = [entry["name"] for entry in run.plan.get("left", ()) if entry.get("absent")]
    count = ngettext(
        "%(count)d person who came here by an earlier import is not in this file.",
        "%(count)d people who came here by an earlier import are not in this file.",
        len(absent),
    )
    page = FormPage(
        title=_("Is everybody in this file?"),
        button=_("Continue"),
        question="scope",
        hints={
            Scope.EVERYBODY: _(
                "People who are not in the file have left. Yesterday was the last day of their imported roles."
            ),
            Scope.ONLY_THESE: _("Nobody else changes. A role ends only if the file gives its last day."),
        },
        caption=run.file_name,
        below="imports/absent.html" if absent else "",
        aside=STEPS,
    )
    context = {"run": run, "count": count % {"count": len(absent)}, "names": absent[:NAMES_LISTED]}
    return form_page(request, form, page, context | {"more": len(absent) - NAMES_LISTED, "step": 3})


def _choose(request: ActorRequest, run: ImportRun, chosen: str) -> None:
    services.choose_scope(request.actor, run, Scope(chosen), now=timezone.now())
