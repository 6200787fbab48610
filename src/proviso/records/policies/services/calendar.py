"""The secret address of somebody's calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from proviso.records.audit.services import Act, record
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.models import Person
from proviso.records.policies.models import Calendar


def address_of(actor: Actor) -> str:
    """Return the secret of the actor's calendar; empty where none was made yet."""
    calendar = Calendar.objects.filter(person=actor.person).first()
    return calendar.secret if calendar else ""


@transaction.atomic
def renew_address(actor: Actor, *, now: datetime) -> str:
    """Make a new secret; the one before leads nowhere from now on."""
    secret = secrets.token_urlsafe(32)
    Calendar.objects.update_or_create(person=actor.person, defaults={"secret": secret})
    record(actor.person, Act("calendar.renewed", None, about(actor.person)), now=now)
    return secret


def owner_of(secret: str) -> Person | None:
    """Return whose calendar a secret opens."""
    calendar = Calendar.objects.select_related("person").filter(secret=secret).first()
    return calendar.person if calendar else None
