"""What charts draw, and what they say in words."""

from datetime import date

from django.template.loader import render_to_string

from proviso.web.kit.charts import Bar, Bars, Point, TimeLine

LINE = TimeLine(
    "Signed",
    "3 of 4 have signed.",
    [Point(date(2026, 1, 1), 0), Point(date(2026, 1, 6), 1), Point(date(2026, 1, 11), 3), Point(date(2026, 1, 11), 3)],
    4,
    date(2026, 1, 6),
    "Due",
)


def test_a_line_goes_on_level_until_there_are_more() -> None:
    assert LINE.path == "M0 100H50V75H100V25H100"


def test_a_marked_day_stands_where_it_was() -> None:
    assert LINE.mark == "50"
    late = TimeLine("Signed", "", LINE.points, 4, date(2026, 2, 1))
    assert late.mark == ""


def test_a_line_of_one_day_and_nobody_is_drawn_all_the_same() -> None:
    today = Point(date(2026, 1, 1), 0)
    assert TimeLine("Signed", "", [today, today], 0).path == "M0 100H0"


def test_a_line_is_said_in_words_and_as_a_table() -> None:
    page = render_to_string("kit/time_line.html", {"chart": LINE})
    assert 'role="img" aria-label="3 of 4 have signed."' in page
    assert [point.value for point in LINE.rows] == [0, 1, 3]
    assert page.count("<tr") == 4


def test_bars_are_as_long_as_their_share_and_say_it() -> None:
    page = render_to_string("kit/bars.html", {"chart": Bars("By role", [Bar("Teacher", 1, 4, "2 overdue", "/there/")])})
    assert 'width="25%"' in page and 'aria-hidden="true"' in page
    assert "1 of 4 · 2 overdue" in page and 'href="/there/"' in page


def test_nobody_of_nobody_is_no_bar() -> None:
    assert Bar("Governor", 0, 0).percent == 0
