"""What an import does to people: shown first, applied once, and nobody deleted."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from proviso.records.audit.models import Entry
from proviso.records.audit.services import verify
from proviso.records.files.content_types import CSV
from proviso.records.files.models import StoredFile
from proviso.records.imports import application, services
from proviso.records.imports.kinds import Scope, kind_named
from proviso.records.imports.models import ImportRun
from proviso.records.imports.parse import Headings, Upload, parse
from proviso.records.imports.people.planning import plan
from proviso.records.people.models import Identifier, Person, Role
from tests.cast import Cast, actor, visits
from tests.clock import NOW, TODAY
from tests.records.imports.runs import HEAD, YESTERDAY, applied, importer, started, started_import
from tests.work import work

NED = "S1,Ned,Newcombe,ned@school.example,Teacher,,"
UNA = "S2,Una,Umber,una@school.example,Teaching assistant,,"
PIP = "S3,Pip,Small,pip@home.example,Pupil,,"


def test_nothing_is_changed_before_it_is_confirmed(cast: Cast) -> None:
    run = started(cast, NED, UNA)
    assert run.state == ImportRun.State.READY
    assert run.counts == {"added": 2, "changed": 0, "left": 0, "faults": 0, "unchanged": 0}
    assert not Person.objects.filter(family_name="Newcombe").exists()
    assert [entry.sentence for entry in Entry.objects.all()] == ["read people.csv, to import it"]


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
    assert last and last.sentence == "imported people.csv: 3 added, 0 changed, 0 left"
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
    assert [role["kind"] for role in entry["start"]] == ["governor"]
    assert [role["kind"] for role in entry["end"]] == ["teacher"]
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
    assert [fault["what"] for fault in run.faults] == [
        "The address tobias.wrenfield@school.example belongs to Tobias Wrenfield."
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
    successor = started(cast, "S1,Ned,Newcombe,ned@school.example,Headteacher,,", replace=True)
    assert successor.plan["warnings"] == ["Ned Newcombe would become headteacher."]


def test_half_an_export_is_warned_of(cast: Cast) -> None:
    everybody = [f"S{n},Given{n},Family{n},,Teacher,," for n in range(12)]
    applied(cast, *everybody)
    run = started(cast, *everybody[:4])
    assert run.plan["warnings"] == [
        "8 of the 12 people who were added by import would be recorded as having left. Is everybody in the file?"
    ]


def test_what_changed_since_it_was_shown_is_shown_anew(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, "S1,Edward,Newcombe,ned@school.example,Teacher,,")
    Person.objects.filter(email="ned@school.example").update(given_name="Eddie")
    assert not services.confirm(importer(cast), run, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportRun.State.READY
    assert run.plan["changed"][0]["fields"] == {"given_name": ["Eddie", "Edward"]}
    assert services.confirm(importer(cast), run, now=NOW)


def test_what_changes_while_it_is_applied_is_left_alone_and_told(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, "S1,Edward,Newcombe,ned@school.example,Teacher,,")
    assert services.confirm(importer(cast), run, now=NOW)
    Person.objects.filter(email="ned@school.example").update(given_name="Eddie")
    application.apply(run.pk)
    run.refresh_from_db()
    assert run.conflicts == ["Eddie Newcombe was changed by hand meanwhile and stays as they are."]
    assert Person.objects.get(email="ned@school.example").given_name == "Eddie"


def test_applying_twice_does_nothing_twice(cast: Cast) -> None:
    run = applied(cast, *[f"S{n},Given{n},Family{n},,Teacher,," for n in range(120)])
    entries = Entry.objects.count()
    application.apply(run.pk)
    assert Entry.objects.count() == entries
    assert Identifier.objects.count() == 120


def test_a_run_whose_worker_died_goes_on_where_it_stopped(cast: Cast) -> None:
    run = started(cast, *[f"S{n},Given{n},Family{n},,Teacher,," for n in range(120)])
    services.confirm(importer(cast), run, now=NOW - timedelta(minutes=6))
    application._apply_part(run, NOW)  # one part, and then the power went
    run.refresh_from_db()
    assert (run.done, Identifier.objects.count()) == (50, 50)
    later = (run.touched_at or NOW) + timedelta(minutes=6)
    assert services.is_stuck(run, now=later)
    application.apply(run.pk)
    assert Identifier.objects.count() == 120


def test_one_import_is_applied_at_a_time(cast: Cast) -> None:
    first = started(cast, NED)
    services.confirm(importer(cast), first, now=NOW)
    second = started(cast, UNA)
    with pytest.raises(ValidationError, match="Another import is running"):
        services.confirm(importer(cast), second, now=NOW)


def test_confirming_twice_is_refused_in_words(cast: Cast) -> None:
    run = started(cast, NED)
    services.confirm(importer(cast), run, now=NOW)
    with pytest.raises(ValidationError, match="this is now “Being applied”"):
        services.confirm(importer(cast), run, now=NOW)


def test_what_was_read_of_people_is_forgotten_when_it_is_over(cast: Cast) -> None:
    run = applied(cast, NED)
    assert (run.reading, run.plan) == ({}, {})
    cancelled = started(cast, UNA)
    services.cancel(importer(cast), cancelled, now=NOW)
    cancelled.refresh_from_db()
    assert (cancelled.reading, cancelled.plan) == ({}, {})


def test_whoever_may_not_import_can_do_none_of_it(cast: Cast) -> None:
    run = started(cast, NED)
    with pytest.raises(PermissionDenied):
        started_import(actor(cast.teacher, TODAY), cast.school, HEAD + NED)
    with pytest.raises(PermissionDenied):
        services.confirm(actor(cast.teacher, TODAY), run, now=NOW)
    with pytest.raises(Http404):
        services.cancel(actor(cast.outsider, TODAY), run, now=NOW)


def test_a_starter_whose_right_ended_before_the_worker_came_applies_nothing(cast: Cast) -> None:
    run = started(cast, NED)
    services.confirm(importer(cast), run, now=NOW)
    Role.objects.filter(person=cast.headteacher).update(ends_on=date(2026, 1, 1), starts_on=date(2025, 1, 1))
    application.apply(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED
    assert not Person.objects.filter(family_name="Newcombe").exists()


@pytest.mark.parametrize("many", [20, 400])
def test_a_plan_takes_a_few_queries_however_long_the_file(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    content = (HEAD + "\n".join(f"S{n},Given{n},Family{n},p{n}@school.example,Teacher,," for n in range(many))).encode()
    source = Upload(io.BytesIO(content), CSV, "people.csv")
    parsed = parse(source, kind_named("people"), cast.school, {})
    assert not isinstance(parsed, Headings)
    headteacher = importer(cast)
    with django_assert_max_num_queries(9):
        assert plan(headteacher, cast.school, parsed, Scope.EVERYBODY).counts["added"] == many


def test_nobody_gives_themselves_a_role_by_a_file(cast: Cast) -> None:
    email = cast.administrator.email
    line = f"S7,Ada,Merrifold,{email},Headteacher,,"
    by = actor(cast.administrator, TODAY)
    run = started_import(by, cast.school, HEAD + line)
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
    services.confirm(by, started_import(by, cast.school, HEAD + line), now=NOW)
    work()
    assert cast.administrator.roles.get(kind="headteacher").ends_on == last


def test_who_is_in_the_file_is_asked_where_it_makes_a_difference(cast: Cast) -> None:
    applied(cast, NED, UNA)
    Role.objects.filter(origin="import").update(starts_on=TODAY - timedelta(days=90))
    run = started(cast, UNA, scope=None)
    assert run.state == ImportRun.State.SCOPE
    with pytest.raises(ValidationError):
        services.confirm(importer(cast), run, now=NOW)
    run = services.choose_scope(importer(cast), run, Scope.ONLY_THESE, now=NOW)
    assert run.counts == {"added": 0, "changed": 0, "left": 0, "faults": 0, "unchanged": 1}
    run = services.choose_scope(importer(cast), run, Scope.EVERYBODY, now=NOW)
    assert run.counts == {"added": 0, "changed": 0, "left": 1, "faults": 0, "unchanged": 1}


def test_a_file_with_all_who_are_known_asks_nothing(cast: Cast) -> None:
    applied(cast, NED, UNA)
    assert started(cast, NED, UNA, PIP, scope=None).state == ImportRun.State.READY


def test_a_file_of_some_ends_nobody_else_and_no_role_without_a_last_day(cast: Cast) -> None:
    applied(cast, NED, "S1,Ned,Newcombe,,Governor,,", UNA)
    run = applied(cast, NED, scope=Scope.ONLY_THESE)
    assert run.counts["left"] == 0
    assert set(Role.objects.filter(origin="import").values_list("kind", "ends_on")) == {
        ("teacher", None),
        ("governor", None),
        ("support_staff", None),
    }


def test_a_second_file_does_not_cancel_the_first_unasked(cast: Cast) -> None:
    first = started(cast, NED)
    deputy_head = actor(cast.administrator, TODAY)
    with pytest.raises(ValidationError, match="“people.csv” is still waiting to be confirmed"):
        started_import(deputy_head, cast.school, HEAD + UNA)
    second = started_import(deputy_head, cast.school, HEAD + UNA, replace=True)
    first.refresh_from_db()
    assert (first.state, second.state) == (ImportRun.State.CANCELLED, ImportRun.State.READY)


def test_start_confirmation_and_cancelling_are_logged(cast: Cast) -> None:
    applied(cast, NED)
    services.cancel(importer(cast), started(cast, UNA), now=NOW)
    sentences = [entry.sentence for entry in Entry.objects.filter(about__startswith="importrun:")]
    assert sentences == [
        "read people.csv, to import it",
        "confirmed the import of people.csv",
        "imported people.csv: 1 added, 0 changed, 0 left",
        "read people.csv, to import it",
        "said how people.csv is to be read",
        "cancelled the import of people.csv",
    ]


def test_lines_that_are_not_used_are_counted_once_each(cast: Cast) -> None:
    """A line may be wrong in several ways, and a wrong address is found only beside those who are known."""
    run = started(
        cast,
        "S1,Ned,Newcombe,ned@school.example,Wizard,soon,",  # wrong twice, one line
        "S2,,Umber,,Teacher,,",
        f"S3,Ned,Newcombe,{cast.teacher.email},Teacher,,",
        PIP.replace("S3", "S4"),
    )
    assert len(run.faults) == 4
    assert (run.counts["faults"], run.counts["added"]) == (3, 1)


def test_the_name_of_somebody_of_another_place_is_not_told(cast: Cast) -> None:
    known = {"given": cast.outsider.given_name, "family": cast.outsider.family_name}
    taken = started(cast, f"S9,Ned,Newcombe,{cast.outsider.email},Teacher,,")
    assert [fault["what"] for fault in taken.faults] == [
        f"The address {cast.outsider.email} is already in use for somebody with another name."
    ]
    guessed = started(cast, f"S9,Zed,{known['family']},{cast.outsider.email},Teacher,,", replace=True)
    written = str(guessed.plan) + str(guessed.faults)
    assert known["given"] not in written.replace(cast.outsider.email or "", "")
    assert guessed.plan["changed"][0]["name"] == f"Zed {known['family']}"
    assert guessed.plan["changed"][0]["fields"] == {}


def test_an_address_of_somebody_else_of_another_place_beside_a_known_id_tells_no_name(cast: Cast) -> None:
    applied(cast, NED)
    run = started(cast, f"S1,Ned,Newcombe,{cast.outsider.email},Teacher,,")
    assert [cast.outsider.given_name in fault["what"] for fault in run.faults] == [False]


def test_who_begins_elsewhere_next_term_is_somebody_elses_already(cast: Cast) -> None:
    applied(cast, NED)
    ned = Person.objects.get(email="ned@school.example")
    Role.objects.create(
        person=ned, establishment=cast.elsewhere, kind="headteacher", starts_on=TODAY + timedelta(days=30)
    )
    run = started(cast, "S1,Ned,Newcombe,thief@school.example,Teacher,,")
    assert run.counts["changed"] == 0


def test_the_file_is_kept_encrypted_while_it_waits_and_goes_when_it_is_over(cast: Cast) -> None:
    run = started(cast, NED)
    [file] = StoredFile.objects.filter(owner=f"importrun:{run.pk}")
    assert (file.is_deleted, file.sha256) == (False, run.sha256)
    services.cancel(importer(cast), run, now=NOW)
    file.refresh_from_db()
    assert (file.deleted_why, file.wrapped_key) == ("the import is over (cancelled)", "")
    finished = applied(cast, NED)
    assert StoredFile.objects.get(owner=f"importrun:{finished.pk}").is_deleted


def test_what_nobody_confirmed_within_a_week_goes(cast: Cast) -> None:
    run = started(cast, NED)
    assert services.lapse(now=NOW + timedelta(days=6)) == 0
    assert services.lapse(now=NOW + timedelta(days=8)) == 1
    run.refresh_from_db()
    assert (run.state, run.reading) == (ImportRun.State.CANCELLED, {})
    last = Entry.objects.last()
    assert last and last.sentence == "let the import of people.csv lapse: nobody confirmed it"


def test_columns_that_nobody_knows_are_asked_for_and_remembered(cast: Cast) -> None:
    table = "Key,Called,Clan,What they do\n1,Ned,Newcombe,Teacher\n"
    run = started_import(importer(cast), cast.school, table)
    assert run.state == ImportRun.State.MAPPING
    places = {"identifier": 0, "given": 1, "family": 2}
    with pytest.raises(ValidationError, match="Choose a column for: Role."):
        services.choose_columns(importer(cast), run, places, now=NOW)
    run = services.choose_columns(importer(cast), run, {**places, "role": 3}, now=NOW)
    assert (run.state, run.counts["added"]) == (ImportRun.State.READY, 1)
    services.cancel(importer(cast), run, now=NOW)
    assert started_import(importer(cast), cast.school, table).state == ImportRun.State.READY
    elsewhere = actor(cast.outsider, TODAY)
    assert started_import(elsewhere, cast.elsewhere, table).state == ImportRun.State.MAPPING


def test_a_column_that_was_taken_for_another_is_put_right(cast: Cast) -> None:
    table = "Identifier,First name,Last name,Role,Post\n1,Ned,Newcombe,4711,Teacher\n"
    run = started_import(importer(cast), cast.school, table)
    assert run.counts["added"] == 0
    places = {"identifier": 0, "given": 1, "family": 2, "role": 4}
    run = services.choose_columns(importer(cast), run, places, now=NOW)
    assert run.counts["added"] == 1


def test_a_file_of_another_kind_is_refused_in_the_form(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="a different kind of file"):
        started_import(importer(cast), cast.school, b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert not ImportRun.objects.exists()
