"""People and roles changed by the services themselves: who may, what is refused, and what the log keeps."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from proviso.records.audit.models import Entry
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible, change, together
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.people.services import (
    EstablishmentDetails,
    PersonDetails,
    Term,
    add_person,
    add_with_role,
    change_establishment,
    change_person,
    end_role,
    out_of_reach,
    start_role,
)
from tests.cast import Cast
from tests.clock import NOW, TODAY

DAY = timedelta(days=1)


def acting(person: Person) -> Actor:
    """Return somebody who has just proved themselves by a second step."""
    return Actor.of(person, TODAY, second_factor_at=NOW)


def role(person: Person, establishment: Establishment, kind: str, starts_on: date, ends_on: date | None = None) -> Role:
    return Role.objects.create(
        person=person, establishment=establishment, kind=kind, starts_on=starts_on, ends_on=ends_on
    )


def actions() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


# ---- Ending a role


def test_a_role_ends_on_a_day_and_the_log_keeps_it(cast: Cast) -> None:
    ended = end_role(acting(cast.headteacher), cast.teacher.roles.get(), TODAY, now=NOW)
    assert ended.ends_on == cast.teacher.roles.get().ends_on == TODAY
    assert actions() == ["role.ended"]


def test_an_administrator_cannot_revive_the_headteacher_role_that_they_once_had(cast: Cast) -> None:
    once = role(cast.administrator, cast.school, "headteacher", TODAY - 400 * DAY, TODAY - 30 * DAY)
    for later in (TODAY, TODAY + 30 * DAY):
        with pytest.raises(ValidationError, match="You can make it end earlier, but not later"):
            end_role(acting(cast.administrator), once, later, now=NOW)
    once.refresh_from_db()
    assert once.ends_on == TODAY - 30 * DAY
    assert not actions()


def test_nobody_makes_a_role_longer_whosever_it_is(cast: Cast) -> None:
    held = cast.teacher.roles.get()
    end_role(acting(cast.headteacher), held, TODAY + 10 * DAY, now=NOW)
    with pytest.raises(ValidationError, match="You can make it end earlier, but not later"):
        end_role(acting(cast.headteacher), held, TODAY + 11 * DAY, now=NOW)
    assert end_role(acting(cast.headteacher), held, TODAY + 9 * DAY, now=NOW).ends_on == TODAY + 9 * DAY


def test_a_role_read_before_it_ended_is_not_revived_by_its_stale_copy(cast: Cast) -> None:
    stale = cast.teacher.roles.get()
    end_role(acting(cast.headteacher), cast.teacher.roles.get(), TODAY - 5 * DAY, now=NOW)
    with pytest.raises(ValidationError, match="You can make it end earlier, but not later"):
        end_role(acting(cast.headteacher), stale, TODAY, now=NOW)


def test_one_may_step_down_oneself(cast: Cast) -> None:
    stepped_down = end_role(acting(cast.headteacher), cast.headteacher.roles.get(), TODAY, now=NOW)
    assert stepped_down.ends_on == TODAY


def test_a_role_does_not_end_before_it_began(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        end_role(acting(cast.headteacher), cast.teacher.roles.get(), date(2001, 1, 1), now=NOW)
    assert cast.teacher.roles.get().ends_on is None


def test_only_those_who_may_change_people_end_roles(cast: Cast) -> None:
    with pytest.raises(Refused):
        end_role(acting(cast.teacher), cast.dsl.roles.get(), TODAY, now=NOW)
    with pytest.raises(Hidden):
        end_role(acting(cast.outsider), cast.dsl.roles.get(), TODAY, now=NOW)
    assert cast.dsl.roles.get().ends_on is None


# ---- Adding and changing people


def test_somebody_is_added_with_a_role_in_one_change(cast: Cast) -> None:
    details, term = PersonDetails("Ned", "Newcombe", " Ned@School.example "), Term("teacher", TODAY)
    ned = add_with_role(acting(cast.headteacher), cast.school, details, term, now=NOW)
    assert (ned.email, ned.roles.get().kind, ned.has_usable_password()) == ("ned@school.example", "teacher", False)
    assert actions() == ["person.added", "role.started"]
    assert set(Entry.objects.values_list("about", flat=True)) == {f"person:{ned.pk}"}


def test_a_role_that_cannot_be_adds_nobody(cast: Cast) -> None:
    backwards = Term("teacher", TODAY, TODAY - DAY)
    with pytest.raises(ValidationError):
        add_with_role(acting(cast.headteacher), cast.school, PersonDetails("Ned", "Newcombe"), backwards, now=NOW)
    assert not Person.objects.filter(family_name="Newcombe").exists()
    assert not actions()


def test_an_address_of_somebody_here_or_of_another_name_is_refused(cast: Cast) -> None:
    term = Term("governor", TODAY)
    for person, name in ((cast.teacher, "Wrenfield"), (cast.sister_head, "Other")):
        with pytest.raises(ValidationError, match="address"):
            details = PersonDetails("X", name, person.email)
            add_with_role(acting(cast.headteacher), cast.school, details, term, now=NOW)
    assert not actions()


def test_who_may_not_change_people_adds_and_changes_nobody(cast: Cast) -> None:
    details, term = PersonDetails("Ned", "Newcombe"), Term("teacher", TODAY)
    for person, refusal in ((cast.teacher, Refused), (cast.outsider, Hidden), (cast.sister_head, Hidden)):
        with pytest.raises(refusal):
            add_with_role(acting(person), cast.school, details, term, now=NOW)
        with pytest.raises(refusal):
            change_person(acting(person), cast.school, cast.support, details, now=NOW)
        with pytest.raises(refusal):
            start_role(acting(person), cast.school, cast.support, term, now=NOW)
    assert not actions()


def test_somebody_who_never_belonged_here_does_not_exist_here(cast: Cast) -> None:
    with pytest.raises(Hidden):
        change_person(acting(cast.headteacher), cast.school, cast.outsider, PersonDetails("X", "Y"), now=NOW)
    cast.outsider.refresh_from_db()
    assert cast.outsider.name == "Olwen Tŷ-Draw"


def test_the_same_details_again_are_no_change(cast: Cast) -> None:
    same = PersonDetails("Tobias", "Wrenfield", cast.teacher.email)
    change_person(acting(cast.headteacher), cast.school, cast.teacher, same, now=NOW)
    assert not actions()


# ---- Across establishments


@pytest.fixture
def shared(cast: Cast) -> Person:
    """The headteacher elsewhere, whom the administrator here has added by her address and last name."""
    details = PersonDetails("Anything", "tŷ-draw", cast.outsider.email)
    return add_with_role(acting(cast.administrator), cast.school, details, Term("governor", TODAY), now=NOW)


@pytest.mark.parametrize(
    "details",
    [
        PersonDetails("Nobody", "Tŷ-Draw", "olwen.ty-draw@school.example"),
        PersonDetails("Olwen", "Tŷ-Draw", "olwen.ty-draw@school.example", "cy"),
        PersonDetails("Olwen", "Tŷ-Draw", "thief@school.example"),
    ],
)
def test_nobody_renames_or_moves_somebody_of_another_school(cast: Cast, shared: Person, details: PersonDetails) -> None:
    with pytest.raises(ValidationError, match="also holds a role at Ysgol y Bryn"):
        change_person(acting(cast.administrator), cast.school, shared, details, now=NOW)
    shared.refresh_from_db()
    assert (shared.name, shared.language, shared.email) == ("Olwen Tŷ-Draw", "", "olwen.ty-draw@school.example")


def test_a_role_that_starts_later_counts_as_well(cast: Cast, shared: Person) -> None:
    Role.objects.filter(person=shared, establishment=cast.elsewhere).update(starts_on=TODAY + 30 * DAY)
    assert out_of_reach(acting(cast.administrator), shared) == cast.elsewhere
    Role.objects.filter(person=shared, establishment=cast.elsewhere).update(
        starts_on=TODAY - 30 * DAY, ends_on=TODAY - DAY
    )
    assert out_of_reach(acting(cast.administrator), shared) is None


def test_who_works_elsewhere_is_told_of_a_role_here(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    details = PersonDetails("Olwen", "Tŷ-Draw", cast.outsider.email)
    with django_capture_on_commit_callbacks(execute=True):
        add_with_role(acting(cast.administrator), cast.school, details, Term("governor", TODAY), now=NOW)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([cast.outsider.email], "You were given a role")
    assert "Somebody gave you a role at Oak Lane Primary School." in letter.body


def test_a_change_by_who_may_everywhere_is_logged_everywhere(cast: Cast) -> None:
    for place in (cast.school, cast.sister):
        role(cast.support, place, "line_manager", TODAY)
    role(cast.administrator, cast.trust, "administrator", TODAY)
    details = PersonDetails("Sorrel", "Haybrook-Lane", cast.support.email)
    change_person(acting(cast.administrator), cast.school, cast.support, details, now=NOW)
    logged = Entry.objects.filter(action="person.changed").values_list("establishment", flat=True)
    assert set(logged) == {cast.school.pk, cast.sister.pk} and len(logged) == 2


# ---- Roles


def test_the_same_role_twice_at_a_time_is_refused(cast: Cast) -> None:
    head, term = acting(cast.headteacher), Term("governor", TODAY, TODAY + 10 * DAY)
    start_role(head, cast.school, cast.teacher, term, now=NOW)
    for again in (term, Term("governor", TODAY + 10 * DAY), Term("governor", TODAY - DAY, TODAY)):
        with pytest.raises(ValidationError, match="already in these days"):
            start_role(head, cast.school, cast.teacher, again, now=NOW)
    start_role(head, cast.school, cast.teacher, Term("governor", TODAY + 11 * DAY), now=NOW)
    assert cast.teacher.roles.filter(kind="governor").count() == 2


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="give themselves a role"):
        start_role(acting(cast.administrator), cast.school, cast.administrator, Term("headteacher", TODAY), now=NOW)
    assert cast.administrator.roles.count() == 1


def test_the_database_itself_keeps_one_role_for_a_first_day(cast: Cast) -> None:
    role(cast.teacher, cast.school, "governor", TODAY, TODAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        role(cast.teacher, cast.school, "governor", TODAY, TODAY + 2 * DAY)


def test_what_somebody_else_did_at_the_same_moment_is_said_in_words(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="at the same time"), together():
        add_person(acting(cast.headteacher), cast.school, PersonDetails("Ned", "Newcombe", "a@b.example"), now=NOW)
        with change(acting(cast.headteacher), "person.added", cast.school, NOW) as other:
            other.add(Person(given_name="Una", family_name="Umber", email="a@b.example"))
    assert not Person.objects.filter(email="a@b.example").exists()


# ---- Establishments


def test_an_establishment_is_renamed_by_those_who_run_it(cast: Cast) -> None:
    renamed = EstablishmentDetails("Oak Lane Primary", "England", "en-gb")
    change_establishment(acting(cast.headteacher), cast.school, renamed, now=NOW)
    assert Establishment.objects.get(pk=cast.school.pk).name == "Oak Lane Primary"
    with pytest.raises(Refused):
        change_establishment(acting(cast.deputy), cast.school, renamed, now=NOW)
    with pytest.raises(ValidationError):
        change_establishment(acting(cast.headteacher), cast.school, EstablishmentDetails(" ", "England", "cy"), now=NOW)
