"""The process that works in the background: it takes tasks one by one, while a thread looks at the clock."""

import logging
import signal
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from proviso.jobs import schedule
from proviso.jobs.models import Worker

EACH = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def work() -> None:
    """Work until told to stop: a task that has begun is ended first."""
    name = get_random_string(32)
    beat(name)
    worker = _worker(name, batch=False)
    worker.configure_signals()
    signal.signal(signal.SIGHUP, worker.shutdown)
    stopped = threading.Event()
    clock = threading.Thread(target=_tick_until, args=(stopped, name), name="clock")
    clock.start()
    try:
        worker.run()
    finally:
        stopped.set()
        clock.join()  # a job that has begun is ended, too
        Worker.objects.filter(name=name).delete()


def drain() -> None:
    """Work through what waits now, then return."""
    name = get_random_string(32)
    beat(name)
    try:
        _worker(name, batch=True).run()
    finally:
        Worker.objects.filter(name=name).delete()


def beat(name: str) -> None:
    """Say that a worker is alive."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def _worker(name: str, *, batch: bool) -> TaskWorker:
    return TaskWorker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )


def _tick_until(stopped: threading.Event, name: str) -> None:
    while True:
        try:
            close_old_connections()
            beat(name)
            for line in schedule.tick(timezone.now()):
                logger.info(line)
        except DatabaseError:
            logger.exception("the database could not be reached; trying again in a minute")
        finally:
            connections.close_all()  # those of this thread
        if stopped.wait(EACH.total_seconds()):
            return
