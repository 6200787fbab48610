"""`proviso tick`: do once what is due, and send what it makes."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from proviso.jobs.schedule import tick
from proviso.jobs.worker import drain


class Command(BaseCommand):
    help = "Do once what is due, for who runs this from cron instead of `proviso work`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="as if it were that time, such as 2026-11-21T09:00")

    def handle(self, *args: Any, at: str | None = None, **options: Any) -> None:
        now = _moment(at) if at else timezone.now()
        for line in tick(now):
            self.stdout.write(line)
        drain()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--at is {text!r}: write it as 2026-11-21T09:00") from error
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
