"""Tell those who handle a concern that something is waiting: at once, and nothing more than that."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from proviso.records.cases.models import Concern, PartyRole
from proviso.records.people.mail import send_notice
from proviso.records.people.models import Establishment, Person


def tell_handlers(concern: Concern) -> None:
    """Have those who handle a concern now written to, inside the change that makes it wait for them."""
    handling = concern.parties.filter(role=PartyRole.HANDLER, ended_at=None, person__is_active=True)
    for person in handling.values_list("person", flat=True):
        if person is not None:
            send_waiting.enqueue(person, concern.establishment_id)


@task()
def send_waiting(person: int, establishment: int) -> str:
    """Write to somebody that something waits at an establishment; the queue holds no more than these numbers."""
    whom = Person.objects.get(pk=person)
    where = Establishment.objects.get(pk=establishment)
    if not whom.is_active:
        return "nothing to send"
    line = format_lazy(_("Something is waiting for you at {school}."), school=where.name)
    told = send_notice(whom, _("Something is waiting for you"), [line], reverse("dashboards:my"), establishment=where)
    return "sent" if told else "no address"
