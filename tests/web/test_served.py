"""The site as it is really served: a granian process of its own, outside DEBUG, with a new data folder."""

import http.client
import re

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
    assert "GDS Transport" not in style
    fonts = re.findall(r"url\(\"?([^\")]*)", style)
    assert fonts == ["atkinson-hyperlegible-next-400.woff2", "atkinson-hyperlegible-next-700.woff2"]
    served = [fetch(port, f"/static/proviso/build/{name}") for name in fonts]
    assert sum(len(font.read()) for font in served) < 60_000
    assert all("immutable" in font.headers["Cache-Control"] for font in served)
