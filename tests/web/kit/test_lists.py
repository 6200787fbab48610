"""A list as somebody searches, filters, sorts, turns its pages and takes it home."""

import csv
import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.cast import Cast, visits
from tests.web.pages import link, main, read, words

pytestmark = pytest.mark.urls("tests.web.kit.addresses")
MARBLES = "/schools/oak-lane/marbles/"


@pytest.fixture
def here(cast: Cast) -> Client:
    return visits(cast.headteacher)


def heads(page: str) -> dict[str, str | None]:
    """Return what each head of a table says about its order."""
    return {
        words(text): (re.search(r'aria-sort="(\w+)"', attributes) or [None, None])[1]
        for attributes, text in re.findall(r"<th scope=\"col\"([^>]*)>(.*?)</th>", page, re.S)
    }


def file(client: Client, address: str) -> list[list[str]]:
    sent = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(sent)))


def test_a_list_says_how_many_there_are_and_shows_the_first_of_them(here: Client) -> None:
    page = read(here, MARBLES)
    assert "120 marbles" in page
    assert "Marble 050" in page and "Marble 051" not in page


def test_what_is_in_a_row_is_escaped(here: Client) -> None:
    assert "&lt;b&gt;red&lt;/b&gt;" in here.get(MARBLES).text


def test_a_list_is_narrowed_by_words_and_filters_and_its_boxes_keep_them(here: Client) -> None:
    page = here.get(MARBLES + "?find=marble+00&colour=blue")
    assert "3 marbles" in read(here, MARBLES + "?find=marble+00&colour=blue")
    assert 'value="marble 00"' in page.text
    assert re.search(r'<option value="blue" selected', page.text)


def test_pages_and_files_and_order_keep_the_filter(here: Client) -> None:
    page = main(here.get(MARBLES + "?colour=red&find=marble").text)
    assert link(page, "Next") == "?find=marble&colour=red&page=2"
    assert link(page, "Name") == "?find=marble&colour=red&sort=name"
    assert link(page, "CSV") == "?find=marble&colour=red&format=csv"


def test_a_head_sorts_one_way_and_then_the_other_and_says_which(here: Client) -> None:
    before, up = here.get(MARBLES).text, here.get(MARBLES + "?sort=name").text
    down = here.get(MARBLES + "?sort=-name").text
    assert heads(before) == {"Name": "none", "Colour": None}
    assert [*heads(up).values()] == ["ascending", None] and [*heads(down).values()] == ["descending", None]
    assert link(main(up), "Name") == "?sort=-name"
    assert words(main(down)).index("Marble 120") < words(main(down)).index("Marble 119")


def test_the_database_sorts_what_is_its_own(here: Client) -> None:
    first = read(here, MARBLES + "few/?sort=name")
    last = read(here, MARBLES + "few/?sort=-name")
    assert "Dunstan Applewhite" in first and "Tobias Wrenfield" in last
    assert 'aria-sort="ascending"' in here.get(MARBLES + "few/").text


@pytest.mark.parametrize(
    "asked",
    [
        *("?page=0", "?page=-3", "?page=x", "?page=99999999999999999999999", "?page=%07"),
        *("?sort=nothing", "?sort=-", "?sort=--name", "?colour=green", "?colour=%07", "?find=%07", "?find=%F0%9F"),
        *("?format=exe", "?format=", "?anything=goes", "?find=" + "x" * 5000, "?page=2&page=3"),
    ],
)
def test_what_a_list_does_not_know_is_passed_over(here: Client, asked: str) -> None:
    assert here.get(MARBLES + asked).status_code == 200
    assert here.get(MARBLES + "few/" + asked).status_code == 200


def test_what_is_not_found_is_said_with_a_way_back(here: Client) -> None:
    page = here.get(MARBLES + "?find=glass")
    assert "No marble is called so." in page.text
    assert link(main(page.text), "Show all") == "?"


def test_a_list_with_nothing_in_it_says_what_to_do_next(here: Client) -> None:
    page = main(here.get(MARBLES + "none/").text)
    assert "No marbles yet." in page and link(page, "Buy some") == "/buy/"
    assert "CSV" not in page and "<table" not in page


def test_the_file_has_all_rows_that_the_filter_leaves_and_tricks_no_spreadsheet(here: Client) -> None:
    answer = here.get(MARBLES + "?format=csv")
    rows = file(here, MARBLES + "?format=csv")
    assert rows[0] == ["Name", "Colour", "Number"]
    assert rows[1] == ["'=1+1", "<b>red</b>", "1"]
    assert len(rows) == 121
    assert len(file(here, MARBLES + "?format=csv&colour=blue&page=2")) == 41
    assert answer.headers["Content-Disposition"] == 'attachment; filename="marbles.csv"'


def test_the_same_rows_are_a_workbook_in_which_numbers_are_numbers(here: Client) -> None:
    answer = here.get(MARBLES + "?format=xlsx&colour=blue")
    book = load_workbook(io.BytesIO(answer.getvalue()))
    rows = [*book.worksheets[0].iter_rows(values_only=True)]
    assert rows[0] == ("Name", "Colour", "Number") and rows[1] == ("Marble 003", "blue", 3)
    assert len(rows) == 41
    assert answer.headers["Content-Disposition"] == 'attachment; filename="marbles.xlsx"'


def test_a_cell_with_several_things_has_a_line_for_each(here: Client) -> None:
    assert "one<br>two" in here.get(MARBLES + "few/").text


def test_whoever_may_not_see_a_list_gets_no_file_of_it_either(cast: Cast) -> None:
    for asked in ("", "?format=csv"):
        assert visits(cast.teacher).get(MARBLES + asked).status_code == 403
        assert visits(cast.outsider).get(MARBLES + asked).status_code == 404
