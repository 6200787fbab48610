"""Start an import, say how it is to be read, confirm or cancel it. What is confirmed is applied in the background."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.files import services as files
from proviso.records.files.errors import FileRefusedError
from proviso.records.files.selectors import files_owned_by
from proviso.records.files.uploads import SealedUpload
from proviso.records.imports.application import end
from proviso.records.imports.kinds import Plan, RowKind, Scope, kind_named
from proviso.records.imports.models import ColumnChoice, ImportRun
from proviso.records.imports.parse import Headings, Upload, column_names, missing_columns, parse
from proviso.records.imports.parsed import Parsed
from proviso.records.imports.selectors import chosen_columns
from proviso.records.imports.tables import plain_heading
from proviso.records.imports.tasks import apply_import
from proviso.records.people.actors import Actor, Job
from proviso.records.people.change import NotPossible, about, change
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import require

State = ImportRun.State
STUCK_AFTER = timedelta(minutes=5)
LAPSES_AFTER = timedelta(days=7)
HEADING_LENGTH = 200


@dataclass(frozen=True)
class _Outcome:
    """What became of a file that was read: the state of its run, and everything that the run keeps of it."""

    state: str
    reading: dict[str, object]
    plan: Plan
    scope: str = ""

    def put_into(self, run: ImportRun) -> None:
        run.state, run.reading, run.plan = self.state, self.reading, self.plan.as_json() if self.plan.parts else {}
        run.scope, run.counts = self.scope, self.plan.counts
        run.faults = [asdict(fault) for fault in self.plan.faults]


def start(
    actor: Actor, establishment: Establishment, kind: RowKind, upload: SealedUpload, *, replace: bool, now: datetime
) -> ImportRun:
    """Read a file and keep what it would change; nothing is changed yet.

    The file is read, and written to the storage, before the change begins: no file holds up the database. `replace`
    cancels an import that waits for somebody.

    Raises:
        Hidden, Refused: the actor may not import this kind there.
        ValidationError: a file of a kind that is not accepted, one with malware, or an import that waits already.
    """
    require(actor, kind.permission, establishment)
    if not replace:
        _refuse_second(establishment, kind)
    try:
        blob = files.write_blob(upload, kind.accepts)
    except FileRefusedError as error:
        raise ValidationError({"file": f"{error} {error.do}"}) from error
    chosen = chosen_columns(actor, establishment, kind)
    source = Upload(upload.content, blob.content_type, blob.name)
    outcome = _read(actor, establishment, kind, parse(source, kind, establishment, chosen))
    if outcome.state == State.UNREADABLE:
        files.discard_blob(blob)
    with change(actor, kind.action("import_started"), establishment, now) as started:
        if not replace:
            _refuse_second(started.record, kind)
        for earlier in _waiting(started.record, kind):
            cancel(actor, earlier, now=now)
        run = ImportRun(establishment=started.record, kind=kind.name, started_by=actor.person, read_at=now)
        run.file_name, run.sha256 = blob.name, blob.sha256
        outcome.put_into(run)
        run.ended_at = now if outcome.state == State.UNREADABLE else None
        started.add(run)
        started.details["file"] = run.file_name
        if outcome.state != State.UNREADABLE:
            files.keep(blob, about(run), now=now)
    return run


def _waiting(establishment: Establishment, kind: RowKind) -> list[ImportRun]:
    rows = ImportRun.objects.filter(establishment=establishment, kind=kind.name, state__in=ImportRun.WAITING)
    return list(rows)


def _refuse_second(establishment: Establishment, kind: RowKind) -> None:
    for waiting in _waiting(establishment, kind)[:1]:
        raise NotPossible(
            _("“%(file)s” is still waiting to be confirmed. Confirm or cancel it first, or replace it.")
            % {"file": waiting.file_name}
        )


def _read(actor: Actor, establishment: Establishment, kind: RowKind, parsed: Parsed | Headings) -> _Outcome:
    """Return what becomes of what was parsed, before anybody said who is in it."""
    if isinstance(parsed, Headings):
        return _Outcome(State.MAPPING, parsed.as_json(), Plan({}))
    if parsed.stopped:
        return _Outcome(State.UNREADABLE, {}, Plan({}, faults=parsed.faults))
    only_these = kind.plan(actor, establishment, parsed, Scope.ONLY_THESE)
    if not parsed.complete:
        return _Outcome(State.READY, parsed.as_json(), only_these)
    everybody = kind.plan(actor, establishment, parsed, Scope.EVERYBODY)
    if everybody.parts == only_these.parts:  # the answer makes no difference
        return _Outcome(State.READY, parsed.as_json(), only_these)
    return _Outcome(State.SCOPE, parsed.as_json(), everybody)


def choose_columns(actor: Actor, run: ImportRun, columns: Mapping[str, int], *, now: datetime) -> ImportRun:
    """Say which column of the file is which of ours: our names, each with the place of a heading. It is remembered.

    Raises:
        Hidden, Refused: the actor may not import there.
        ValidationError: a column that is needed has none, or the run is over.
    """
    kind = kind_named(run.kind)
    require(actor, kind.permission, run.establishment)
    headings = [plain_heading(heading) for heading in run.reading.get("headings", ())]
    chosen = _chosen(headings, columns, kind)
    file = files_owned_by(about(run)).first()
    if file is None or not headings:
        raise NotPossible(_("This import has ended. Choose the file again."))
    remembered = {**chosen_columns(actor, run.establishment, kind), **chosen}
    with files.open_file(file) as content:
        parsed = parse(Upload(content, file.content_type, file.name), kind, run.establishment, remembered)
    outcome = _read(actor, run.establishment, kind, parsed)
    with change(actor, kind.action("import_prepared"), run, now) as prepared:
        _remember(prepared.record.establishment, kind, chosen)
        outcome.put_into(prepared.record)
        if outcome.state == State.UNREADABLE:
            end(prepared.record, State.UNREADABLE, now)
        prepared.details["file"] = prepared.record.file_name
    return prepared.record


def _chosen(headings: list[str], columns: Mapping[str, int], kind: RowKind) -> dict[str, str]:
    """Return the name of the column of each heading; empty for a heading that was known and is not to be read."""
    chosen = {headings[place]: name for name, place in columns.items() if 0 <= place < len(headings)}
    if len(chosen) < len(columns):
        raise ValidationError(_("Choose another column of the file for each."))
    known = column_names(headings, kind, {})
    chosen |= {heading: "" for heading, name in zip(headings, known, strict=True) if name and heading not in chosen}
    if missing := missing_columns(column_names(headings, kind, chosen), kind):
        raise ValidationError(_("Choose a column for: %(columns)s.") % {"columns": ", ".join(missing)})
    return chosen


def _remember(establishment: Establishment, kind: RowKind, chosen: Mapping[str, str]) -> None:
    for heading, column in chosen.items():
        ColumnChoice.objects.update_or_create(
            establishment=establishment, kind=kind.name, heading=heading[:HEADING_LENGTH], defaults={"column": column}
        )


def choose_scope(actor: Actor, run: ImportRun, scope: Scope, *, now: datetime) -> ImportRun:
    """Say whether a file holds everybody, or only those whom it changes.

    Raises:
        Hidden, Refused: the actor may not import there.
        NotPossible: the run is over, or its columns are not known yet.
    """
    kind = kind_named(run.kind)
    with change(actor, kind.action("import_prepared"), run, now) as prepared:
        row = prepared.record
        if "rows" not in row.reading:
            raise NotPossible(_("Say first which column is which."))
        plan = kind.plan(actor, row.establishment, Parsed.from_json(row.reading), scope)
        _Outcome(State.READY, row.reading, plan, scope).put_into(row)
        prepared.details["file"] = row.file_name
    return row


def confirm(actor: Actor, run: ImportRun, *, now: datetime) -> bool:
    """Let a run be applied exactly as it was shown; return False, with the plan made anew, if that is no longer so.

    Raises:
        Hidden, Refused: the actor may not import there.
        SecondFactorNeeded: they may, after they proved themselves by their second factor once more.
        NotPossible: a run that is over, or another that is being applied.
    """
    kind = kind_named(run.kind)
    with change(actor, kind.action("import_confirmed"), run, now) as confirmed:
        row = confirmed.record
        applying = ImportRun.objects.filter(establishment=row.establishment, state=State.APPLYING)
        if applying.exclude(pk=row.pk).exists():
            raise NotPossible(_("Another import is running. Wait until it has finished."))
        fresh = kind.plan(actor, row.establishment, Parsed.from_json(row.reading), Scope(row.scope or Scope.ONLY_THESE))
        if json.loads(json.dumps(fresh.as_json())) != row.plan:
            _Outcome(State.READY, row.reading, fresh, row.scope).put_into(row)
            confirmed.nothing()
            return False
        row.confirmed_at = row.touched_at = now
        row.confirmed_by = actor.person
        row.total = sum(len(entries) for entries in fresh.parts.values())
        confirmed.details["file"] = row.file_name
        apply_import.enqueue(row.pk)
    return True


def cancel(actor: Actor, run: ImportRun, *, now: datetime) -> None:
    """Give up a run that was not confirmed; what was read is forgotten.

    Raises:
        Hidden, Refused: the actor may not import there.
        NotPossible: it was confirmed or cancelled already.
    """
    with change(actor, kind_named(run.kind).action("import_cancelled"), run, now) as cancelled:
        cancelled.details["file"] = cancelled.record.file_name
        end(cancelled.record, State.CANCELLED, now)


def lapse(*, now: datetime) -> int:
    """Give up the runs that nobody confirmed within a week, so that what they hold of people goes; return how many."""
    from_job = Job("lapse imports", now.date())
    old = ImportRun.objects.filter(state__in=ImportRun.WAITING, read_at__lt=now - LAPSES_AFTER)
    for run in old:
        with change(from_job, kind_named(run.kind).action("import_expired"), run, now) as lapsed:
            lapsed.details["file"] = lapsed.record.file_name
            end(lapsed.record, State.CANCELLED, now)
    return len(old)


def is_stuck(run: ImportRun, *, now: datetime) -> bool:
    """Say whether a run has not moved for so long that whatever applied it must have died."""
    return run.state == State.APPLYING and run.touched_at is not None and now - run.touched_at > STUCK_AFTER


def resume(actor: Actor, run: ImportRun, *, now: datetime) -> None:
    """Go on with a run that stands still; what it has done already is not done again.

    Raises:
        Hidden, Refused: the actor may not import there.
        NotPossible: it is over.
    """
    with change(actor, kind_named(run.kind).action("import_resumed"), run, now) as resumed:
        if not is_stuck(resumed.record, now=now):
            resumed.nothing()
            return
        resumed.record.touched_at = now
        resumed.details["file"] = resumed.record.file_name
        apply_import.enqueue(resumed.record.pk)
