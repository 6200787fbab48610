"""Whose word counts about where a request came from: that of the proxies which the setting names, and nobody else's."""

from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network
# A proxy that is trusted sets these itself; from anybody else they are only a claim.
CLAIMS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


class TrustedProxies:
    """Middleware, the first: `REMOTE_ADDR` becomes the visitor's own address, and claims of strangers are dropped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        if is_proxy(peer, settings.PROXIES):
            request.META["REMOTE_ADDR"] = client_address(request.META, settings.PROXIES)
        else:
            for name in CLAIMS:
                request.META.pop(name, None)
        return self.get_response(request)


def client_address(environ: Mapping[str, Any], proxies: Sequence[Network]) -> str:
    """Return the address from which somebody asks: the last one in the chain that is no proxy of ours.

    Each proxy adds to the end of `X-Forwarded-For` whom it heard, so what stands further in front may be invented.
    """
    address = str(environ.get("REMOTE_ADDR", ""))
    chain = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    while chain and is_proxy(address, proxies):
        before = _address(chain.pop())
        if before is None:  # no address at all: the proxy is the last that is known
            break
        address = str(before)
    return address


def is_proxy(address: str, proxies: Sequence[Network]) -> bool:
    parsed = _address(address)
    return parsed is not None and any(parsed in network for network in proxies)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
