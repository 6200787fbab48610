"""Imports, read for an actor."""

from django.db.models import QuerySet

from proviso.records.imports.kinds import RowKind, kind_named
from proviso.records.imports.models import ColumnChoice, ImportRun
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, require


def kind_for(actor: Actor | None, establishment: Establishment, name: str) -> RowKind:
    """Return a kind of rows that somebody may import.

    Raises:
        Hidden, Refused: no such kind, or the actor may not import it there.
    """
    try:
        kind = kind_named(name)
    except KeyError:
        raise Hidden(name) from None
    require(actor, kind.permission, establishment)
    return kind


def runs(actor: Actor, establishment: Establishment, kind: RowKind) -> QuerySet[ImportRun]:
    """Return the imports of a kind, the newest first.

    Raises:
        Hidden, Refused: see `kind_for`.
    """
    require(actor, kind.permission, establishment)
    return ImportRun.objects.filter(establishment=establishment, kind=kind.name).select_related("started_by")


def waiting_run(actor: Actor, establishment: Establishment, kind: RowKind) -> ImportRun | None:
    """Return the newest import that waits for somebody; errors as `runs`."""
    return runs(actor, establishment, kind).filter(state__in=ImportRun.WAITING).first()


def run_for(actor: Actor, establishment: Establishment, pk: int) -> ImportRun:
    """Return an import.

    Raises:
        Hidden, Refused: there is none here, or the actor may not import its kind.
    """
    rows = ImportRun.objects.select_related("establishment__parent", "started_by")
    run = rows.filter(establishment=establishment, pk=pk).first()
    if run is None:
        raise Hidden(str(pk))
    require(actor, kind_named(run.kind).permission, establishment)
    return run


def chosen_columns(actor: Actor, establishment: Establishment, kind: RowKind) -> dict[str, str]:
    """Return what was said of headings, made plain, before: names of columns, empty for those that are not read.

    Raises:
        Hidden, Refused: see `kind_for`.
    """
    require(actor, kind.permission, establishment)
    rows = ColumnChoice.objects.filter(establishment=establishment, kind=kind.name)
    return dict(rows.values_list("heading", "column"))
