"""Administrators see on their own page, and the site's log says, when nothing works in the background."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proviso.jobs.models import Schedule, Worker
from proviso.jobs.reminder_emails import send_reminder_email
from proviso.records.people.models import Person
from tests.cast import Cast, visits
from tests.web.pages import main, words

SILENT = "Nothing is working in the background"


def my_page(person: Person) -> str:
    return words(main(visits(person).get("/my/").text))


def test_an_administrator_is_told_that_no_worker_was_ever_seen_and_the_log_says_so_once(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    cache.clear()
    assert f"{SILENT} No worker has ever been seen." in my_page(cast.administrator)
    assert SILENT in my_page(cast.administrator)
    assert [line for line in caplog.messages if "no background worker was seen" in line] == [
        "no background worker was seen for 0:15:00, never: is `proviso work` running?"
    ]


def test_an_administrator_is_told_since_when_the_worker_is_gone(cast: Cast) -> None:
    last = timezone.now() - timedelta(minutes=16)
    Worker.objects.create(name="gone", seen_at=last)
    when = f"{timezone.localtime(last):%-d %B %Y, %H:%M}"
    assert f"No worker has been seen since {when}." in my_page(cast.administrator)


def test_nobody_else_is_told(cast: Cast) -> None:
    assert SILENT not in my_page(cast.teacher)
    assert SILENT not in my_page(cast.headteacher)


def test_a_worker_that_was_just_seen_and_a_job_that_cron_just_did_are_signs_of_life(cast: Cast) -> None:
    now = timezone.now()
    Worker.objects.create(name="alive", seen_at=now - timedelta(minutes=1))
    assert SILENT not in my_page(cast.administrator)
    Worker.objects.all().delete()
    Schedule.objects.create(name="reap", next_at=now, last_at=now - timedelta(minutes=5))
    assert SILENT not in my_page(cast.administrator)


def test_a_worker_that_is_seen_but_takes_nothing_is_told_of_too(cast: Cast) -> None:
    now = timezone.now()
    Worker.objects.create(name="stuck", seen_at=now)
    waiting = send_reminder_email.enqueue(0)
    send_reminder_email.using(run_after=now + timedelta(hours=3)).enqueue(0)
    assert "background" not in my_page(cast.administrator)
    DBTaskResult.objects.update(enqueued_at=now - timedelta(hours=2))
    assert "Work in the background is not being done Something has been waiting since" in my_page(cast.administrator)
    DBTaskResult.objects.filter(pk=waiting.id).delete()
    assert "background" not in my_page(cast.administrator)  # what is to be done later does not wait
