"""The process that works in the background: it takes tasks one by one, while a thread looks at the clock."""

import logging
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from proviso.jobs import schedule
from proviso.jobs.models import Worker

EACH = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=1)  # between two tries to reach a database that is away
logger = logging.getLogger(__name__)


class BackgroundWorker:
    """Works until told to stop, also through times in which the database is locked, read-only or away."""

    def __init__(self) -> None:
        self.name = get_random_string(32)
        self.stopped = threading.Event()

    def work(self) -> None:
        """Take tasks and look at the clock; a task that has begun is ended before this returns."""
        clock = threading.Thread(target=self._watch_clock, name="clock")
        clock.start()
        try:
            self._take_tasks()
        finally:
            self.stopped.set()
            clock.join()  # a job that has begun is ended, too
            _leave(self.name)

    def _take_tasks(self) -> None:
        pauses = _pauses()
        while not self.stopped.is_set():
            worker = _task_worker(self.name, batch=False)
            worker.configure_signals()
            signal.signal(signal.SIGHUP, worker.shutdown)
            began = timezone.now()
            try:
                worker.run()
                return  # told to stop
            except DatabaseError:
                logger.exception("the database could not be used: the background worker tries again")
                if not worker.running:
                    return
            connections.close_all()
            # Under another name: what it could not mark as ended under the old one is marked as failed later.
            self.name = get_random_string(32)
            if timezone.now() - began > LONGEST_PAUSE:
                pauses = _pauses()
            self.stopped.wait(next(pauses).total_seconds())

    def _watch_clock(self) -> None:
        pauses = _pauses()
        while True:
            pause = EACH
            try:
                close_old_connections()
                beat(self.name)
                for line in schedule.tick(timezone.now()):
                    logger.info(line)
                pauses = _pauses()
            except Exception:
                # Whatever it was, the next look at the clock must come: without it no job is ever done again.
                logger.exception("the clock of the background worker failed: it tries again")
                pause = next(pauses)
            finally:
                connections.close_all()  # those of this thread
            if self.stopped.wait(pause.total_seconds()):
                return


def _pauses() -> Iterator[timedelta]:
    """Yield how long to wait before each try: a second, then twice as long each time, up to `LONGEST_PAUSE`."""
    pause = timedelta(seconds=1)
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def work() -> None:
    """Work until told to stop: a task that has begun is ended first."""
    BackgroundWorker().work()


def drain() -> None:
    """Work through what waits now, then return."""
    name = get_random_string(32)
    beat(name)
    try:
        _task_worker(name, batch=True).run()
    finally:
        _leave(name)


def beat(name: str) -> None:
    """Say that a worker is alive."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def _leave(name: str) -> None:
    try:
        Worker.objects.filter(name=name).delete()
    except DatabaseError:  # it counts as gone when it has not been seen for a while
        logger.exception("the background worker could not take its leave")


def _task_worker(name: str, *, batch: bool) -> TaskWorker:
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
