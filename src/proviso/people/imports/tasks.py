"""What runs in the background."""

from django_tasks import task

from proviso.people.imports import running


@task()
def apply_import(run_id: int) -> None:
    running.apply(run_id)
