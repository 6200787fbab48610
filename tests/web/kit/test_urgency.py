"""How urgent something is, in words."""

from datetime import date

import pytest

from proviso.web.kit.urgency import urgency_of

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due_on", "word"),
    [
        (date(2026, 11, 28), ""),
        (date(2026, 11, 27), "Due soon"),
        (date(2026, 11, 21), "Due soon"),
        (date(2026, 11, 20), "Due today"),
        (date(2026, 11, 19), "Overdue"),
        (date(2026, 10, 21), "Overdue"),
        (date(2026, 10, 20), "Long overdue"),
        (date(2024, 11, 20), "Long overdue"),
    ],
)
def test_a_day_late_and_two_years_late_do_not_look_alike(due_on: date, word: str) -> None:
    urgency = urgency_of(due_on, TODAY)
    assert (urgency.word if urgency else "") == word


def test_a_review_is_called_one() -> None:
    urgency = urgency_of(date(2026, 11, 1), TODAY)
    assert urgency is not None and urgency.review_word == "Review overdue"


def test_what_has_no_day_is_not_urgent() -> None:
    assert urgency_of(None, TODAY) is None
