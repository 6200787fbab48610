"""The one way to change a record: who may, what is locked, where it leads, what is logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from proviso.records.audit.models import Entry
from proviso.records.audit.services import verify
from proviso.records.people import change as changes
from proviso.records.people.actors import Job, Public, Receipt
from proviso.records.people.change import Change, NotPossible, change, change_many
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import FreshSecondFactorNeeded, Hidden, Refused
from proviso.records.policies.models import Version
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.guard import WrittenOutsideAChangeError
from tests.records.policies.life import acting, draft

RENAMED = "establishment.changed"


@pytest.fixture(autouse=True)
def undo_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_EFFECTS", {name: list(effects) for name, effects in changes._EFFECTS.items()})


def sentences() -> list[str]:
    return [entry.action for entry in Entry.objects.order_by("number")]


def test_what_differs_is_saved_and_logged_in_one_sentence(cast: Cast) -> None:
    with change(acting(cast.headteacher), RENAMED, cast.school, NOW) as renamed:
        renamed.record.name = "Oak Lane Primary"
        renamed.details["name"] = "Oak Lane Primary"
    assert Establishment.objects.get(pk=cast.school.pk).name == "Oak Lane Primary"
    [entry] = Entry.objects.all()
    assert (entry.actor, entry.establishment, entry.about) == (
        cast.headteacher,
        cast.school.pk,
        f"establishment:{cast.school.pk}",
    )
    assert entry.sentence == "changed the details of Oak Lane Primary"


def test_the_record_is_read_anew_whatever_the_caller_holds(cast: Cast) -> None:
    stale = Establishment.objects.get(pk=cast.school.pk)
    Establishment.objects.filter(pk=cast.school.pk).update(language="cy")
    with change(acting(cast.headteacher), RENAMED, stale, NOW) as renamed:
        assert renamed.record.language == "cy"
        renamed.record.name, renamed.details["name"] = "New", "New"
    assert Establishment.objects.get(pk=cast.school.pk).language == "cy"


def test_an_error_undoes_all_of_it(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), change(acting(cast.headteacher), RENAMED, cast.school, NOW) as renamed:
        renamed.record.name = "Gone"
        renamed.add(Role(person=cast.teacher, establishment=cast.school, kind="governor", starts_on=TODAY))
        raise ZeroDivisionError
    assert Establishment.objects.get(pk=cast.school.pk).name != "Gone"
    assert not Role.objects.filter(person=cast.teacher, kind="governor").exists()
    assert sentences() == []


def test_who_may_not_changes_nothing(cast: Cast) -> None:
    for person, refusal in ((cast.teacher, Refused), (cast.outsider, Hidden), (cast.leaver, Hidden)):
        with pytest.raises(refusal), change(acting(person), RENAMED, cast.school, NOW):
            pytest.fail("the body ran")
    for nobody in (Public(TODAY), Receipt("d" * 64, TODAY), Job("tick", TODAY)):
        with pytest.raises(Hidden), change(nobody, RENAMED, cast.school, NOW):
            pytest.fail("the body ran")


def test_a_declared_move_is_made_and_another_refused(cast: Cast) -> None:
    head = acting(cast.headteacher)
    version = draft(cast)
    with change(head, "version.discarded", version, NOW) as discarded:
        discarded.details["version"] = 1
    assert Version.objects.get().state == Version.State.DISCARDED
    assert version.state == Version.State.DRAFT  # what the caller holds is as old as it was
    with pytest.raises(NotPossible, match="this is now “Discarded”"), change(head, "version.discarded", version, NOW):
        pytest.fail("the body ran")


def test_what_asks_for_a_second_factor_asks_for_a_fresh_one(cast: Cast) -> None:
    late = NOW + timedelta(minutes=16)
    role = Role(person=cast.teacher, establishment=cast.school, kind="governor", starts_on=TODAY)
    details = {"person": cast.teacher.name, "role": "governor", "starts_on": TODAY.isoformat()}
    with pytest.raises(FreshSecondFactorNeeded), change(acting(cast.headteacher), "role.started", cast.school, late):
        pytest.fail("the body ran")
    with change(acting(cast.headteacher), "role.started", cast.school, NOW) as started:
        started.details |= details
        started.add(role)
    assert Entry.objects.get().about == f"role:{role.pk}"


def test_a_change_inside_another_joins_it(cast: Cast) -> None:
    head = acting(cast.headteacher)
    with change(head, RENAMED, cast.school, NOW) as outer:
        outer.record.name, outer.details["name"] = "Outer", "Outer"
        with change(head, RENAMED, cast.school, NOW) as inner:
            assert inner.record is outer.record
            inner.record.language, inner.details["name"] = "cy", "Inner"
        assert sentences() == []  # nothing is logged before everything is done
    school = Establishment.objects.get(pk=cast.school.pk)
    assert (school.name, school.language) == ("Outer", "cy")
    assert [entry.details["name"] for entry in Entry.objects.order_by("number")] == ["Inner", "Outer"]
    assert verify()[1] is None


def test_an_effect_belongs_to_the_change(cast: Cast) -> None:
    def also_welsh(renamed: Change[Establishment]) -> None:
        renamed.lock(cast.sister).language = "cy"

    changes.after(RENAMED)(also_welsh)
    with change(acting(cast.headteacher), RENAMED, cast.school, NOW) as renamed:
        renamed.details["name"] = "x"
    assert Establishment.objects.get(pk=cast.sister.pk).language == "cy"


def test_many_are_changed_under_one_sentence(cast: Cast) -> None:
    actor, version = acting(cast.headteacher), draft(cast)
    with change_many(actor, "version.discarded", version, [version], NOW) as (discarded, versions):
        discarded.details["version"] = versions[0].number
    assert Version.objects.get().state == Version.State.DISCARDED
    assert [entry.details["count"] for entry in Entry.objects.order_by("-number")[:1]] == [1]


def test_a_race_that_the_database_refuses_is_told_in_words(cast: Cast) -> None:
    head, taken = acting(cast.headteacher), cast.teacher.roles.get()
    again = Role(person=cast.teacher, establishment=cast.school, kind=taken.kind, starts_on=TODAY)
    with pytest.raises(NotPossible, match="same time"), transaction.atomic():
        with change(head, "role.started", cast.school, NOW) as started:
            started.details |= {"person": "x", "role": "x", "starts_on": "x"}
            started.add(again)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_nothing_is_logged_where_nothing_changed(cast: Cast) -> None:
    with change(acting(cast.headteacher), RENAMED, cast.school, NOW) as renamed:
        renamed.nothing()
    assert sentences() == []


def test_an_action_that_nobody_registered_is_a_mistake(cast: Cast) -> None:
    with pytest.raises(LookupError), change(acting(cast.headteacher), "school.painted", cast.school, NOW):
        pytest.fail("the body ran")


def test_a_room_that_writes_outside_a_change_is_caught(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch over every test would see it."""
    written = (
        "def write(establishment):\n    type(establishment).objects.filter(pk=establishment.pk).update(name='x')\n"
    )
    room: dict[str, Any] = {"__name__": "proviso.records.people.planted"}
    exec(compile(written, "planted.py", "exec"), room)  # noqa: S102  # planted here, two lines above
    with pytest.raises(WrittenOutsideAChangeError, match="proviso.records.people.planted"):
        room["write"](cast.school)
