"""Emails about signing in. A worker sends them, so that a page takes as long for an address that nobody has."""

import logging
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from proviso.records.people.accounts import tell_of_lock_out
from proviso.records.people.actors import Job
from proviso.records.people.mail import send_notice
from proviso.records.people.selectors import person_by_number

TRY_AGAIN = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
logger = logging.getLogger(__name__)


@task()
def send_reset_link(person: int, tried: int = 0) -> str:
    """Send somebody the link to set a new password; 0 is an address that nobody has, and nothing is sent."""
    recipient = person_by_number(Job("reset link", timezone.localdate()), person)
    if (
        recipient is None or not recipient.is_active or not recipient.has_usable_password()
    ):  # only an invitation lets somebody in for the first time
        return "nothing to send"
    key = {"uidb36": user_pk_to_url_str(recipient), "key": default_token_generator.make_token(recipient)}
    lines = [
        _("Somebody asked to set a new password for your account. If it was you, use this link."),
        _("If it was not you, do nothing: your password stays as it is."),
    ]
    try:
        send_notice(recipient, _("Set a new password"), lines, reverse("account_reset_password_from_key", kwargs=key))
    except OSError:  # every fault of a mail server is one
        if tried >= len(TRY_AGAIN):
            raise
        logger.exception("the link to set a new password was not sent: it will be tried again")
        send_reset_link.using(run_after=timezone.now() + TRY_AGAIN[tried]).enqueue(person, tried + 1)
        return "will be tried again"
    return "sent"


@task()
def tell_owner_of_lock(person: int) -> str:
    """Tell somebody that their account is locked, and log it; 0 is an address that nobody has."""
    recipient = person_by_number(Job("lock-out", timezone.localdate()), person)
    if recipient is None:
        return "nobody to tell"
    now = timezone.now()
    tell_of_lock_out(recipient, on=timezone.localdate(now), now=now)
    return "sent"
