"""Who asks, behind a proxy: its word counts where the setting names it, and a stranger's word does not."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from proviso.web.environment import networks
from proviso.web.proxies import TrustedProxies


def seen(peer: str, **headers: str) -> HttpRequest:
    """Return a request as pages see it."""
    request = HttpRequest()
    request.META.update(REMOTE_ADDR=peer, SERVER_NAME="testserver", SERVER_PORT="80", **headers)
    TrustedProxies(lambda _request: HttpResponse())(request)
    return request


@pytest.fixture
def proxies(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISO_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")
    settings.PROXIES = networks("PROVISO_PROXIES", "")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("peer", "chain", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was invented by the visitor
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.2.3.4", "203.0.113.9"),  # two proxies, one behind the other
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("192.0.2.4", "203.0.113.9", "192.0.2.4"),
    ],
)
def test_a_visitor_is_known_by_the_last_address_that_is_no_proxy(
    proxies: None, peer: str, chain: str, address: str
) -> None:
    assert seen(peer, HTTP_X_FORWARDED_FOR=chain).META["REMOTE_ADDR"] == address


def test_only_a_proxy_is_believed_that_a_visitor_came_by_https(proxies: None) -> None:
    assert seen("10.9.9.9", HTTP_X_FORWARDED_PROTO="https").is_secure()
    assert not seen("192.0.2.4", HTTP_X_FORWARDED_PROTO="https").is_secure()


@pytest.mark.parametrize("text", ["proxy.school.example", "10.0.0.0/99", "10.0.0.1/8", ",10.0.0.1"])
def test_what_is_no_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PROVISO_PROXIES", text)
    with pytest.raises(ImproperlyConfigured, match="PROVISO_PROXIES: .*write addresses or networks"):
        networks("PROVISO_PROXIES", "127.0.0.1")
