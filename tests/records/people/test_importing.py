"""What an import does to people: shown first, applied once, and nobody deleted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from proviso.records.audit.models import Entry
from proviso.records.audit.services import verify
from proviso.records.imports import services
from proviso.records.imports.parse import read
from proviso.records.imports.planning import plan
from proviso.records.people.models import Identifier, ImportRun, Person, Role
from tests.cast import Cast, actor, visits
from tests.work import work

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
HEAD = "Identifier,First name,Last name,E-mail,Role,Starts,Ends\n"
NED = "S1,Ned,Newcombe,ned@school.example,Teacher,,"
UNA = "S2,Una,Umber,una@school.example,Teaching assistant,,"
PIP = "S3,Pip,Small,pip@home.example,Pupil,,"


def started(cast: Cast, *lines: str, now: datetime = NOW) -> ImportRun:
    content = (HEAD + "\n".join(lines)).encode()
    return services.start(actor(cast.headteacher, now.date()), cast.school, "people.csv", content, now=now)


def applied(cast: Cast, *lines: str) -> ImportRun:
    """Import a file to its end, by the worker that works on a site."""
    run = started(cast, *lines)
    assert services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)
    work()
    run.refresh_from_db()
    return run


def test_nothing_is_changed_before_it_is_confirmed(cast: Cast) -> None:
    run = started(cast, NED, UNA)
    assert run.state == ImportRun.State.READY
    assert run.counts == {"added": 2, "changed": 0, "left": 0, "faults": 0, "unchanged": 0}
    assert not Person.objects.filter(family_name="Newcombe").exists()
    assert not Entry.objects.exists()


def test_people_come_in_with_their_roles_and_the_log_tells_of_each(cast: Cast) -> None:
    run = applied(cast, NED, UNA, PIP)
    assert (run.state, run.done, run.total) == (ImportRun.State.DONE, 3, 3)
    ned = Person.objects.get(email="ned@school.example")
    role = ned.roles.get()
    assert (role.kind, role.starts_on, role.ends_on, role.origin) == ("teacher", TODAY, None, "import")
    assert not ned.has_usable_password()
    assert Person.objects.get(given_name="Pip").email is None
    assert Entry.objects.filter(action="person.added").count() == 3
    last = Entry.objects.last()
    assert last and last.sentence == "imported people from people.csv: 3 added, 0 changed, 0 left"
    assert verify()[1] is None


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    applied(cast, NED, UNA, PIP)
    run = started(cast, NED, UNA, PIP)
    assert run.counts == {"added": 0, "changed": 0, "left": 0, "faults": 0, "unchanged": 3}


def test_another_address_ends_sessions_and_the_one_before_is_told(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    applied(cast, f"S9,Tobias,Wrenfield,{cast.teacher.email},Teacher,,")
    theirs = visits(cast.teacher)
    assert theirs.get("/account/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        applied(cast, "S9,Tobias,Wrenfield,toby@school.example,Teacher,,")
    assert theirs.get("/account/").status_code == 302
    assert [letter.to for letter in mail.outbox] == [["tobias.wrenfield@school.example"]]


def test_what_differs_is_shown_field_by_field_and_changed(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, "S1,Ned,Newcombe-Hart,n.hart@school.example,Governor,,")
    [entry] = run.plan["changed"]
    assert entry["fields"] == {
        "family_name": ["Newcombe", "Newcombe-Hart"],
        "email": ["ned@school.example", "n.hart@school.example"],
    }
    assert [one["kind"] for one in entry["start"]] == ["governor"]
    assert [one["kind"] for one in entry["end"]] == ["teacher"]
    applied(cast, "S1,Ned,Newcombe-Hart,n.hart@school.example,Governor,,")
    ned = Person.objects.get(email="n.hart@school.example")
    assert {(role.kind, role.ends_on) for role in ned.roles.all()} == {("teacher", TODAY), ("governor", None)}


def test_who_is_missing_leaves_and_is_not_deleted(cast: Cast) -> None:
    applied(cast, NED, UNA)
    Role.objects.filter(origin="import").update(starts_on=TODAY - timedelta(days=90))
    run = applied(cast, UNA)
    assert run.counts["left"] == 1
    ned = Person.objects.get(email="ned@school.example")
    assert ned.roles.get().ends_on == YESTERDAY
    assert started(cast, UNA).counts == {"added": 0, "changed": 0, "left": 0, "faults": 0, "unchanged": 1}


def test_a_leaver_who_comes_back_is_the_same_person(cast: Cast) -> None:
    applied(cast, NED, UNA)
    Role.objects.filter(origin="import").update(starts_on=TODAY - timedelta(days=90))
    applied(cast, UNA)
    applied(cast, NED, UNA)
    ned = Person.objects.get(email="ned@school.example")
    assert [role.ends_on for role in ned.roles.order_by("starts_on")] == [YESTERDAY, None]


def test_a_last_day_in_the_file_ends_the_role_on_that_day(cast: Cast) -> None:
    applied(cast, NED)
    last = TODAY + timedelta(days=30)
    applied(cast, f"S1,Ned,Newcombe,ned@school.example,Teacher,,{last:%d/%m/%Y}")
    assert Role.objects.get(person__email="ned@school.example").ends_on == last


def test_somebody_with_a_wrong_line_stays_as_they_are(cast: Cast) -> None:
    applied(cast, NED, UNA)
    run = started(cast, "S1,Ned,Newcombe,ned@school.example,Wizard,,", UNA)
    assert (run.counts["left"], run.counts["faults"]) == (0, 1)


def test_roles_entered_by_hand_are_left_alone_and_told(cast: Cast) -> None:
    applied(cast, NED)
    ned = Person.objects.get(email="ned@school.example")
    Role.objects.create(person=ned, establishment=cast.school, kind="dsl", starts_on=TODAY)
    run = applied(cast, UNA)
    assert run.counts["left"] == 1
    assert ned.roles.get(kind="dsl").ends_on is None


def test_an_import_never_touches_those_who_did_not_come_by_one(cast: Cast) -> None:
    assert started(cast, NED).counts["left"] == 0


def test_somebody_known_by_address_is_the_same_person(cast: Cast) -> None:
    run = started(cast, f"S9,Tobias,Wrenfield,{cast.teacher.email},Teacher,,")
    assert [entry["link"] for entry in run.plan["changed"]] == [True]
    applied(cast, f"S9,Tobias,Wrenfield,{cast.teacher.email},Teacher,,")
    assert Identifier.objects.get(source_id="S9").person == cast.teacher
    assert cast.teacher.roles.count() == 1


def test_an_address_of_somebody_else_is_a_fault(cast: Cast) -> None:
    run = started(cast, f"S9,Ned,Newcombe,{cast.teacher.email},Teacher,,")
    assert [one["what"] for one in run.faults] == [
        "the address tobias.wrenfield@school.example belongs to somebody with another last name"
    ]


def test_an_import_cannot_take_over_an_account_of_another_school(cast: Cast) -> None:
    """Whoever sets an address can have a new password sent to it."""
    applied(cast, f"S9,Olwen,Tŷ-Draw,{cast.outsider.email},Governor,,")
    run = started(cast, "S9,Olwen,Tŷ-Draw,thief@school.example,Governor,,")
    assert run.counts["changed"] == 0
    assert "also holds a role at another place" in run.plan["notices"][0]


def test_the_only_headteacher_who_would_leave_is_warned_of(cast: Cast) -> None:
    Role.objects.filter(person=cast.headteacher).update(origin="import")
    Identifier.objects.create(establishment=cast.school, person=cast.headteacher, source_id="H1")
    run = started(cast, NED)
    assert run.plan["warnings"] == ["Nobody would be headteacher any more, so nobody could approve a policy as one."]
    successor = started(cast, "S1,Ned,Newcombe,ned@school.example,Headteacher,,")
    assert successor.plan["warnings"] == []


def test_half_an_export_is_warned_of(cast: Cast) -> None:
    everybody = [f"S{n},Given{n},Family{n},,Teacher,," for n in range(12)]
    applied(cast, *everybody)
    run = started(cast, *everybody[:4])
    assert run.plan["warnings"] == ["8 of the 12 people who came by import would leave. Is the export whole?"]


def test_what_changed_since_it_was_shown_is_shown_anew(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, "S1,Edward,Newcombe,ned@school.example,Teacher,,")
    Person.objects.filter(email="ned@school.example").update(given_name="Eddie")
    assert not services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportRun.State.READY
    assert run.plan["changed"][0]["fields"] == {"given_name": ["Eddie", "Edward"]}
    assert services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)


def test_what_changes_while_it_is_applied_is_left_alone_and_told(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, "S1,Edward,Newcombe,ned@school.example,Teacher,,")
    assert services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)
    Person.objects.filter(email="ned@school.example").update(given_name="Eddie")
    services.apply(run.pk)
    run.refresh_from_db()
    assert run.conflicts == ["Eddie Newcombe was changed by hand meanwhile and stays as they are."]
    assert Person.objects.get(email="ned@school.example").given_name == "Eddie"


def test_applying_twice_does_nothing_twice(cast: Cast) -> None:
    run = applied(cast, *[f"S{n},Given{n},Family{n},,Teacher,," for n in range(120)])
    entries = Entry.objects.count()
    services.apply(run.pk)
    assert Entry.objects.count() == entries
    assert Identifier.objects.count() == 120


def test_a_run_whose_worker_died_goes_on_where_it_stopped(cast: Cast) -> None:
    run = started(cast, *[f"S{n},Given{n},Family{n},,Teacher,," for n in range(120)])
    services.confirm(actor(cast.headteacher, TODAY), run, now=NOW - timedelta(minutes=6))
    services._part(run.pk)  # one part, and then the power went
    run.refresh_from_db()
    assert (run.done, Identifier.objects.count()) == (50, 50)
    later = (run.touched_at or NOW) + timedelta(minutes=6)
    assert services.stuck(run, now=later)
    services.apply(run.pk)
    assert Identifier.objects.count() == 120


def test_one_import_is_applied_at_a_time(cast: Cast) -> None:
    first = started(cast, NED)
    services.confirm(actor(cast.headteacher, TODAY), first, now=NOW)
    second = started(cast, UNA)
    with pytest.raises(ValidationError, match="Another import is being applied"):
        services.confirm(actor(cast.headteacher, TODAY), second, now=NOW)


def test_confirming_twice_is_refused_in_words(cast: Cast) -> None:
    run = started(cast, NED)
    services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)
    with pytest.raises(ValidationError, match="confirmed or cancelled already"):
        services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)


def test_what_was_read_of_people_is_forgotten_when_it_is_over(cast: Cast) -> None:
    run = applied(cast, NED)
    assert (run.reading, run.plan) == ({}, {})
    cancelled = started(cast, UNA)
    services.cancel(actor(cast.headteacher, TODAY), cancelled, now=NOW)
    cancelled.refresh_from_db()
    assert (cancelled.reading, cancelled.plan) == ({}, {})


def test_whoever_may_not_import_can_do_none_of_it(cast: Cast) -> None:
    run = started(cast, NED)
    content = (HEAD + NED).encode()
    with pytest.raises(PermissionDenied):
        services.start(actor(cast.teacher, TODAY), cast.school, "p.csv", content, now=NOW)
    with pytest.raises(PermissionDenied):
        services.confirm(actor(cast.teacher, TODAY), run, now=NOW)
    with pytest.raises(Http404):
        services.cancel(actor(cast.outsider, TODAY), run, now=NOW)


def test_a_starter_whose_right_ended_before_the_worker_came_applies_nothing(cast: Cast) -> None:
    run = started(cast, NED)
    services.confirm(actor(cast.headteacher, TODAY), run, now=NOW)
    Role.objects.filter(person=cast.headteacher).update(ends_on=date(2026, 1, 1), starts_on=date(2025, 1, 1))
    services.apply(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED
    assert not Person.objects.filter(family_name="Newcombe").exists()


@pytest.mark.parametrize("many", [20, 400])
def test_a_plan_takes_a_few_queries_however_long_the_file(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    content = (HEAD + "\n".join(f"S{n},Given{n},Family{n},p{n}@school.example,Teacher,," for n in range(many))).encode()
    reading = read("people.csv", content, cast.school.name)
    headteacher = actor(cast.headteacher, TODAY)
    with django_assert_max_num_queries(8):
        assert plan(headteacher, cast.school, reading).counts["added"] == many


def test_nobody_gives_themselves_a_role_by_a_file(cast: Cast) -> None:
    email = cast.administrator.email
    line = f"S7,Ada,Merrifold,{email},Headteacher,,"
    by = actor(cast.administrator, TODAY)
    run = services.start(by, cast.school, "people.csv", (HEAD + line).encode(), now=NOW)
    assert "Line 2 would give you a role" in " ".join(run.plan["notices"])
    assert services.confirm(by, run, now=NOW)
    work()
    assert [role.kind for role in cast.administrator.roles.all()] == ["administrator"]


def test_a_file_that_somebody_else_chose_gives_nobody_a_role_by_their_own_confirmation(cast: Cast) -> None:
    run = started(cast, f"S7,Ada,Merrifold,{cast.administrator.email},Headteacher,,")
    assert not services.confirm(actor(cast.administrator, TODAY), run, now=NOW)  # shown anew, without the role
    run.refresh_from_db()
    assert services.confirm(actor(cast.administrator, TODAY), run, now=NOW)
    work()
    assert [role.kind for role in cast.administrator.roles.all()] == ["administrator"]


def test_nobody_makes_their_own_role_longer_by_a_file(cast: Cast) -> None:
    last = TODAY + timedelta(days=7)
    applied(cast, f"S7,Ada,Merrifold,{cast.administrator.email},Headteacher,,{last:%d/%m/%Y}")
    by = actor(cast.administrator, TODAY)
    line = f"S7,Ada,Merrifold,{cast.administrator.email},Headteacher,,{last + timedelta(days=300):%d/%m/%Y}"
    services.confirm(by, services.start(by, cast.school, "people.csv", (HEAD + line).encode(), now=NOW), now=NOW)
    work()
    assert cast.administrator.roles.get(kind="headteacher").ends_on == last
