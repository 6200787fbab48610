"""A page with a form, and one that asks first: what they say, keep and refuse."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, visits
from tests.web.kit import views
from tests.web.pages import link, main, words

pytestmark = pytest.mark.urls("tests.web.kit.addresses")
PAINT, BREAK = "/schools/oak-lane/marbles/5/paint/", "/schools/oak-lane/marbles/{}/break/"


@pytest.fixture
def here(cast: Cast) -> Client:
    return visits(cast.headteacher)


def test_a_form_stands_below_its_title_with_a_way_out(here: Client) -> None:
    page = main(here.get(PAINT).text)
    text = words(page)
    assert text.index("Marble 005") < text.index("Paint a marble") < text.index("takes a day") < text.index("Colour")
    assert link(page, "Cancel") == "/schools/oak-lane/marbles/5/"
    assert 'type="hidden" name="edition" value="7"' in page
    assert "There is a problem" not in page


def test_a_form_that_was_sent_empty_says_what_is_missing_and_does_nothing(here: Client) -> None:
    page = here.post(PAINT)
    assert page.status_code == 400
    assert "Error: Paint a marble" in words(re.findall(r"<title>.*?</title>", page.text, re.S)[0])
    assert link(main(page.text), "Enter a colour.") == "#id_colour"


@pytest.mark.parametrize(
    ("colour", "refusal", "beside"),
    [("clear", "Nobody can see that.", True), ("gold", "Gold costs too much.", False), ("black", "is dry.", False)],
)
def test_what_a_service_refuses_stands_beside_its_field_and_what_was_typed_stays(
    here: Client, colour: str, refusal: str, beside: bool
) -> None:
    page = here.post(PAINT, {"colour": colour, "edition": "7"})
    assert page.status_code == 400
    assert words(main(page.text)).count(refusal) == (2 if beside else 1)
    assert f'value="{colour}"' in page.text


def test_what_was_done_is_said_on_the_page_that_follows(here: Client) -> None:
    page = here.post(PAINT, {"colour": "green", "edition": "7"}, follow=True)
    assert page.redirect_chain == [("/schools/oak-lane/marbles/5/", 302)]
    assert "It is painted." in page.text


def test_what_cannot_be_undone_is_asked_first(here: Client) -> None:
    views.broken.clear()
    page = here.get(BREAK.format(1))
    assert "Nobody can mend it." in page.text and "govuk-button--warning" in page.text
    assert views.broken == []
    assert here.post(BREAK.format(1)).status_code == 302
    assert views.broken == [1]


def test_what_cannot_be_done_is_said_without_a_button_and_a_late_refusal_above_it(here: Client) -> None:
    refused = main(here.get(BREAK.format(2)).text)
    assert "This one does not break." in refused and "<button" not in refused
    late = here.post(BREAK.format(3))
    assert late.status_code == 400 and "Somebody holds it." in late.text
