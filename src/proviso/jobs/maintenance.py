"""What keeps the house in order: tasks for starters, none for leavers, and nothing left lying about."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from proviso.jobs.models import Worker
from proviso.records.answers.services import forget_opinions
from proviso.records.cases.services import handling
from proviso.records.cases.services.drafts import forget_drafts
from proviso.records.files.maintenance import remove_orphans
from proviso.records.imports import services as imports
from proviso.records.policies.models import Version
from proviso.records.policies.services.tasks import make_tasks

SILENT = timedelta(minutes=5)  # a worker that was not seen for so long is gone
LONGEST = timedelta(hours=6)  # and so long may a task of a worker take of which nothing is known
KEEP_DAYS = 30


class WorkerGone(Exception):
    """The process that did a task ended in the middle of it."""


def make_every_task(on: date, now: datetime) -> int:
    """Make what is missing in every establishment with a policy in force; return how many tasks were made."""
    made = 0
    adopted = Version.objects.in_force(on).filter(state=Version.State.ADOPTED)
    for version in adopted.select_related("establishment").order_by("pk").iterator(chunk_size=20):
        made += make_tasks(version, on, now=now)
    return made


def reap(now: datetime) -> int:
    """Fail the tasks whose worker is gone, so that nobody waits for them; return how many there were."""
    alive = set(Worker.objects.filter(seen_at__gte=now - SILENT).values_list("name", flat=True))
    known = set(Worker.objects.values_list("name", flat=True))
    failed = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - SILENT):
        worker = task.worker_ids[-1] if task.worker_ids else ""
        if worker in alive or (worker not in known and task.started_at > now - LONGEST):
            continue
        failed += _fail(task)
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    return failed


def _fail(task: "DBTaskResult[..., Any]") -> bool:
    # It may have ended meanwhile: whoever changes the row first is right.
    still_running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    with transaction.atomic():
        current = still_running.select_for_update().first()
        if current is None:
            return False
        current.set_failed(WorkerGone("the process that did this ended in the middle of it"))
    task_finished.send(sender=type(current.task.get_backend()), task_result=current.task_result)
    return True


def forget(now: datetime) -> None:
    """Delete drafts of concerns that nobody went on with, and what has run out in the cache.

    Counts by addresses of visitors live there for an hour; the cache by itself would clear them when it is full.
    """
    forget_drafts(now=now)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [connection.ops.adapt_datetimefield_value(now)])


def hand_on(now: datetime) -> int:
    """Hand on the concerns of those who hold no role there any more; return how many."""
    return handling.hand_on(now=now)


def tidy(now: datetime) -> None:
    """Clear sessions that have run out, what workers finished a month ago, imports that nobody confirmed, opinions
    whose time is over, and bytes that belong to no file."""
    imports.lapse(now=now)
    forget_opinions(now=now)
    remove_orphans(now=now)
    call_command("clearsessions")
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, failed_min_age_days=KEEP_DAYS, verbosity=0)
