"""What a worker does for this room: the edge where the clock is read."""

from django.utils import timezone
from django_tasks import task

from proviso.jobs.models import Letter
from proviso.jobs.telling import deliver


@task()
def send_letter(pk: int) -> str:
    """Send the letter of that number, if it is still to be sent."""
    letter = Letter.objects.select_related("person", "establishment").get(pk=pk)
    return deliver(letter, timezone.now())
