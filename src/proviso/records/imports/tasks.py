"""What runs in the background."""

from django_tasks import task

from proviso.records.imports import application


@task()
def apply_import(run_id: int) -> None:
    """Apply a confirmed import."""
    application.apply(run_id)
