"""Whose calendar is where."""

from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Person
from proviso.records.tasks.models import Calendar


def address_of(actor: Actor) -> str:
    """Return the secret of the actor's calendar; empty where none was made yet."""
    calendar = Calendar.objects.filter(person=actor.person).first()
    return calendar.secret if calendar else ""


def owner_by(asking: Public, secret: str) -> Person | None:
    """Return whose calendar a secret opens: whoever has it is let in by it, signed in or not."""
    calendar = Calendar.objects.select_related("person").filter(secret=secret).first()
    return calendar.person if calendar else None
