"""What the database refuses, and what `verify` finds where somebody went round it."""

import pytest
from django.db import IntegrityError, connection, transaction

from proviso.records.audit import proofs
from proviso.records.audit.models import Entry, Head
from proviso.records.audit.services import Receipt, receipt, verify
from proviso.records.people.change import change
from proviso.records.people.services import Term, start_role
from proviso.records.policies.fingerprints import texts_that_differ
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted

ON_SQLITE = pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL has no INSERT OR REPLACE")


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def without_guards() -> None:
    """Take every trigger away, as whoever owns the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal")
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')


@pytest.fixture
def signed(cast: Cast) -> Acknowledgement:
    """A policy in force, a role given, and a signature on record."""
    version = adopted(cast)
    start_role(acting(cast.headteacher), cast.school, cast.teacher, Term("governor", TODAY), now=NOW)
    signature = Acknowledgement(
        campaign=Campaign.objects.get(),
        version=version,
        person=cast.teacher,
        recorded_by=cast.teacher,
        kind="signed",
        at=NOW,
        fingerprint=version.fingerprint,
        typed_name="Tobias Wrenfield",
    )
    with change(acting(cast.teacher), "signing.signed", Campaign.objects.get(), NOW) as signing:
        signing.add(signature)
        signing.details["version"] = 1
    return signature


def test_a_sound_log_proves_signatures_and_roles(signed: Acknowledgement) -> None:
    held, broken = verify()
    assert broken is None
    assert held == Entry.objects.count() == Head.objects.get().number
    proven = Entry.objects.order_by("-number").first()
    assert proven is not None
    assert f"acknowledgement:{signed.pk}" in proven.details[proofs.KEY]


# ---- What the database refuses, guards intact

REPLACED = [
    "INSERT OR REPLACE INTO audit_entry SELECT id, number, at, action, establishment, about, '{}', previous, digest, "
    "actor_id FROM audit_entry WHERE number = 1",
    "INSERT OR REPLACE INTO audit_head (id, number, digest) VALUES (1, 0, '')",
    "INSERT OR REPLACE INTO policies_acknowledgement SELECT * FROM policies_acknowledgement",
    "INSERT OR REPLACE INTO policies_version SELECT * FROM policies_version",
    "INSERT OR REPLACE INTO policies_approval SELECT * FROM policies_approval",
]


@ON_SQLITE
@pytest.mark.parametrize("statement", REPLACED, ids=lambda statement: statement.split()[4])
def test_no_row_takes_the_place_of_another(signed: Acknowledgement, statement: str) -> None:
    with pytest.raises(IntegrityError):
        sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policies_version SET state = 'draft' WHERE state = 'adopted'",
        "UPDATE policies_version SET number = number + 7",
        "UPDATE policies_version SET id = id + 7",
        "UPDATE policies_approval SET typed_name = 'Nobody'",
        "UPDATE policies_approval SET state = 'waiting'",
        "UPDATE policies_approval SET fingerprint = 'f'",
        "DELETE FROM policies_approval",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET number = 0",
    ],
)
def test_the_database_refuses_to_rewrite_what_was_decided(signed: Acknowledgement, statement: str) -> None:
    with pytest.raises(IntegrityError):
        sql(statement)
    assert verify()[1] is None


@pytest.mark.parametrize("state", ["discarded", "withdrawn"])
def test_what_is_over_stays_over(signed: Acknowledgement, state: str) -> None:
    chosen = signed.version if state == "withdrawn" else second(signed.version)
    Version.objects.filter(pk=chosen.pk).update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=chosen.pk).update(state="draft")


def second(version: Version) -> Version:
    return Version.objects.create(
        establishment=version.establishment,
        number=2,
        text="",
        fingerprint="",
        prepared_by=version.prepared_by,
        prepared_at=NOW,
    )


def test_a_draft_may_still_go_back_and_forth(cast: Cast) -> None:
    draft = second(adopted(cast))
    for state in ("approval", "draft", "approval", "approved", "draft", "discarded"):
        draft.state = state
        draft.save()


# ---- What is found without guards


@pytest.mark.parametrize(
    ("harm", "what", "why"),
    [
        ("DELETE FROM audit_head", "the end of the log", "is missing"),
        ("DELETE FROM audit_entry", "entry 1", "is missing: the log was cut off"),
        (
            "DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)",
            "entry",
            "is missing: the log was cut off",
        ),
        ("UPDATE policies_acknowledgement SET typed_name = 'Nobody'", "acknowledgement:", "was changed after it was"),
        ("DELETE FROM policies_acknowledgement", "acknowledgement:", "was deleted"),
        ("UPDATE people_role SET kind = 'headteacher' WHERE kind = 'governor'", "role:", "was changed after it was"),
        ("UPDATE policies_version SET text = '- id: X'", "version:", "was changed after it was"),
        ("UPDATE policies_approval SET fingerprint = 'f'", "approval:", "was changed after it was"),
    ],
)
def test_what_was_changed_past_the_guards_is_found(signed: Acknowledgement, harm: str, what: str, why: str) -> None:
    without_guards()
    sql(harm)
    _held, broken = verify()
    assert broken is not None
    assert broken.what.startswith(what)
    assert broken.why.startswith(why)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("UPDATE policies_version SET text = '- id: X'", "has another text than its fingerprint says"),
        ("UPDATE policies_approval SET fingerprint = 'f'", "approves another text than that of its version"),
    ],
)
def test_fingerprints_are_checked_also_of_what_the_log_did_not_prove(
    signed: Acknowledgement, harm: str, why: str
) -> None:
    assert list(texts_that_differ()) == []
    without_guards()
    sql(harm)
    assert why in [fault.why for fault in texts_that_differ()]


def test_a_forged_signature_is_found_with_every_guard_intact(signed: Acknowledgement, cast: Cast) -> None:
    signed.pk, signed.person = None, cast.support
    signed.save(force_insert=True)
    broken = verify()[1]
    assert broken is not None
    assert (broken.what, broken.why[:25]) == (f"acknowledgement:{signed.pk}", "is in no entry of the log")


def test_a_log_that_was_taken_away_or_written_anew_does_not_meet_a_receipt(signed: Acknowledgement) -> None:
    kept = receipt()
    assert verify(kept) == verify() == verify(Receipt.of(str(kept)))
    other = Receipt(kept.number, "0" * 64)
    assert (broken := verify(other)[1]) and "written anew" in broken.why
    without_guards()
    for statement in ("DELETE FROM audit_entry", "UPDATE audit_head SET number = 0, digest = ''"):
        sql(statement)
    assert (broken := verify(kept)[1]) and "cut off since the receipt" in broken.why


@pytest.mark.parametrize("text", ["", "5", "5:abc", "x:" + "0" * 64, "5;" + "0" * 64])
def test_what_is_no_receipt_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match="is no receipt"):
        Receipt.of(text)


GUARDED = {
    "audit_entry": {"no_update", "no_delete"},
    "audit_head": {"no_update", "no_delete"},
    "policies_acknowledgement": {"no_update", "no_delete"},
    "policies_version": {"no_update", "no_update_state", "no_delete"},
    "policies_approval": {"no_update", "no_delete"},
}


@pytest.mark.django_db
def test_every_guard_is_there_after_all_migrations() -> None:
    # SQLite copies a table to alter it, and its triggers stay behind: a migration that does so puts them up again.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    extra = {"no_insert"} if connection.vendor == "sqlite" else set()
    assert {f"{table}_{guard}" for table, guards in GUARDED.items() for guard in guards | extra} <= there
