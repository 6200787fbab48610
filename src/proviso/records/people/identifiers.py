"""The ids by which a school's management information system knows its people."""

from datetime import datetime

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.models import Establishment, Identifier, Person


def person_identified(establishment: Establishment, source_id: str) -> Person | None:
    """Return whom an id names at an establishment. For services, which were given an actor."""
    identifier = Identifier.objects.filter(establishment=establishment, source_id=source_id).first()
    return identifier.person if identifier else None


def identify(
    actor: Actor, establishment: Establishment, person: Person, source_id: str, *, is_new: bool, now: datetime
) -> None:
    """Give somebody the id by which they are known at an establishment; whoever has one keeps it.

    Somebody who `is_new` was logged as added just now, so that the id is not worth a line of its own.

    Raises:
        Hidden, Refused: the actor may not import people there.
    """
    with change(actor, "person.identified", person, now, at=establishment) as identified:
        if is_new or Identifier.objects.filter(establishment=establishment, person=person).exists():
            identified.nothing()
        if not Identifier.objects.filter(establishment=establishment, person=person).exists():
            identified.add(Identifier(establishment=establishment, person=person, source_id=source_id))
        identified.details |= {"person": person.name, "identifier": source_id}
