"""People and roles changed by the services themselves: who may, what is refused, and what the log keeps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from proviso.records.audit.models import Entry
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.people.services import end_role
from tests.cast import Cast

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
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
        with pytest.raises(ValidationError, match="can only be ended sooner"):
            end_role(acting(cast.administrator), once, later, now=NOW)
    once.refresh_from_db()
    assert once.ends_on == TODAY - 30 * DAY
    assert not actions()


def test_nobody_makes_a_role_longer_whosever_it_is(cast: Cast) -> None:
    held = cast.teacher.roles.get()
    end_role(acting(cast.headteacher), held, TODAY + 10 * DAY, now=NOW)
    with pytest.raises(ValidationError, match="can only be ended sooner"):
        end_role(acting(cast.headteacher), held, TODAY + 11 * DAY, now=NOW)
    assert end_role(acting(cast.headteacher), held, TODAY + 9 * DAY, now=NOW).ends_on == TODAY + 9 * DAY


def test_a_role_read_before_it_ended_is_not_revived_by_its_stale_copy(cast: Cast) -> None:
    stale = cast.teacher.roles.get()
    end_role(acting(cast.headteacher), cast.teacher.roles.get(), TODAY - 5 * DAY, now=NOW)
    with pytest.raises(ValidationError, match="can only be ended sooner"):
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
