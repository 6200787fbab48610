"""What no browser sends is answered with a page that says so, and never with *something went wrong*."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from proviso.web import demo
from tests.cast import Cast, visits

PART = {"clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0", "authenticatorData": "eA", "signature": "eA"}
PASSKEYS = {
    "nested 20,000 deep": "[" * 20_000 + "]" * 20_000,
    "objects 3,000 deep": '{"a":' * 3_000,
    "a number of 5,000 digits": "9" * 5_000,
    "a list": "[]",
    "a word": '"x"',
    "nothing": "null",
    "an empty object": "{}",
    "without its id": '{"id": 1}',
    "of a wrong kind": json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": 5}),
    "with parts that are none": json.dumps({"id": "eA", "rawId": [1], "type": "x", "response": {"clientDataJSON": {}}}),
    "with too little": json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": PART}),
}


@pytest.mark.parametrize("kind", PASSKEYS)
def test_a_passkey_that_is_none_signs_nobody_in(cast: Cast, kind: str) -> None:
    browser = Client()
    browser.get("/account/passkeys/sign-in/", headers={"x-requested-with": "XMLHttpRequest"})
    answer = browser.post("/account/passkeys/sign-in/", {"credential": PASSKEYS[kind]})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/sign-in/")


@pytest.mark.parametrize("kind", PASSKEYS)
def test_a_passkey_that_is_none_is_not_added(cast: Cast, kind: str) -> None:
    browser = visits(cast.teacher)
    browser.get("/account/passkeys/add/")
    answer = browser.post("/account/passkeys/add/", {"name": "Key", "credential": PASSKEYS[kind]})
    assert answer.status_code == 200  # the form again
    assert not cast.teacher.authenticator_set.exists()


@pytest.mark.parametrize(
    "path",
    [
        *("/calendar/a%00b.ics", "/account/with/%00/", "/account/with/%00/back/", "/account/with/a%00/back/?state=x"),
        *("/invitation/%00/", "/account/password/reset/3-%00/", "/schools/%00/", "/oak-lane/clauses/%00/"),
    ],
)
def test_an_address_with_a_null_character_does_not_exist(cast: Cast, path: str) -> None:
    for ask in (Client().get, Client().post):
        assert ask(path).status_code == 404


def test_an_address_to_go_on_to_with_a_null_character_is_not_read(cast: Cast) -> None:
    assert Client().get("/account/sign-in/?next=%00").status_code == 400


@pytest.mark.parametrize("path", ["/lancashire/answer/?q=may+I+befriend+a+pupil%00", "/lancashire/?q=%00"])
def test_a_question_only_loses_its_null_character(db: None, path: str) -> None:
    page = Client().get(path)
    assert page.status_code == 200 and "\0" not in page.text


def test_a_search_with_a_null_character_is_not_made(cast: Cast) -> None:
    assert visits(cast.headteacher).get("/schools/oak-lane/people/?q=a%00").status_code == 400


@pytest.mark.parametrize("login", ["a\0@school.example", "tobias.wrenfield@school.example"])
def test_a_null_character_in_a_form_is_an_error_of_that_form(cast: Cast, login: str) -> None:
    cache.clear()
    assert Client().post("/account/sign-in/", {"login": login, "password": "x\0"}).status_code == 200


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "9" * 19, "9" * 18, "-1", "\0", ""])
def test_nobody_of_the_demonstration_has_such_a_number(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    settings.DEMONSTRATION = True
    monkeypatch.setattr(demo, "is_demonstration", lambda: True)
    assert Client().post("/demo/", {"person": number}).status_code == 404
