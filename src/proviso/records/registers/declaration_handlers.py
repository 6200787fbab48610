"""Who acknowledges a declaration: whoever leads the establishment; the chair, where it is the leader's own."""

from collections.abc import Collection
from datetime import date

from proviso.records.people.models import Establishment, Role
from proviso.records.registers.models import Declaration
from proviso.records.tasks.models import Absence

Kind = Role.Kind
LEADING: frozenset[str] = frozenset((Kind.HEADTEACHER, Kind.EXECUTIVE))
DECIDING: dict[str, frozenset[str]] = {
    Declaration.GoesTo.LEADER: LEADING,
    Declaration.GoesTo.CHAIR: frozenset((Kind.CHAIR,)),
}


def goes_to(kinds: Collection[str]) -> str:
    """Return who acknowledges what somebody with these roles declares."""
    return Declaration.GoesTo.CHAIR if LEADING.intersection(kinds) else Declaration.GoesTo.LEADER


def handlers_on(declaration: Declaration, on: date) -> Collection[int]:
    """Return who can acknowledge a declaration on a day, and who stands in for them; never whoever declared."""
    held = Role.objects.on(on).filter(establishment=declaration.establishment_id)
    leading = set(held.filter(kind__in=DECIDING[declaration.goes_to]).values_list("person", flat=True))
    away = Absence.objects.on(on).filter(establishment=declaration.establishment_id, person__in=leading)
    return {*leading, *away.values_list("deputy", flat=True)} - {declaration.person_id}


def has_a_handler(establishment: Establishment, declared_to: str, on: date) -> bool:
    """Say whether somebody holds a role there that acknowledges such a declaration."""
    return Role.objects.on(on).filter(establishment=establishment, kind__in=DECIDING[declared_to]).exists()
