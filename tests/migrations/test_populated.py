"""Who upgrades loses nothing: a database of November 2026 is brought to the newest migrations, and goes on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from proviso.records.audit.services import verify
from proviso.records.people.actors import Actor, Public
from proviso.records.policies import compiled
from proviso.records.policies.campaigns import open_at
from proviso.records.policies.selectors import versions
from proviso.records.policies.services import acknowledgements
from proviso.records.tasks.services import tasks
from proviso.rules.norms import Outcome, assume
from tests.migrations.earlier import LostError, carry_over, own_database, tables
from tests.records.policies.life import signature

pytestmark = pytest.mark.django_db
WRITTEN = Path(__file__).with_name("populated-2026-11.json")
# The last migrations of each app at that time; those of the libraries stand in the file.
LEAVES = {
    ("audit", "0002_append_only"),
    ("jobs", "0001_initial"),
    ("people", "0002_accounts_and_imports"),
    ("policies", "0002_kept"),
}
# Where a model has another name now, write it here in the place of the old one.
COUNTS = {
    **{"Establishment": 3, "Person": 58, "Role": 70, "Identifier": 3, "Invitation": 3, "ImportRun": 5},
    **{"Version": 6, "Variation": 4, "Consultation": 4, "Approval": 6, "Campaign": 4, "Acknowledgement": 29},
    **{"Task": 48, "Calendar": 2, "Entry": 91, "Head": 1},
    **{"Reminder": 20, "ReminderEmail": 20, "Schedule": 6, "Worker": 1},
    **{"Authenticator": 3, "SocialAccount": 1, "AccessAttempt": 1, "DBTaskResult": 22},
}
# A correction follows each version in force; the log has an entry for each, one for the draft, and one by which the
# signatures of before were taken into its proof.
ADDED = {"Version": 3, "Variation": 1, "Entry": 5}
PASSWORD = "lantern walrus thimble"  # noqa: S105  # nobody real has it
ON = date(2026, 11, 23)
CONNECTS = {"who": "teacher", "act": "connect", "with": "pupil", "through": "personal_account"}
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
AT = datetime(2026, 11, 2, 10, 15, 30, 123456, tzinfo=UTC)
BRACKENFIELD = "e91d43132e3bf17027b23ecee7211d6aae8313dd48a2f4078b1351b998b2cfb0"


@pytest.fixture(scope="module", autouse=True)
def upgraded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The database of then, upgraded; each test undoes what it did to it."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("earlier"), migrated=False):
        with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):  # the day of the upgrade
            carry_over(tables(WRITTEN))
        yield


def model(name: str) -> Any:
    """Return a model by its name, in whichever app it is by now."""
    named = [each for each in apps.get_models() if each.__name__ == name]
    if len(named) != 1:
        raise LostError(f"{len(named)} models are called {name}: where are its {COUNTS[name]} rows of November 2026?")
    return named[0]


def get(name: str, pk: int) -> Any:
    return model(name)._base_manager.get(pk=pk)


def actor(person: int) -> Actor:
    return Actor.of(get("Person", person), ON)


def test_the_file_is_of_the_migrations_that_it_says() -> None:
    names = {tuple(row) for row in tables(WRITTEN)["django_migrations"]["rows"]}
    assert names >= LEAVES


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_there(name: str) -> None:
    assert model(name)._base_manager.count() == COUNTS[name] + ADDED.get(name, 0)


def test_every_table_that_was_written_down_is_counted() -> None:
    counted = sum(len(content["rows"]) for table, content in tables(WRITTEN).items() if table != "django_migrations")
    assert counted == sum(COUNTS.values())


def test_a_signature_says_what_it_said() -> None:
    signature = get("Acknowledgement", 24)
    assert signature.person.name == signature.typed_name == "Ffion Alderbrook"
    assert signature.recorded_by_id == signature.person_id
    assert (signature.kind, signature.at, signature.fingerprint) == ("signed", AT, BRACKENFIELD)
    assert signature.statement == "I have read it, and I will keep to it."
    assert signature.reason == ""
    facts = {"who": ["teacher"], "act": "connect", "with": ["pupil"], "through": "personal_account"}
    assert signature.answers == [
        {"clauses": ["LA-5.a"], "facts": facts, "right": "prohibited", "chosen": "discouraged"}
    ]
    assert signature.campaign.due_on == date(2026, 11, 20)
    assert str(signature.version.establishment) == "Brackenfield Primary School"


def test_who_recorded_a_signature_from_paper_still_shows() -> None:
    paper = get("Acknowledgement", 25)
    assert (paper.person.name, paper.recorded_by.name) == ("Rosa Copsewood", "Rosa Woodruffe")
    assert paper.reason == "Signed on paper, in the office."


def test_all_answers_are_there() -> None:
    kinds = Counter(model("Acknowledgement").objects.values_list("kind", flat=True))
    assert kinds == {"signed": 21, "exemption_asked": 4, "declined": 2, "exempted": 1, "exemption_refused": 1}


def test_the_log_holds_and_says_what_it_said() -> None:
    assert verify() == (96, None)  # the last five were written by the upgrade
    entries = {entry.number: entry for entry in model("Entry").objects.all()}
    assert entries[91].digest == "0009aa467ca422c149742d7daf65a9ab655e8c95a41ef37354390c1c8a61dd0e"
    assert entries[92].sentence == "took 29 signatures of before into the proof of the log"
    assert [entries[number].sentence for number in (93, 96)] == [
        "carried version 1 over into version 2, a correction: its sections have numbers of their own, and signatures "
        "stay valid",
        "gave the sections of the draft of version 3 numbers of their own",
    ]
    assert (entries[1].actor, entries[89].actor.name) == (None, "Sana Greenhalgh-Moss")
    assert entries[89].sentence == "ended the role of Mair Bramwith as support_staff on 2026-11-01"
    assert [entry.number for entry in entries.values() if entry.sentence == entry.action] == []


def test_versions_are_where_they_were_and_can_be_read() -> None:
    states = {(each.establishment.slug, each.number): each.state for each in model("Version").objects.all()}
    assert states == {
        ("westmoor-council", 1): "adopted",
        ("westmoor-council", 2): "adopted",
        ("brackenfield", 1): "adopted",
        ("brackenfield", 2): "approval",
        ("brackenfield", 3): "adopted",
        ("glan-y-nant", 1): "withdrawn",
        ("glan-y-nant", 2): "discarded",
        ("glan-y-nant", 3): "draft",
        ("glan-y-nant", 4): "withdrawn",
    }
    for version in model("Version").objects.all():
        assert hashlib.sha256(version.text.encode()).hexdigest() == version.fingerprint
        assert compiled.policy_of(version).establishment == version.establishment.name


def test_a_version_in_force_is_followed_by_a_correction_as_the_schools_own_document() -> None:
    before, after = get("Version", 2), model("Version").objects.get(establishment__slug="brackenfield", number=3)
    assert (before.fingerprint, before.in_force_until) == (BRACKENFIELD, date(2026, 11, 21))
    assert (after.change, after.previous_id, after.in_force_from) == ("correction", 2, date(2026, 11, 22))
    assert (after.in_force_until, after.review_on) == (None, before.review_on)
    council = model("Version").objects.get(establishment__slug="westmoor-council", number=2)
    assert (after.model_version_id, after.model_text) == (council.pk, council.text)
    policy = compiled.policy_of(after)
    assert policy.contacts["headteacher"].name == "Rosa Woodruffe"
    assert (policy.label("LA-4.1i"), policy.version) == ("4.2", "3")
    assert policy.clause("LA-0a").text == "The governing body adopts this policy for Brackenfield Primary School."
    assert all("left blank" not in clause.text for clause in policy.clauses)
    assert "both are left blank" in compiled.policy_of(before).clause("LA-0a").text
    books = [compiled.compiled_policy(each) for each in (before, after)]
    ruled = [assume(book, book.vocabulary.situation(CONNECTS), ON).ruling.outcome for book in books]
    assert ruled == [Outcome.PROHIBITED, Outcome.PROHIBITED]


def test_everybody_who_had_signed_has_signed_what_is_in_force_now() -> None:
    campaign = open_at(2, ON)
    assert campaign is not None and campaign.version.number == 3
    states = {row.person.name: row.kind for row in campaign.acknowledgements.select_related("person").order_by("pk")}
    assert states["Ffion Alderbrook"] == "signed"
    assert [each.typed_name for each in versions.approvals_given(Public(ON), campaign.version)] == [
        each.typed_name for each in get("Version", 2).approvals.filter(state="approved")
    ]
    assert versions.approvals_given(Public(ON), campaign.version)


def test_a_draft_is_numbered_and_follows_the_correction() -> None:
    draft = model("Version").objects.get(establishment__slug="glan-y-nant", number=3)
    correction = model("Version").objects.get(establishment__slug="glan-y-nant", number=4)
    assert (draft.state, draft.previous_id) == ("draft", correction.pk)
    assert compiled.source_of(draft).clause("KC-3.a").number == "3.6"
    assert (correction.in_force_until, correction.withdrawal_reason) == (date(2027, 1, 1), "A new one.")


def test_what_waits_for_approval_is_as_it_was_submitted() -> None:
    waiting = get("Version", 4)
    assert {each.fingerprint for each in waiting.approvals.all()} == {waiting.fingerprint}
    assert waiting.previous.number == 3


def test_variations_and_approvals_belong_to_their_versions() -> None:
    following = get("Version", 4)
    assert (following.previous.number, following.model_version_id, following.summary) == (3, 1, "Newsletter.")
    variations = {each.clause: (each.kind, each.reason) for each in following.variations.all()}
    assert variations == {
        "LA-3.2": ("amended", "Ours."),
        "LA-5.8": ("switched_off", "Our parents’ agreement covers what is shared online."),
    }
    approvals = {each.person.name: (each.capacity, each.state) for each in following.approvals.all()}
    assert approvals == {"Malik Wayfarer": ("chair", "waiting"), "Rosa Woodruffe": ("headteacher", "approved")}
    assert {each.body for each in following.consultations.all()} == {"Staff meeting"}


def test_tasks_still_belong_to_their_people() -> None:
    done = get("Task", 11)
    assert (done.person.name, done.done_by.name, done.done_at) == ("Amara Appleyard-Wynn", "Amara Appleyard-Wynn", AT)
    assert (done.what, done.note, done.due_on, done.dropped_on) == (
        "Know the privacy settings of the sites you use",
        "Done at home.",
        date(2026, 11, 21),
        None,
    )
    waiting = model("Task").objects.filter(person=31, done_at=None, dropped_on=None).order_by("due_on")
    assert [(each.pk, each.due_on, str(each.establishment)) for each in waiting] == [
        (28, date(2026, 11, 21), "Brackenfield Primary School"),
        (44, date(2027, 11, 2), "Brackenfield Primary School"),
    ]
    assert list(model("Task").objects.filter(person=None, establishment=2).values_list("pk", flat=True)) == [9, 25, 26]
    dropped = model("Task").objects.exclude(dropped_on=None).order_by("pk")
    assert [(each.pk, each.person.name, each.dropped_on) for each in dropped] == [
        (42, "Mair Bramwith", date(2026, 11, 2)),
        (43, "Mair Bramwith", date(2026, 11, 2)),
    ]


def test_import_runs_are_there_with_what_they_wait_for() -> None:
    runs = {each.file_name: each.state for each in model("ImportRun").objects.all()}
    assert runs == {
        "staff.csv": "done",
        "wrong.csv": "cancelled",
        "photo.csv": "unreadable",
        "more.csv": "applying",
        "later.csv": "ready",
    }
    done, applying = get("ImportRun", 1), get("ImportRun", 4)
    assert done.counts == {"added": 3, "changed": 0, "left": 0, "faults": 0, "unchanged": 0}
    assert (done.started_by.name, done.sha256[:8]) == ("Sana Greenhalgh-Moss", "6f600a4f")
    assert [each["family_name"] for each in applying.plan["added"]] == ["Mapleworth"]
    identifiers = {each.source_id: each.person.name for each in model("Identifier").objects.all()}
    assert identifiers == {"M0": "Alwen Mapleworth", "M1": "Bryn Mapleworth", "M2": "Cerys Mapleworth"}


def test_accounts_are_as_they_were() -> None:
    head, teacher = get("Person", 10), get("Person", 31)
    assert head.check_password(PASSWORD) and teacher.check_password(PASSWORD)
    assert not get("Person", 25).has_usable_password()
    assert (teacher.language, teacher.digest_weekly) == ("cy", False)
    steps = Counter(model("Authenticator").objects.values_list("user", "type"))
    assert steps == {(10, "totp"): 1, (10, "recovery_codes"): 1, (31, "webauthn"): 1}
    waiting = model("Invitation").objects.get(used_at=None)
    assert (waiting.person.name, waiting.establishment.slug) == ("Esme Meadowcroft-Hay", "brackenfield")
    assert {each.person.name for each in model("Calendar").objects.all()} == {head.name, teacher.name}


def test_what_waits_in_the_background_can_still_be_done() -> None:
    """A row of the queue names a function by its path: a function that moved takes its rows with it by a migration."""
    paths = Counter(DBTaskResult.objects.filter(status="READY").values_list("task_path", flat=True))
    assert sorted(paths.values()) == [2, 20]
    lost = [f"{many} of {path}" for path, many in paths.items() if not is_there(path)]
    if lost:
        raise LostError(f"the queue holds what nothing can do any more: {', '.join(lost)}")


def is_there(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True


def test_an_import_that_was_confirmed_is_applied_by_the_row_in_the_queue() -> None:
    waiting = DBTaskResult.objects.get(task_path__endswith="apply_import", args_kwargs={"args": [4], "kwargs": {}})
    import_string(waiting.task_path).call(4)
    run = get("ImportRun", 4)
    assert (run.state, run.done) == ("done", 1)
    assert model("Identifier").objects.get(source_id="M9").person.name == "Dilwen Mapleworth"


@pytest.mark.parametrize(
    ("name", "pk", "changes"),
    [
        ("Acknowledgement", 24, {"typed_name": "Somebody Else"}),
        ("Entry", 5, {"action": "person.changed"}),
        ("Version", 2, {"text": "policy: other"}),
    ],
)
def test_the_database_still_refuses_to_rewrite_the_past(name: str, pk: int, changes: dict[str, str]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model(name)._base_manager.filter(pk=pk).update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model(name)._meta.db_table} WHERE id = {pk}")  # noqa: S608  # names of our own


def test_somebody_who_had_not_signed_can_sign() -> None:
    campaign = open_at(2, ON)
    assert campaign is not None and campaign.version.number == 3
    answer = signature(actor(33).person, campaign.version, ON)
    signed = acknowledgements.acknowledge_version(actor(33), campaign, answer, now=NOW)
    assert signed.pk > 29
    assert verify() == (97, None)


def test_a_task_can_be_done_and_comes_again() -> None:
    task = tasks.complete_task(actor(56), get("Task", 45), "Done.", now=NOW)
    assert (task.done_by_id, task.done_at) == (56, NOW)
    again = model("Task").objects.get(person=56, clause="LA-4.1ii", done_at=None)
    assert again.due_on == date(2027, 11, 23)
    assert verify() == (97, None)
