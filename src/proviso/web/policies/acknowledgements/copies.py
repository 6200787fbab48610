"""A copy of what somebody signed: to download, or by email to the address of their account."""

import logging
from datetime import timedelta

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from proviso.records.people.actors import Actor, Job
from proviso.records.people.mail import Attachment, send_notice
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import person_by_number
from proviso.records.policies.selectors import acknowledgements as selectors
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.responses import PDF, file_response
from proviso.web.policies import documents

TRY_AGAIN = (timedelta(minutes=1), timedelta(minutes=30))
logger = logging.getLogger(__name__)


@establishment_page("establishment.view")
def download(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """The signature and the text that was signed, as PDF."""
    signature = selectors.my_signature(request.actor, pk)
    return file_response(documents.signed_copy(request.actor, signature), documents.signed_copy_name(signature), PDF)


@establishment_page("establishment.view")
def send(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Ask, and send the same by email; nobody can have it sent to another address than their own."""
    signature = selectors.my_signature(request.actor, pk)
    address = request.actor.person.email
    page = FormPage(
        _("Send yourself a copy by email"),
        _("Send it"),
        lead=_("The signed version goes to %(address)s as a PDF.") % {"address": address},
        cancel=reverse("acknowledgements:done", args=[establishment.slug]),
    )
    return confirm_page(
        request,
        page,
        lambda: send_signed_copy.enqueue(request.actor.person.pk, signature.pk),
        lambda: done(
            request,
            _("The copy is on its way to %(address)s.") % {"address": address},
            "acknowledgements:done",
            establishment.slug,
        ),
    )


@task()
def send_signed_copy(person: int, pk: int, tried: int = 0) -> str:
    """Send somebody a copy of what they signed; a worker calls it, because making the file takes a while."""
    today = timezone.localdate()
    recipient = person_by_number(Job("signed copy", today), person)
    if recipient is None or not recipient.is_active or not recipient.email:
        return "nobody to send it to"
    actor = Actor.of(recipient, today)
    signature = selectors.my_signature(actor, pk)
    school = signature.version.establishment
    subject = format_lazy(gettext_lazy("{school}: a copy of what you signed"), school=school.name)
    lines = [
        format_lazy(
            gettext_lazy(
                "You asked for a copy of version {number} of the social media policy, which you signed. It is attached."
            ),
            number=signature.version.number,
        ),
        gettext_lazy("On the site, you find it under “What you have signed”."),
    ]
    attachment = Attachment(documents.signed_copy_name(signature), documents.signed_copy(actor, signature), PDF)
    try:
        send_notice(
            recipient, subject, lines, reverse("dashboards:signed"), establishment=school, attachment=attachment
        )
    except OSError:  # every fault of a mail server is one
        if tried >= len(TRY_AGAIN):
            raise
        logger.exception("the copy of a signature was not sent: it will be tried again")
        send_signed_copy.using(run_after=timezone.now() + TRY_AGAIN[tried]).enqueue(person, pk, tried + 1)
        return "will be tried again"
    return "sent"
