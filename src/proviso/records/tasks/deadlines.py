"""Working days: from Monday to Friday, without the bank holidays of the nation and the holidays of the school.

Bank holidays are data of the `holidays` library, whose version is pinned, with our own beside them in
`data/bank_holidays.yaml`; school holidays are entered by each school, or by its trust or authority for all of theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml
from holidays import HolidayBase, country_holidays

from proviso.records.people.models import Establishment
from proviso.records.tasks.models import SchoolHoliday

NATIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
SATURDAY = 5
TERM_BEGINS = 9  # the month in which a school year begins
DAY = timedelta(days=1)


@dataclass(frozen=True)
class OwnDates:
    """Bank holidays of a nation beside those of the library."""

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()


@dataclass(frozen=True)
class WorkingDays:
    """The working days of an establishment; `closed` are stretches of days, both ends included, on which it is shut."""

    nation: str
    closed: tuple[tuple[date, date], ...] = ()
    own: OwnDates = field(default_factory=OwnDates)

    def __contains__(self, day: date) -> bool:
        return (
            day.weekday() < SATURDAY
            and not self.is_bank_holiday(day)
            and not any(first <= day <= last for first, last in self.closed)
        )

    def is_bank_holiday(self, day: date) -> bool:
        """Say whether a day is a bank holiday in the nation, on whichever day of the week."""
        if day in self.own.added:
            return True
        return day in _bank_holidays(self.nation) and day not in self.own.removed

    def next(self, day: date) -> date:
        """Return a day itself if it is a working day, else the first one after it."""
        while day not in self:
            day += DAY
        return day

    def add(self, day: date, count: int) -> date:
        """Return the working day that is so many working days after a day, or before it where the number is negative.

        The day itself does not count; with none to count it is the day, or the first working day after it.
        """
        if count == 0:
            return self.next(day)
        step = DAY if count > 0 else -DAY
        for _each in range(abs(count)):
            day += step
            while day not in self:
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days come after a day, up to and including another; negative where it lies before."""
        if last < first:
            return -self.between(last, first)
        return sum(first + number * DAY in self for number in range(1, (last - first).days + 1))


@lru_cache(maxsize=len(NATIONS))
def _bank_holidays(nation: str) -> HolidayBase:
    return country_holidays("GB", subdiv=NATIONS[nation])


@lru_cache(maxsize=len(NATIONS))
def own_dates(nation: str) -> OwnDates:
    """Return our own dates of a nation, from the file.

    Raises:
        KeyError: an entry that does not say everything that the head of the file asks for.
    """
    file = resources.files("proviso.records.tasks") / "data" / "bank_holidays.yaml"
    return read_own_dates(yaml.safe_load(file.read_text(encoding="utf-8")), nation)


def read_own_dates(entries: dict[str, list[dict[str, Any]]], nation: str) -> OwnDates:
    """Return the dates of a nation among entries as the file has them; errors as `own_dates`."""

    def dates(kind: str) -> frozenset[date]:
        return frozenset(
            entry["on"]
            for entry in entries[kind]
            if entry["name"] and entry["source"] and entry["sure"] in ("A", "B") and nation in entry["nations"]
        )

    return OwnDates(dates("added"), dates("removed"))


def working_days(establishment: Establishment, *, in_term: bool = True) -> WorkingDays:
    """Return the working days of an establishment, in one query; ask it where several dates are worked out.

    Without `in_term` only weekends and bank holidays are left out: what the law gives so many working days for does not
    wait for the end of the holidays. A trust or an authority works in the holidays of its schools.
    """
    closed: Iterable[SchoolHoliday] = school_holidays(establishment) if in_term and establishment.is_school else ()
    nation = establishment.nation
    return WorkingDays(nation, tuple((each.starts_on, each.ends_on) for each in closed), own_dates(nation))


def school_holidays(establishment: Establishment) -> list[SchoolHoliday]:
    """Return the holidays of an establishment: its own, and those of its trust or authority that it does not replace.

    A holiday of its own takes the place of one by the same name in the same school year.
    """
    places = [pk for pk in (establishment.pk, establishment.parent_id) if pk is not None]
    rows = SchoolHoliday.objects.filter(establishment__in=places).select_related("establishment")
    own = [row for row in rows if row.establishment_id == establishment.pk]
    replaced = {_named(row) for row in own}
    above = [row for row in rows if row.establishment_id != establishment.pk and _named(row) not in replaced]
    return sorted([*own, *above], key=lambda row: (row.starts_on, row.pk))


def _named(holiday: SchoolHoliday) -> tuple[str, int]:
    return holiday.name.casefold(), school_year(holiday.starts_on)


def school_year(day: date) -> int:
    """Return the year in which the school year of a day began."""
    return day.year if day.month >= TERM_BEGINS else day.year - 1


def add_working_days(day: date, count: int, establishment: Establishment) -> date:
    """Return the day that is so many working days of an establishment after a day; see `WorkingDays.add`."""
    return working_days(establishment).add(day, count)


def working_days_between(first: date, last: date, establishment: Establishment) -> int:
    """Return how many working days of an establishment come after a day up to another; see `WorkingDays.between`."""
    return working_days(establishment).between(first, last)


def next_working_day(day: date, establishment: Establishment) -> date:
    """Return a day itself if an establishment works then, else the first day after it on which it does."""
    return working_days(establishment).next(day)
