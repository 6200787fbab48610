"""Each job is done when it is due, once, whoever looks at the clock; and what a dead worker left is cleared up."""

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proviso.jobs import maintenance
from proviso.jobs.models import Schedule, Worker
from proviso.jobs.reminder_emails import send_reminder_email
from proviso.jobs.schedule import JOBS, LEASE, Job, tick
from tests import databases

LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def names(now: datetime, jobs: tuple[Job, ...] = JOBS) -> list[str]:
    return [line.split(":")[0] for line in tick(now, jobs)]


def test_jobs_are_done_at_their_times_and_once(db: None) -> None:
    saturday = 21
    assert names(at(saturday, 4)) == ["reap", "forget"]
    assert names(at(saturday, 5)) == ["reap", "forget", "hand-on", "make-tasks"]
    assert names(at(saturday, 5, 30)) == ["reap", "tidy"]
    assert names(at(saturday, 7)) == ["reap", "forget", "remind"]
    assert names(at(saturday, 7, 1)) == []
    assert names(at(saturday, 23)) == ["reap", "forget"]


def test_the_summary_is_for_mondays(db: None) -> None:
    days = [day for day in range(16, 31) if "weekly-digest" in names(at(day, 9))]
    assert days == [16, 23, 30]


def test_a_monday_that_was_missed_is_made_up_for_on_tuesday(db: None) -> None:
    names(at(16, 9))
    assert "weekly-digest" in names(at(24, 9))
    assert "weekly-digest" not in names(at(25, 9))
    assert "weekly-digest" in names(at(30, 9))


def test_nobody_is_written_to_in_the_evening_though_it_was_missed(db: None) -> None:
    names(at(17, 9))
    assert names(at(18, 19)) == ["reap", "forget", "hand-on", "make-tasks", "tidy"]
    assert names(at(19, 7)) == ["reap", "forget", "hand-on", "make-tasks", "tidy", "remind"]


def test_the_times_are_those_of_london_in_summer_too(db: None) -> None:
    summer = datetime(2026, 7, 1, 6, 0, tzinfo=ZoneInfo("UTC"))  # seven in London
    assert "remind" in names(summer)


def test_a_job_that_fails_is_tried_again_and_keeps_no_other_from_being_done(db: None) -> None:
    done = []

    def fails(now: datetime) -> str:
        done.append(now)
        raise OSError("the disk is full")

    jobs = (Job("fails", fails), Job("works", lambda _now: "well"))
    assert list(tick(at(21, 9), jobs)) == ["fails: failed", "works: well"]
    assert list(tick(at(21, 9, 10), jobs)) == []
    assert list(tick(at(21, 9) + LEASE, jobs)) == ["fails: failed"]
    assert len(done) == 2


def test_a_clock_that_ran_ahead_does_not_stop_a_job_for_ever(db: None) -> None:
    names(at(21, 9))
    Schedule.objects.filter(name="remind").update(next_at=at(21, 9) + timedelta(days=400))
    assert "remind" not in names(at(22, 9))
    assert "remind" in names(at(23, 9))


def running(worker: str, started_at: datetime) -> "DBTaskResult[..., str]":
    pk = send_reminder_email.enqueue(0).id
    row = DBTaskResult.objects.filter(pk=pk)
    row.update(status=TaskResultStatus.RUNNING, worker_ids=[worker], started_at=started_at)
    return row.get()


def test_the_tasks_of_a_dead_worker_fail_and_those_of_a_living_one_go_on(db: None) -> None:
    now = timezone.now()
    for name, ago in (("alive", 1), ("dead", 30)):
        Worker.objects.create(name=name, seen_at=now - timedelta(minutes=ago))
    before = now - timedelta(hours=1)
    left = {name: running(name, before) for name in ("alive", "dead", "unknown")}
    assert maintenance.reap(now) == 1
    states = {name: DBTaskResult.objects.get(pk=task.pk).status for name, task in left.items()}
    assert states == {"alive": "RUNNING", "dead": "FAILED", "unknown": "RUNNING"}
    assert maintenance.reap(now) == 0
    assert maintenance.reap(now + timedelta(hours=8)) == 2


PREPARE = """
from django.utils import timezone
from datetime import timedelta
from tests.cast import cast
from proviso.records.policies.models import Campaign, Version
from proviso.rules.rulebook import load, write_policy
now = timezone.now(); on = timezone.localdate(now); people = cast(now)
version = Version.objects.create(establishment=people.school, number=1, state="adopted",
    text=write_policy(load("king-david")), fingerprint="f" * 64, prepared_by=people.headteacher, prepared_at=now,
    adopted_on=on - timedelta(days=30), in_force_from=on - timedelta(days=30))
Campaign.objects.create(establishment=people.school, version=version, kind="adoption",
    opened_on=on - timedelta(days=30), due_on=on)
"""
COUNT = """
from proviso.jobs.models import ReminderEmail, Reminder
from django_tasks_db.models import DBTaskResult
reasons = Reminder.objects.values("person", "kind", "key").distinct()
print(ReminderEmail.objects.count(), Reminder.objects.count(), reasons.count())
print(ReminderEmail.objects.filter(sent_at=None).count() - DBTaskResult.objects.filter(status="READY").count())
"""


def test_several_tickers_at_once_tell_everybody_once(tmp_path: Path, db: None) -> None:
    on_server = databases.CLUSTER in os.environ
    address = databases.make(f"tick_{os.getpid()}", migrated=True) if on_server else ""
    databases.put_migrated(tmp_path)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "proviso.web.settings",
        "PROVISO_DATA": str(tmp_path),
        "PROVISO_DATABASE": address,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    def python(program: str) -> str:
        whole = f"import django; django.setup()\n{program}"
        return subprocess.run(
            [sys.executable, "-c", whole], env=environment, capture_output=True, text=True, check=True
        ).stdout

    python(PREPARE)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    command = [sys.executable, "-m", "proviso.cli", "tick", "--at", f"{tomorrow}T09:00"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 4, ended
    writing = ("remind", "weekly-digest")  # the second on Mondays alone
    lines = sorted(line for out, _err in ended for line in out.splitlines() if line.startswith(writing))
    letters, notices, reasons, lost = (int(number) for number in python(COUNT).split())
    done = ["remind", "weekly-digest"] if date.fromisoformat(tomorrow).weekday() == 0 else ["remind"]
    assert [line.partition(":")[0] for line in lines] == done
    assert sum(int(line.split()[1]) for line in lines) == letters
    assert letters > 5
    assert notices == reasons
    assert not lost  # each letter was sent, or waits for the morning
