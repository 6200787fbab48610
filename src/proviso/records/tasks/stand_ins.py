"""Who stands in for whom, for the permission table and for what comes along with roles."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable

from proviso.records.tasks.models import Absence, Task


def stands_in(on: date) -> Combinable:
    """Return whether the holder of a role stands in for somebody there on a day, as an expression over roles."""
    there = Absence.objects.on(on).filter(deputy=OuterRef("person"), establishment=OuterRef("establishment"))
    return Exists(there)


def stand_ins_of(task: Task, on: date) -> frozenset[int]:
    """Return who may do a task on a day because they stand in for its bearer, and work there themselves."""
    if task.person_id is None:
        return frozenset()
    held = Q(deputy__roles__ends_on=None) | Q(deputy__roles__ends_on__gte=on)
    absences = Absence.objects.on(on).filter(
        held,
        person=task.person_id,
        establishment=task.establishment_id,
        deputy__is_active=True,
        deputy__roles__establishment=task.establishment_id,
        deputy__roles__starts_on__lte=on,
    )
    return frozenset(absences.values_list("deputy", flat=True))
