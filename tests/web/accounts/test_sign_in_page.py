"""Whose name and colour the pages about signing in bear, before anybody is known."""

import pytest
from django.test import Client

from proviso.records.people.models import Establishment
from tests.cast import Cast
from tests.web.pages import main, words

SIGN_IN = "/account/sign-in/"


@pytest.mark.parametrize("asked", ["?at=oak-lane", "?next=/schools/oak-lane/sign/"])
def test_signing_in_from_a_school_or_towards_it_bears_its_name_and_colour(cast: Cast, asked: str) -> None:
    Establishment.objects.filter(pk=cast.school.pk).update(colour="#7a1f3d")
    page = Client().get(f"{SIGN_IN}{asked}").text
    assert "Oak Lane Primary School Sign in" in words(main(page))
    assert "/schools/oak-lane/colours.css?7a1f3d" in page


@pytest.mark.parametrize("asked", ["", "?at=nowhere", "?at=../my", "?next=//[evil", "?next=/my/"])
def test_where_no_school_is_meant_none_is_named(cast: Cast, asked: str) -> None:
    answer = Client().get(f"{SIGN_IN}{asked}")
    assert answer.status_code == 200
    assert words(main(answer.text)).startswith("Sign in")


def test_a_wrong_password_keeps_the_school(cast: Cast) -> None:
    wrong = Client().post(f"{SIGN_IN}?at=oak-lane", {"login": "tobias.wrenfield@school.example", "password": "no"})
    assert "Oak Lane Primary School Sign in" in words(main(wrong.text))


def test_the_bar_of_a_school_leads_to_a_sign_in_that_knows_it(cast: Cast) -> None:
    assert f'href="{SIGN_IN}?at=oak-lane"' in Client().get(f"{SIGN_IN}?at=oak-lane").text
