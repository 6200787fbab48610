"""A confirmed import, carried out in the background, part by part."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone

from proviso.records.files import services as files
from proviso.records.files.selectors import files_owned_by
from proviso.records.imports.kinds import RowKind, Step, kind_named
from proviso.records.imports.models import ImportRun
from proviso.records.people.actors import Actor, Job
from proviso.records.people.change import about, change

State = ImportRun.State
AT_ONCE = 50


def apply(run_id: int) -> None:
    """Apply a confirmed run.

    Each part and the count of it stand or fall together: calling this again goes on where it stopped.
    """
    run = ImportRun.objects.select_related("establishment", "started_by", "confirmed_by").get(pk=run_id)
    try:
        while run.state == State.APPLYING:
            run = _apply_part(run, timezone.now())
    except (ValidationError, IntegrityError, PermissionDenied, Http404) as error:
        _fail(run, error, timezone.now())


def _apply_part(run: ImportRun, now: datetime) -> ImportRun:
    kind = kind_named(run.kind)
    person = run.confirmed_by or run.started_by
    # Who confirmed proved themselves by a second factor then, and this does what they saw. Roles count as of today.
    actor = Actor.of(person, timezone.localdate(now), second_factor_at=now)
    # The change is the establishment's: that of the run would keep a copy of its whole plan for each part.
    with change(actor, kind.action("imported"), run.establishment, now) as applying:
        row = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        applying.named = row
        if row.state != State.APPLYING:
            applying.nothing()
            return row
        steps = list(_steps(row, kind, now))
        for step in steps[row.done : row.done + AT_ONCE]:
            row.conflicts += kind.apply(actor, applying.record, step)
        row.done, row.touched_at = min(row.done + AT_ONCE, len(steps)), now
        if row.done < len(steps):
            applying.nothing()
            row.save(update_fields=["done", "touched_at", "conflicts"])
        else:
            applying.details = {"file": row.file_name, "closed": row.counts.get("left", 0)}
            applying.details |= {name: row.counts.get(name, 0) for name in ("added", "changed")}
            end(row, State.DONE, now)
            row.save()
    return row


def _steps(run: ImportRun, kind: RowKind, now: datetime) -> Iterator[Step]:
    for part in kind.parts:
        for entry in run.plan.get(part.name, ()):
            yield Step(part.name, entry, now)


def _fail(run: ImportRun, error: Exception, now: datetime) -> None:
    job = Job("apply an import", timezone.localdate(now))
    with change(job, kind_named(run.kind).action("import_failed"), run, now) as failed:
        failed.details["file"] = failed.record.file_name
        texts = error.messages if isinstance(error, ValidationError) else [str(error)]
        failed.record.conflicts = [*failed.record.conflicts, *texts]
        end(failed.record, State.FAILED, now)


def end(run: ImportRun, state: str, now: datetime) -> None:
    """Set how a locked run ended; what was read, and the file itself, are forgotten."""
    run.state, run.ended_at, run.reading, run.plan = state, now, {}, {}
    for file in files_owned_by(about(run)):
        files.delete(file, f"the import is over ({state})", now=now)
