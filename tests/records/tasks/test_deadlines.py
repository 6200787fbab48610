"""Working days, with bank holidays written down by hand from the government's list, and school holidays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, Refused
from proviso.records.tasks.deadlines import (
    OwnDates,
    WorkingDays,
    add_working_days,
    next_working_day,
    own_dates,
    read_own_dates,
    school_holidays,
    working_days,
    working_days_between,
)
from proviso.records.tasks.models import SchoolHoliday
from proviso.records.tasks.services.school_holidays import HolidayDetails, add_holiday, remove_holiday
from tests.cast import Cast
from tests.clock import NOW
from tests.records.policies.life import acting

DAY = timedelta(days=1)
ENGLAND_AND_WALES = {
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
}
SCOTLAND = {
    2025: ["01-01", "01-02", "04-18", "05-05", "05-26", "08-04", "12-01", "12-25", "12-26"],
    2026: ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"],
    2027: ["01-01", "01-04", "03-26", "05-03", "05-31", "08-02", "11-30", "12-27", "12-28"],
}
NORTHERN_IRELAND = {
    2025: ["01-01", "03-17", "04-18", "04-21", "05-05", "05-26", "07-14", "08-25", "12-25", "12-26"],
    2026: ["01-01", "03-17", "04-03", "04-06", "05-04", "05-25", "07-13", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-17", "03-26", "03-29", "05-03", "05-31", "07-12", "08-30", "12-27", "12-28"],
}


@pytest.mark.parametrize("year", [2025, 2026, 2027])
@pytest.mark.parametrize(
    ("nation", "expected"),
    [
        ("England", ENGLAND_AND_WALES),
        ("Wales", ENGLAND_AND_WALES),
        ("Scotland", SCOTLAND),
        ("Northern Ireland", NORTHERN_IRELAND),
    ],
)
def test_bank_holidays_on_weekdays_are_those_of_the_governments_list(
    nation: str, expected: dict[int, list[str]], year: int
) -> None:
    days = [date(year, 1, 1) + number * DAY for number in range(365)]
    calendar = WorkingDays(nation)
    closed = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and day not in calendar]
    assert closed == expected[year]


CASES = [
    # day, working days to add, the day that comes out (England)
    (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a Friday
    (date(2026, 11, 21), 1, date(2026, 11, 23)),  # a Saturday
    (date(2026, 4, 1), 3, date(2026, 4, 8)),  # over Easter
    (date(2026, 12, 23), 2, date(2026, 12, 29)),  # over Christmas, Boxing Day on a Monday instead
    (date(2027, 12, 24), 1, date(2027, 12, 29)),  # both days of Christmas instead
    (date(2026, 11, 23), -1, date(2026, 11, 20)),
    (date(2026, 4, 7), -1, date(2026, 4, 2)),
    (date(2026, 11, 21), 0, date(2026, 11, 23)),
    (date(2026, 11, 20), 0, date(2026, 11, 20)),
    (date(2026, 11, 2), 20, date(2026, 11, 30)),
]


@pytest.mark.parametrize(("day", "count", "expected"), CASES)
def test_working_days_are_counted_from_the_day_after(day: date, count: int, expected: date) -> None:
    assert WorkingDays("England").add(day, count) == expected


DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingDays:
    """Working days of any nation, with a few holidays of a school."""
    stretches = draw(st.lists(st.tuples(DATES, st.integers(0, 60)), max_size=4))
    closed = tuple((first, first + length * DAY) for first, length in stretches)
    return WorkingDays(draw(st.sampled_from(["England", "Wales", "Scotland", "Northern Ireland"])), closed)


@given(calendars(), DATES, st.integers(1, 60))
def test_what_was_added_lies_so_many_working_days_ahead(calendar: WorkingDays, day: date, count: int) -> None:
    last = calendar.add(day, count)
    assert last in calendar and last > day
    assert calendar.between(day, last) == count
    assert calendar.between(last, day) == -count


@given(calendars(), DATES, st.integers(1, 60))
def test_there_and_back_is_where_one_began(calendar: WorkingDays, day: date, count: int) -> None:
    begun = calendar.next(day)
    assert calendar.add(calendar.add(begun, count), -count) == begun


@given(calendars(), DATES, st.integers(0, 30), st.integers(0, 30))
def test_adding_twice_is_adding_the_sum(calendar: WorkingDays, day: date, first: int, second: int) -> None:
    begun = calendar.next(day)
    assert calendar.add(calendar.add(begun, first), second) == calendar.add(begun, first + second)


@given(calendars(), DATES)
def test_the_next_working_day_is_the_first(calendar: WorkingDays, day: date) -> None:
    following = calendar.next(day)
    assert following in calendar and following >= day
    assert not [n for n in range((following - day).days) if day + n * DAY in calendar]


def test_days_of_our_own_count_until_the_library_has_them() -> None:
    entry = {"on": date(2027, 5, 10), "name": "x", "nations": ["England"], "source": "x", "sure": "A"}
    away = {**entry, "on": date(2027, 5, 3), "nations": ["England", "Wales"]}
    file = {"added": [entry], "removed": [away]}
    england = WorkingDays("England", own=read_own_dates(file, "England"))
    assert date(2027, 5, 10) not in england and date(2027, 5, 3) in england
    assert read_own_dates(file, "Wales") == OwnDates(removed=frozenset([date(2027, 5, 3)]))
    with pytest.raises(KeyError):
        read_own_dates({"added": [{"on": date(2027, 5, 10)}], "removed": []}, "England")
    assert isinstance(own_dates("England"), OwnDates)


def holiday(establishment: Establishment, name: str, starts_on: date, ends_on: date) -> SchoolHoliday:
    return SchoolHoliday.objects.create(establishment=establishment, name=name, starts_on=starts_on, ends_on=ends_on)


@pytest.fixture
def autumn(cast: Cast) -> Cast:
    """The trust's half term in October 2026, which Oak Lane has a week later."""
    holiday(cast.trust, "Autumn half term", date(2026, 10, 26), date(2026, 10, 30))
    holiday(cast.trust, "Christmas", date(2026, 12, 21), date(2027, 1, 1))
    holiday(cast.school, "autumn half term", date(2026, 11, 2), date(2026, 11, 6))
    return cast


def test_a_school_has_the_holidays_of_its_trust_but_for_those_of_its_own(autumn: Cast) -> None:
    establishment = Establishment.objects.get(pk=autumn.school.pk)
    assert [(each.name, each.starts_on.isoformat()) for each in school_holidays(establishment)] == [
        ("autumn half term", "2026-11-02"),
        ("Christmas", "2026-12-21"),
    ]
    friday = date(2026, 10, 23)
    assert add_working_days(friday, 1, establishment) == date(2026, 10, 26)
    assert add_working_days(friday, 6, establishment) == date(2026, 11, 9)
    assert add_working_days(friday, 1, autumn.sister) == date(2026, 11, 2)
    assert add_working_days(friday, 1, autumn.elsewhere) == date(2026, 10, 26)
    assert next_working_day(date(2026, 12, 19), establishment) == date(2027, 1, 4)
    assert working_days_between(date(2026, 12, 18), date(2027, 1, 5), establishment) == 2


def test_the_trust_itself_works_in_the_holidays_of_its_schools(autumn: Cast) -> None:
    assert next_working_day(date(2026, 10, 26), autumn.trust) == date(2026, 10, 26)


def test_what_the_law_gives_working_days_for_does_not_wait_for_the_holidays(autumn: Cast) -> None:
    calendar = working_days(autumn.sister, in_term=False)
    assert calendar.next(date(2026, 10, 26)) == date(2026, 10, 26)
    assert calendar.next(date(2026, 12, 25)) == date(2026, 12, 29)


SUMMER = HolidayDetails("Summer  holidays", date(2027, 7, 22), date(2027, 9, 1))


def test_a_holiday_is_entered_by_whoever_runs_the_place_and_taken_away_again(cast: Cast) -> None:
    entered = add_holiday(acting(cast.headteacher), cast.school, SUMMER, now=NOW)
    assert entered.name == "Summer holidays"
    add_holiday(acting(cast.executive), cast.trust, SUMMER, now=NOW)
    remove_holiday(acting(cast.administrator), entered, now=NOW)
    assert SchoolHoliday.objects.get().establishment == cast.trust


def test_others_enter_no_holidays(cast: Cast) -> None:
    for person, refusal in ((cast.teacher, Refused), (cast.outsider, Hidden)):
        with pytest.raises(refusal):
            add_holiday(acting(person), cast.school, SUMMER, now=NOW)


@pytest.mark.parametrize(
    "details",
    [
        HolidayDetails(" ", date(2027, 7, 22), date(2027, 9, 1)),
        HolidayDetails("Summer", date(2027, 7, 22), date(2027, 7, 21)),
        HolidayDetails("Summer", date(2027, 7, 22), date(2028, 7, 22)),
    ],
)
def test_a_holiday_that_cannot_be_is_refused(cast: Cast, details: HolidayDetails) -> None:
    with pytest.raises(ValidationError):
        add_holiday(acting(cast.headteacher), cast.school, details, now=NOW)
    assert not SchoolHoliday.objects.exists()


def test_the_same_holiday_is_entered_once(cast: Cast) -> None:
    add_holiday(acting(cast.headteacher), cast.school, SUMMER, now=NOW)
    with pytest.raises(ValidationError):
        add_holiday(acting(cast.headteacher), cast.school, SUMMER, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        holiday(cast.school, "x", date(2027, 2, 2), date(2027, 2, 1))
