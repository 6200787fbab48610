"""The same thing done by several at the same moment, each with a connection of their own: it is done once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from proviso.records.audit.services import verify
from proviso.records.people.actors import Actor
from proviso.records.people.invitations import accept, invite
from proviso.records.people.models import Person, Role
from proviso.records.people.services import PersonDetails, Term, add_with_role, end_role, start_role
from tests.cast import Cast
from tests.cast import cast as people
from tests.clock import NOW, TODAY
from tests.migrations.earlier import own_database

pytestmark = pytest.mark.django_db  # so that it runs on PostgreSQL, too
MANY = 6
TERM = Term("governor", TODAY, TODAY + timedelta(days=30))


@pytest.fixture
def everybody(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cast]:
    """Everybody, in a database of this test alone, where what one thread keeps the others see."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("own"), migrated=True):
        yield people(NOW)


def at_once(act: Callable[[], object]) -> list[str]:
    """Let several do something at the same moment; return what each was told, `done` or the kind of refusal."""
    together, usual = Barrier(MANY), connections["default"]

    def attempt(_number: int) -> str:
        connections["default"] = type(usual)(usual.settings_dict, "default")
        together.wait(20)
        try:
            act()
        except ValidationError:
            return "refused"
        else:
            return "done"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(MANY) as pool:
        return sorted(pool.map(attempt, range(MANY)))


ONCE = ["done"] + ["refused"] * (MANY - 1)


def acting(person: Person) -> Actor:
    return Actor.of(person, TODAY, second_factor_at=NOW)


def test_a_role_is_given_once(everybody: Cast) -> None:
    head = acting(everybody.headteacher)
    assert at_once(lambda: start_role(head, everybody.school, everybody.teacher, TERM, now=NOW)) == ONCE
    assert everybody.teacher.roles.filter(kind="governor").count() == 1
    assert verify()[1] is None


def test_somebody_is_added_once(everybody: Cast) -> None:
    head, details = acting(everybody.headteacher), PersonDetails("Ned", "Newcombe", "ned@school.example")
    assert at_once(lambda: add_with_role(head, everybody.school, details, TERM, now=NOW)) == ONCE
    assert Role.objects.filter(person__email="ned@school.example").count() == 1


def test_an_invitation_is_accepted_once(everybody: Cast) -> None:
    head, details = acting(everybody.headteacher), PersonDetails("Ned", "Newcombe", "ned@school.example")
    ned = add_with_role(head, everybody.school, details, TERM, now=NOW)
    secret = invite(head, everybody.school, ned, now=NOW)
    assert at_once(lambda: accept(secret, "pebble orchard violin", now=NOW)) == ONCE


def test_one_of_several_last_days_stands_and_each_is_sooner(everybody: Cast) -> None:
    head, role = acting(everybody.headteacher), everybody.teacher.roles.get()
    days = iter(range(MANY))
    at_once(lambda: end_role(head, role, TODAY + timedelta(days=next(days)), now=NOW))
    assert everybody.teacher.roles.get().ends_on == TODAY  # the soonest: none of the others came after it
