"""How somebody stands to a record decides before their roles do: subject, handler, reporter, holder of a receipt."""

from collections.abc import Iterator

import pytest

from proviso.records.audit import actions as log_sentences
from proviso.records.audit.models import Entry
from proviso.records.people import change as changes
from proviso.records.people import permissions, relations
from proviso.records.people.actors import AnyActor, Job, Public, Receipt
from proviso.records.people.change import Action, reading
from proviso.records.people.models import Role
from proviso.records.people.permissions import Hidden, Kind, Permission, Refused, may, require, require_any
from proviso.records.people.relations import Relations
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting

RECEIPT = Receipt("a" * 64, TODAY)
LEADING = frozenset((Kind.HEADTEACHER, Kind.DSL))


@pytest.fixture(autouse=True)
def planted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a role stand for what rooms to come will register: somebody handles it, reported it, is its subject."""
    for module, name in (
        *((permissions, "_TABLE"), (relations, "_RELATIONS"), (changes, "_ACTIONS")),
        (log_sentences, "_SENTENCES"),
    ):
        monkeypatch.setattr(module, name, dict(getattr(module, name)))
    relations._RELATIONS.pop(Role)
    relations.register(
        Role,
        Relations(
            lambda role: role.establishment,
            handlers=lambda role: (cast.clerk.pk,),
            reporters=lambda role: (cast.teacher.pk,),
            receipts=lambda role: (RECEIPT.digest,),
            subjects=lambda role: (cast.headteacher.pk, cast.executive.pk),
            fetch=("establishment__parent", "person"),
        ),
    )
    permissions.register(
        {
            "planted.read": Permission(own=LEADING, above=frozenset((Kind.EXECUTIVE,)), handler=True, logged=True),
            "planted.status": Permission(own=LEADING, handler=True, reporter=True, secret=True),
            "planted.share": Permission(public=True),
            "planted.keep": Permission(own=LEADING, job=True),
        }
    )
    changes.register({"planted.read": Action("read what is planted", "planted.read")})
    yield


@pytest.fixture
def record(cast: Cast) -> Role:
    return cast.support.roles.get()


def test_whom_it_is_about_may_do_nothing_whatever_their_roles_and_is_told_nothing(cast: Cast, record: Role) -> None:
    for subject in (acting(cast.headteacher), acting(cast.executive)):
        for action in ("planted.read", "planted.status", "planted.share", "planted.keep"):
            assert not may(subject, action, record)
            with pytest.raises(Hidden):
                require_any(subject, action, record)


@pytest.mark.parametrize(
    ("who", "read", "status"),
    [
        ("dsl", True, True),  # by role
        ("clerk", True, True),  # handles it
        ("teacher", False, True),  # reported it
        ("support", False, False),
        ("sister_head", False, False),
        ("outsider", False, False),
    ],
)
def test_handlers_and_reporters_get_what_the_row_gives_them(
    cast: Cast, record: Role, who: str, read: bool, status: bool
) -> None:
    actor = acting(cast.people[who])
    assert (may(actor, "planted.read", record), may(actor, "planted.status", record)) == (read, status)


def test_who_may_not_is_refused_here_and_told_nothing_elsewhere_or_of_a_secret(cast: Cast, record: Role) -> None:
    with pytest.raises(Refused):
        require_any(acting(cast.support), "planted.read", record)
    with pytest.raises(Hidden):
        require_any(acting(cast.outsider), "planted.read", record)
    with pytest.raises(Hidden):
        require_any(acting(cast.support), "planted.status", record)


@pytest.mark.parametrize(
    ("actor", "status", "share", "keep"),
    [
        (RECEIPT, True, True, False),
        (Receipt("b" * 64, TODAY), False, True, False),
        (Public(TODAY), False, True, False),
        (Job("tick", TODAY), False, False, True),
    ],
    ids=["receipt", "another receipt", "public", "job"],
)
def test_whoever_is_no_person_gets_what_the_row_says(
    record: Role, actor: AnyActor, status: bool, share: bool, keep: bool
) -> None:
    given = [may(actor, action, record) for action in ("planted.status", "planted.share", "planted.keep")]
    assert given == [status, share, keep]


def test_a_reading_that_is_logged_cannot_be_had_without_its_entry(cast: Cast, record: Role) -> None:
    with pytest.raises(RuntimeError, match="is logged"):
        require(acting(cast.dsl), "planted.read", record)
    assert reading(acting(cast.dsl), "planted.read", record, NOW) == record
    [entry] = Entry.objects.all()
    assert (entry.actor, entry.action, entry.about) == (cast.dsl, "planted.read", f"role:{record.pk}")
    with pytest.raises(Hidden):
        reading(acting(cast.headteacher), "planted.read", record, NOW)
    assert Entry.objects.count() == 1
