"""A run of an import: read, confirmed, applied in the background, and forgotten but for its counts."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from proviso.records.audit.services import Act, record, record_all
from proviso.records.imports import applying
from proviso.records.imports.parse import read
from proviso.records.imports.parsed import Reading
from proviso.records.imports.planning import Plan, plan
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, ImportRun, Person
from proviso.records.people.permissions import Hidden, Refused, require, require_fresh

State = ImportRun.State
AT_ONCE = 50
STUCK_AFTER = timedelta(minutes=5)


@transaction.atomic
def start(actor: Actor, school: Establishment, name: str, content: bytes, *, now: datetime) -> ImportRun:
    """Read a file and keep what it would change; nothing is changed yet."""
    require(actor, "people.import", school)
    reading = read(name[:200], content, school.name)
    made = Plan(faults=[vars(one) for one in reading.faults]) if reading.stopped else plan(actor, school, reading)
    # Whoever chooses a file anew has done with the one before.
    earlier = ImportRun.objects.filter(establishment=school, started_by=actor.person, state=State.READY)
    earlier.update(state=State.CANCELLED, reading={}, plan={}, ended_at=now)
    return ImportRun.objects.create(
        establishment=school,
        started_by=actor.person,
        state=State.UNREADABLE if reading.stopped else State.READY,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        reading={} if reading.stopped else reading.as_json(),
        plan=made.as_json(),
        counts=made.counts,
        faults=made.faults,
        read_at=now,
        ended_at=now if reading.stopped else None,
    )


@transaction.atomic
def confirm(actor: Actor, run: ImportRun, *, now: datetime) -> bool:
    """Let a run be applied exactly as it was shown; return False, with the plan made anew, if that is no longer so.

    Raises:
        ValidationError: a run that is over, or another that is being applied.
        FreshSecondFactorNeeded: no second step in the last quarter of an hour.
    """
    require(actor, "import.apply", run.establishment)
    require_fresh(actor, "import.apply", now=now)
    run = ImportRun.objects.select_for_update().select_related("establishment").get(pk=run.pk)
    if run.state != State.READY:
        raise ValidationError(_("This import was confirmed or cancelled already."))
    fresh = plan(actor, run.establishment, Reading.from_json(run.reading))
    if fresh.as_json() != run.plan:
        run.plan, run.counts, run.faults = fresh.as_json(), fresh.counts, fresh.faults
        run.save(update_fields=["plan", "counts", "faults"])
        return False
    run.state, run.confirmed_at, run.touched_at = State.APPLYING, now, now
    run.total = len(fresh.added) + len(fresh.changed) + len(fresh.left)
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "confirmed_at", "touched_at", "total"])
    except IntegrityError:
        raise ValidationError(_("Another import is being applied. Wait until it is done.")) from None
    _enqueue(run)
    return True


def _enqueue(run: ImportRun) -> None:
    apply_import.enqueue(run.pk)


@transaction.atomic
def cancel(actor: Actor, run: ImportRun, *, now: datetime) -> None:
    """Give up a run that was not confirmed; what was read of people is forgotten."""
    require(actor, "people.import", run.establishment)
    ready = ImportRun.objects.filter(pk=run.pk, state=State.READY)
    ready.update(state=State.CANCELLED, reading={}, plan={}, ended_at=now)


def stuck(run: ImportRun, *, now: datetime) -> bool:
    """Say whether a run has not moved for so long that whatever applied it must have died."""
    return run.state == State.APPLYING and run.touched_at is not None and now - run.touched_at > STUCK_AFTER


@transaction.atomic
def resume(actor: Actor, run: ImportRun, *, now: datetime) -> None:
    """Go on with a run that stands still; what it has done already is not done again."""
    require(actor, "people.import", run.establishment)
    if stuck(run, now=now):
        ImportRun.objects.filter(pk=run.pk).update(touched_at=now)
        _enqueue(run)


def apply(run_id: int) -> None:
    """Apply a confirmed run, part by part.

    Each part and the count of it stand or fall together: calling this again goes on where it stopped.
    """
    run = ImportRun.objects.select_related("establishment", "started_by").get(pk=run_id)
    try:
        while run.state == State.APPLYING:
            run = _part(run_id)
    except (ValidationError, IntegrityError, Refused, Hidden) as error:
        _fail(run_id, error)


@transaction.atomic
def _part(run_id: int) -> ImportRun:
    run = ImportRun.objects.select_for_update().select_related("establishment", "started_by").get(pk=run_id)
    if run.state != State.APPLYING:
        return run
    now = timezone.now()
    actor = Actor.of(run.started_by, timezone.localdate(now))
    require(actor, "people.import", run.establishment)
    entries = list(_entries(run.plan))
    acts: list[Act] = []
    for kind, entry in entries[run.done : run.done + AT_ONCE]:
        done = applying.one(run.establishment, kind, entry, now=now)
        acts += done.acts
        run.conflicts += done.conflicts
    if acts:
        record_all(run.started_by, acts, now=now)
    run.done, run.touched_at = min(run.done + AT_ONCE, len(entries)), now
    if run.done >= len(entries):
        _end(run, run.started_by, now)
    run.save(update_fields=["done", "touched_at", "conflicts", "state", "reading", "plan", "ended_at"])
    return run


def _entries(kept: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    # Leavers first: an address that one of them gives up may be somebody else's in the same file.
    for kind in ("left", "changed", "added"):
        for entry in kept[kind]:
            yield kind, entry


def _end(run: ImportRun, by: Person, now: datetime) -> None:
    run.state, run.reading, run.plan, run.ended_at = State.DONE, {}, {}, now
    told = {"file": run.file_name, **{name: run.counts[name] for name in ("added", "changed")}}
    told["closed"] = run.counts["left"]
    record(by, Act("people.imported", run.establishment_id, f"importrun:{run.pk}", told), now=now)


@transaction.atomic
def _fail(run_id: int, error: Exception) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    run.state, run.ended_at = State.FAILED, timezone.now()
    run.conflicts = [*run.conflicts, str(error)]
    run.reading, run.plan = {}, {}
    run.save(update_fields=["state", "ended_at", "conflicts", "reading", "plan"])


@task()
def apply_import(run_id: int) -> None:
    """Apply a confirmed run in the background."""
    apply(run_id)
