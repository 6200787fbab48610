"""The site as it is really served: a granian process of its own, outside DEBUG, with a new data folder."""

import http.client

import pytest

from tests.served import Site


@pytest.fixture
def port(site: Site) -> int:
    return site.port


def fetch(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_the_home_page_is_served(port: int) -> None:
    answer = fetch(port, "/")
    assert answer.status == 200
    assert "What does our policy say?" in answer.read().decode()


def test_a_page_that_is_not_there_gets_our_own_error_page(port: int) -> None:
    answer = fetch(port, "/nowhere/")
    assert answer.status == 404
    assert "Page not found" in answer.read().decode()


@pytest.mark.parametrize("name", ["build/main.css", "build/start.js", "build/govuk-frontend.min.js", "icon.svg"])
def test_styles_and_scripts_are_served_without_collecting_them(port: int, name: str) -> None:
    assert fetch(port, f"/static/proviso/{name}").status == 200


def test_the_style_sheet_is_small_on_the_wire_and_carries_nothing_of_gov_uk(port: int) -> None:
    packed = fetch(port, "/static/proviso/build/main.css", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.read()) < 25_000
    style = fetch(port, "/static/proviso/build/main.css").read().decode()
    assert "@font-face" not in style and "url(" not in style and "GDS Transport" not in style
