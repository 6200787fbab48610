"""Invitations: the only way to a first password. Each is good once, for two weeks, and only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.audit.services import Act, record
from proviso.records.people.accounts import may_sign_in, set_password
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.mail import send_notice
from proviso.records.people.models import Establishment, Invitation, Person
from proviso.records.people.permissions import require

GOOD_FOR = timedelta(days=14)


class InvitationError(ValidationError):
    """An invitation that cannot be used; `why` is unknown, used or expired."""

    def __init__(self, why: str) -> None:
        super().__init__(
            {
                "unknown": _("This link is not one of ours, or a later invitation took its place."),
                "used": _("This invitation was used already."),
                "expired": _("This invitation has run out."),
            }[why]
        )
        self.why = why


@transaction.atomic
def invite(actor: Actor, school: Establishment, person: Person, *, now: datetime) -> str:
    """Invite somebody to set a password; return the secret of the link that was sent. Earlier invitations end.

    Raises:
        ValidationError: somebody without an address, without a role that signs in, or with a password already.
        OSError: the mail server did not take it; call `unsent` then.
    """
    require(actor, "people.change", school)
    if not may_sign_in(person, actor.on) and not _will_sign_in(person, actor):
        raise ValidationError(_("%(person)s has no e-mail address or no role that signs in.") % {"person": person.name})
    if person.has_usable_password():
        raise ValidationError(_("%(person)s has a password already.") % {"person": person.name})
    secret = make(school, person, now=now)
    record(actor.person, Act("person.invited", school.pk, about(person), {"person": person.name}), now=now)
    # Sent when the invitation is safely kept, so that nobody gets a link that leads nowhere.
    transaction.on_commit(lambda: _send(person, school, secret))
    return secret


def _will_sign_in(person: Person, actor: Actor) -> bool:
    later = person.roles.filter(starts_on__gt=actor.on).order_by("starts_on").first()
    return later is not None and may_sign_in(person, later.starts_on)


def make(school: Establishment, person: Person, *, now: datetime) -> str:
    """Write an invitation down and return its secret; sends nothing. For `invite`, and for the very first person."""
    Invitation.objects.filter(person=person, used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person, establishment=school, secret_hash=hashed(secret), sent_at=now, expires_at=now + GOOD_FOR
    )
    return secret


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def unsent(person: Person) -> None:
    """Forget the open invitation of somebody whom no mail server took it for: they count as not invited."""
    Invitation.objects.filter(person=person, used_at=None).delete()


def _send(person: Person, school: Establishment, secret: str) -> None:
    lines = [
        format_lazy(gettext_lazy("An account at {school} is waiting for you."), school=school.name),
        gettext_lazy("Use this link to choose a password. It works once, for 14 days."),
    ]
    send_notice(person, gettext_lazy("Your account is waiting"), lines, path(secret), school=school)


def path(secret: str) -> str:
    """Return where on the site an invitation is accepted."""
    return reverse("invitation", args=[secret])


def waiting(secret: str, *, now: datetime) -> Invitation:
    """Return the invitation of a link.

    Raises:
        InvitationError: an unknown, used or expired one.
    """
    found = Invitation.objects.select_related("person", "establishment").filter(secret_hash=hashed(secret)).first()
    if found is None:
        raise InvitationError("unknown")
    if found.used_at is not None:
        raise InvitationError("used")
    if found.expires_at < now:
        raise InvitationError("expired")
    return found


@transaction.atomic
def accept(secret: str, password: str, *, now: datetime) -> Person:
    """Set the first password of somebody who was invited; the invitation is used up.

    Raises:
        InvitationError: an unknown, used or expired invitation.
        ValidationError: a password that is short, common or like the name.
    """
    found = waiting(secret, now=now)
    # Whoever marks it first has it: two presses at once use it once.
    if not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
        raise InvitationError("used")
    set_password(found.person, password, on=timezone.localdate(now), now=now, action="person.joined")
    return found.person
