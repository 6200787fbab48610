"""The holidays of schools, for whoever may see the school."""

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, require
from proviso.records.tasks.deadlines import school_holidays
from proviso.records.tasks.models import SchoolHoliday


def holidays_of(actor: Actor, establishment: Establishment) -> list[SchoolHoliday]:
    """Return the holidays that hold in an establishment, those of its trust or authority among them, in order."""
    require(actor, "establishment.view", establishment)
    return school_holidays(establishment)


def holiday_for(actor: Actor, establishment: Establishment, pk: int) -> SchoolHoliday:
    """Return a holiday of an establishment itself, for whoever may change it.

    Raises:
        Hidden: there is none of that number there.
    """
    require(actor, "holidays.change", establishment)
    holiday = SchoolHoliday.objects.filter(establishment=establishment, pk=pk).first()
    if holiday is None:
        raise Hidden(str(pk))
    return holiday
