"""What waits in the background, done now: by the site's own worker, but within the test's transaction."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Do every task that waits. The worker's own loop would close the connection that holds the transaction."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
    )
    while (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim("tests")
        worker.run_task(waiting)
