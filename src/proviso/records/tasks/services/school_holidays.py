"""Keep the holidays of a school, or those that a trust or an authority sets for its schools."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.models import Establishment
from proviso.records.tasks.models import SchoolHoliday

LONGEST = timedelta(days=100)


@dataclass(frozen=True)
class HolidayDetails:
    """What a holiday is called, and its first and last day."""

    name: str
    starts_on: date
    ends_on: date


def add_holiday(actor: Actor, establishment: Establishment, details: HolidayDetails, *, now: datetime) -> SchoolHoliday:
    """Add a holiday.

    Raises:
        ValidationError: no name, a last day before the first, more than a hundred days, or one that is entered already.
    """
    with change(actor, "holiday.added", establishment, now) as added:
        name = " ".join(details.name.split())
        holiday = SchoolHoliday(
            establishment=added.record, name=name, starts_on=details.starts_on, ends_on=details.ends_on
        )
        if holiday.ends_on < holiday.starts_on:
            raise ValidationError({"ends_on": _("The last day must not come before the first.")})
        if holiday.ends_on - holiday.starts_on > LONGEST:
            raise ValidationError({"ends_on": _("No holiday is longer than a hundred days: is the year right?")})
        holiday.full_clean()
        added.add(holiday)
        added.details |= _words(holiday)
    return holiday


def remove_holiday(actor: Actor, holiday: SchoolHoliday, *, now: datetime) -> None:
    """Take a holiday away again; the log keeps it."""
    with change(actor, "holiday.removed", holiday, now) as removed:
        removed.details |= _words(removed.record)
        SchoolHoliday.objects.filter(pk=removed.record.pk).delete()


def _words(holiday: SchoolHoliday) -> dict[str, str]:
    return {
        "name": holiday.name,
        "starts_on": holiday.starts_on.isoformat(),
        "ends_on": holiday.ends_on.isoformat(),
    }
