"""What people are told of a change to their account: that it happened, and what to do if it is wrong."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from proviso.records.people.mail import Words, send_notice
from proviso.records.people.models import Establishment, Person

LOG = logging.getLogger(__name__)
NOT_YOU = _("If you did not expect this, tell your school’s Proviso administrator at once.")


def address_changed(before: Person) -> None:
    """Tell the address that somebody had until now, once the change is kept; give the person as they were.

    Whoever never signed in is not told: there is no account to lose, and the address may be a slip that is being put
    right, so that a stranger reads it.
    """
    if before.email and (before.has_usable_password() or before.last_login is not None):
        lines = [
            _("The email address of your account was changed. From now on we will send emails to the new address."),
            NOT_YOU,
        ]
        _send_when_kept(before, _("Your email address was changed"), lines)


def role_given(person: Person, establishment: Establishment) -> None:
    """Tell somebody who works elsewhere that they were given a role, once the change is kept."""
    lines = [format_lazy(_("Somebody gave you a role at {establishment}."), establishment=establishment.name), NOT_YOU]
    _send_when_kept(person, _("You were given a role"), lines, establishment)


def second_step_taken_away(person: Person) -> None:
    """Tell somebody that only their password lets them in now, once the change is kept."""
    lines = [
        _("Your second step for signing in was removed, and you were signed out on every device."),
        _("Sign in with your password. If your role needs a second step, you set up a new one then."),
        NOT_YOU,
    ]
    _send_when_kept(person, _("Your second step for signing in was taken away"), lines)


def _send_when_kept(
    person: Person, subject: Words, lines: Sequence[Words], establishment: Establishment | None = None
) -> None:
    def send() -> None:
        try:
            send_notice(person, subject, lines, reverse("account"), establishment=establishment)
        except OSError:  # the change is made, and stands in the log: the page that made it must not fail now
            LOG.exception("the notice of a changed account was not sent")

    transaction.on_commit(send)
