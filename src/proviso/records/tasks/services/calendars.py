"""The secret address of somebody's calendar."""

import secrets
from datetime import datetime

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.tasks.models import Calendar


def renew_address(actor: Actor, *, now: datetime) -> str:
    """Make a new secret; the one before leads nowhere from now on."""
    with change(actor, "calendar.renewed", actor.person, now) as renewed:
        calendar = Calendar.objects.filter(person=renewed.record).first()
        if calendar is None:
            return renewed.add(Calendar(person=renewed.record, secret=new_secret())).secret
        row = renewed.lock(calendar)
        row.secret = new_secret()
    return row.secret


def new_secret() -> str:
    """Return what nobody guesses."""
    return secrets.token_urlsafe(32)
