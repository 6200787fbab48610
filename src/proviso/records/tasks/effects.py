"""What follows in this room from what is done in others."""

from proviso.records.people.change import Change, after
from proviso.records.people.models import Person
from proviso.records.tasks.models import Calendar
from proviso.records.tasks.services.calendars import new_secret


@after("person.signed_out_everywhere")
def renew_calendar_address(signed_out: Change[Person]) -> None:
    """Let the address of the calendar lead nowhere once somebody signs out on every device: it is a way in, too."""
    calendar = Calendar.objects.filter(person=signed_out.record.pk).first()
    if calendar is not None:
        signed_out.lock(calendar).secret = new_secret()
