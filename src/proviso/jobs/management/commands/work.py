"""`proviso work`: the worker and the clock, in one process."""

from typing import Any

from django.core.management.base import BaseCommand

from proviso.jobs.worker import work


class Command(BaseCommand):
    help = "Work through what waits in the background, and do each job when it is due."

    def handle(self, *args: Any, **options: Any) -> None:
        work()
