"""Who needs a second step, and what asks for it again."""

from datetime import datetime, timedelta

import pytest

from proviso.records.people.actors import Actor
from proviso.records.people.models import Role
from proviso.records.people.permissions import FreshSecondFactorNeeded, may, needs_second_factor
from proviso.records.people.services import PersonDetails, Term, add_with_role, change_person, end_role, start_role
from proviso.records.policies.services import approvals
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import adopted, approved, draft

STALE = NOW - timedelta(minutes=15, seconds=1)


@pytest.mark.parametrize(
    ("who", "needed"),
    [
        *[(who, True) for who in ("headteacher", "deputy", "dsl", "administrator", "chair", "clerk", "executive")],
        *[(who, False) for who in ("governor", "teacher", "support", "volunteer", "two_roles")],
    ],
)
def test_a_second_step_is_needed_by_whoever_decides_or_sees_everybody(cast: Cast, who: str, needed: bool) -> None:
    assert needs_second_factor(Actor.of(cast.people[who], TODAY)) is needed


def test_who_reads_the_log_needs_one(cast: Cast) -> None:
    Role.objects.create(person=cast.volunteer, establishment=cast.school, kind="dpo", starts_on=TODAY)
    assert needs_second_factor(Actor.of(cast.volunteer, TODAY))


@pytest.mark.parametrize("proved", [None, STALE, NOW + timedelta(hours=1)])
def test_roles_and_addresses_are_changed_only_just_after_the_second_step(cast: Cast, proved: datetime | None) -> None:
    stale = Actor.of(cast.headteacher, TODAY, second_factor_at=proved)
    term, moved = Term("volunteer", TODAY), PersonDetails("Tobias", "Wrenfield", "thief@school.example")
    with pytest.raises(FreshSecondFactorNeeded):
        add_with_role(stale, cast.school, PersonDetails("Ned", "Newcombe"), term, now=NOW)
    with pytest.raises(FreshSecondFactorNeeded):
        start_role(stale, cast.school, cast.teacher, term, now=NOW)
    with pytest.raises(FreshSecondFactorNeeded):
        end_role(stale, cast.teacher.roles.get(), TODAY, now=NOW)
    with pytest.raises(FreshSecondFactorNeeded):
        change_person(stale, cast.school, cast.teacher, moved, now=NOW)
    cast.teacher.refresh_from_db()
    assert cast.teacher.email == "tobias.wrenfield@school.example"
    assert cast.teacher.roles.get().ends_on is None


def test_a_name_is_changed_without_it(cast: Cast) -> None:
    stale = Actor.of(cast.headteacher, TODAY, second_factor_at=STALE)
    renamed = PersonDetails("Toby", "Wrenfield", cast.teacher.email)
    assert change_person(stale, cast.school, cast.teacher, renamed, now=NOW).given_name == "Toby"


def test_a_policy_is_adopted_only_just_after_the_second_step(cast: Cast) -> None:
    version, stale = approved(cast, draft(cast)), Actor.of(cast.headteacher, TODAY, second_factor_at=STALE)
    with pytest.raises(FreshSecondFactorNeeded):
        approvals.adopt_version(stale, version, approvals.Adoption(TODAY, TODAY), now=NOW)
    version.refresh_from_db()
    assert version.state == "approved"


def test_a_policy_is_withdrawn_only_just_after_the_second_step(cast: Cast) -> None:
    version, stale = adopted(cast), Actor.of(cast.headteacher, TODAY, second_factor_at=STALE)
    with pytest.raises(FreshSecondFactorNeeded):
        approvals.withdraw_version(stale, version, approvals.Withdrawal(TODAY, "The trust's policy holds."), now=NOW)
    version.refresh_from_db()
    assert version.state == "adopted"


def test_a_trusts_data_protection_officer_reads_the_log_of_its_schools(cast: Cast) -> None:
    Role.objects.create(person=cast.volunteer, establishment=cast.trust, kind="dpo", starts_on=TODAY)
    officer = Actor.of(cast.volunteer, TODAY)
    assert may(officer, "log.view", cast.school) and may(officer, "establishment.view", cast.school)
    assert not may(officer, "people.view", cast.school)
