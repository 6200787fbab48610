"""Invitations: the only way to a first password. Each is good once, for two weeks, and only its hash is kept."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.people.accounts import account_change, may_sign_in
from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.change import Change, NotPossible, change
from proviso.records.people.mail import send_notice
from proviso.records.people.models import Establishment, Invitation, Person

GOOD_FOR = timedelta(days=14)


class InvitationError(ValidationError):
    """An invitation that cannot be used; `why` is unknown, used or expired."""

    def __init__(self, why: str) -> None:
        super().__init__(
            {
                "unknown": _("This link is not valid, or a later invitation has replaced it."),
                "used": _("This invitation was used already."),
                "expired": _("This invitation has run out."),
            }[why]
        )
        self.why = why


def invite(actor: AnyActor, establishment: Establishment, person: Person, *, now: datetime) -> str:
    """Invite somebody to set a password; return the secret of the link that was sent. Earlier invitations end.

    Raises:
        ValidationError: somebody without an address, without a role that signs in, or with a password already.
        OSError: the mail server did not take it; call `unsent` then.
    """
    with change(actor, "person.invited", person, now, at=establishment) as invited:
        invitee = invited.record
        if not may_sign_in(invitee, actor.on) and not _will_sign_in(invitee, actor.on):
            text = _("%(person)s has no email address or no role that signs in.")
            raise NotPossible(text % {"person": invitee.name})
        if invitee.has_usable_password():
            raise NotPossible(_("%(person)s has a password already.") % {"person": invitee.name})
        secret = make(invited, establishment)
        # Sent when the invitation is safely kept, so that nobody gets a link that leads nowhere.
        transaction.on_commit(lambda: _send(invitee, establishment, secret))
    return secret


def _will_sign_in(person: Person, on: date) -> bool:
    later = person.roles.filter(starts_on__gt=on).order_by("starts_on").first()
    return later is not None and may_sign_in(person, later.starts_on)


def make(invited: Change[Person], establishment: Establishment) -> str:
    """Write an invitation down and return its secret; sends nothing. For `invite`, and for the very first person."""
    _withdraw_open(invited.record)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        person=invited.record,
        establishment=establishment,
        secret_hash=hashed(secret),
        sent_at=invited.now,
        expires_at=invited.now + GOOD_FOR,
    )
    invited.add(invitation)
    invited.named, invited.details["person"] = invited.record, invited.record.name
    return secret


def _withdraw_open(person: Person) -> None:
    Invitation.objects.filter(person=person, used_at=None).delete()


def unsent(actor: Actor, establishment: Establishment, person: Person, *, now: datetime) -> None:
    """Forget the open invitation of somebody whom no mail server took it for: they count as not invited."""
    with change(actor, "person.not_invited", person, now, at=establishment) as unsent:
        _withdraw_open(unsent.record)
        unsent.details["person"] = unsent.record.name


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _send(person: Person, establishment: Establishment, secret: str) -> None:
    lines = [
        format_lazy(gettext_lazy("An account at {school} is waiting for you."), school=establishment.name),
        gettext_lazy("Use this link to choose a password. It works once, for 14 days."),
    ]
    send_notice(person, gettext_lazy("Your account is waiting"), lines, path(secret), establishment=establishment)


def path(secret: str) -> str:
    """Return where on the site an invitation is accepted."""
    return reverse("invitation", args=[secret])


def waiting(secret: str, *, now: datetime) -> Invitation:
    """Return the invitation of a link.

    Raises:
        InvitationError: an unknown, used or expired one.
    """
    invitation = Invitation.objects.select_related("person", "establishment").filter(secret_hash=hashed(secret)).first()
    if invitation is None:
        raise InvitationError("unknown")
    if invitation.used_at is not None:
        raise InvitationError("used")
    if invitation.expires_at < now:
        raise InvitationError("expired")
    return invitation


def accept(secret: str, password: str, *, now: datetime) -> Person:
    """Set the first password of somebody who was invited; the invitation is used up.

    Raises:
        InvitationError: an unknown, used or expired invitation.
        ValidationError: a password that is short, common or like the name.
    """
    invitation = waiting(secret, now=now)
    # Whoever has the secret is that person.
    invitee = Actor.of(invitation.person, timezone.localdate(now))
    with account_change(invitee, "person.joined", invitation.person, now) as joined:
        # Read anew and locked: two presses at once use it once.
        locked = joined.lock(invitation)
        if locked.used_at is not None:
            raise InvitationError("used")
        locked.used_at = now
        validate_password(password, joined.record)
        joined.record.set_password(password)
    return joined.record
