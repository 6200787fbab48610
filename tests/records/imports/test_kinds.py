"""Another room's kind of rows: it registers columns, a plan and an application, and gets everything else."""

from collections.abc import Iterator

import pytest

from proviso.records.audit.models import Entry
from proviso.records.imports import kinds, services
from proviso.records.imports.kinds import Column, Description, Part, Plan, RowKind, Scope, Step
from proviso.records.imports.models import ImportRun
from proviso.records.imports.parsed import Parsed
from proviso.records.imports.tables import Line
from proviso.records.people import change as change_room
from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.models import Establishment
from tests.cast import Cast
from tests.clock import NOW
from tests.records.imports.runs import importer, upload
from tests.work import work


def read_names(lines: Iterator[Line], file: str, parsed: Parsed) -> None:
    for line in lines:
        if line["name"]:
            parsed.keep({"name": line["name"]})
        else:
            parsed.fault(file, line.number, "Nothing is given for: Name.", "Fill it in.")


def plan_names(actor: Actor, establishment: Establishment, parsed: Parsed, scope: Scope) -> Plan:
    """The last name of a file becomes the establishment's: small, and it can be seen whether it happened."""
    new = [row["name"] for row in parsed.rows if row["name"] != establishment.name][-1:]
    return Plan({"renamed": [{"name": name} for name in new]}, faults=parsed.faults)


def apply_name(actor: Actor, establishment: Establishment, step: Step) -> list[str]:
    with change(actor, "establishment.changed", establishment, step.now) as changed:
        changed.record.name = changed.details["name"] = step.entry["name"]
    return []


NAMES = RowKind(
    name="names",
    label="Names",
    permission="people.import",
    apply_permission="import.apply",
    columns=(Column("name", "Name", ("Name", "Called"), required=True),),
    parts=(Part("renamed", "Renamed"),),
    example=(("Name",), ("Oak Lane",)),
    read=read_names,
    plan=plan_names,
    apply=apply_name,
    describe=lambda establishment, part, entry: Description(entry["name"]),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register it for one test: other tests look at all kinds and actions that there are."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds.registered()))
    monkeypatch.setattr(change_room, "_ACTIONS", dict(change_room.registered()))
    kinds.register(NAMES)


def test_rows_of_another_room_are_read_shown_confirmed_and_applied(cast: Cast) -> None:
    head = importer(cast)
    run = services.start(head, cast.school, NAMES, upload("called\nOak Lane Juniors\n\n,\n"), replace=False, now=NOW)
    assert (run.kind, run.state, run.counts) == ("names", "ready", {"renamed": 1, "faults": 0, "unchanged": 0})
    assert services.confirm(head, run, now=NOW)
    work()
    run.refresh_from_db()
    cast.school.refresh_from_db()
    assert (run.state, cast.school.name) == (ImportRun.State.DONE, "Oak Lane Juniors")
    assert [entry.action for entry in Entry.objects.all()] == [
        "names.import_started",
        "names.import_confirmed",
        "establishment.changed",
        "names.imported",
    ]


def test_its_columns_are_asked_for_like_any(cast: Cast) -> None:
    head = importer(cast)
    run = services.start(head, cast.school, NAMES, upload("What\nOak Lane Juniors\n"), replace=False, now=NOW)
    assert run.state == ImportRun.State.MAPPING
    run = services.choose_columns(head, run, {"name": 0}, now=NOW)
    assert run.counts["renamed"] == 1


def test_imports_of_two_kinds_do_not_stand_in_each_others_way(cast: Cast) -> None:
    head = importer(cast)
    first = services.start(head, cast.school, NAMES, upload("Name\nA\n"), replace=False, now=NOW)
    people = upload("Identifier,First name,Last name,Role\nS1,Ned,Newcombe,Teacher\n")
    services.start(head, cast.school, kinds.kind_named("people"), people, replace=False, now=NOW)
    first.refresh_from_db()
    assert first.state == ImportRun.State.READY


def test_two_kinds_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="two kinds of rows are called names"):
        kinds.register(RowKind(**{**vars(NAMES), "label": "Other names"}))
