"""Settings that contradict each other, as Django's system checks: `proviso serve` says them when it starts."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.http.request import validate_host

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@register("proviso")
def check_settings(app_configs: Sequence[Any] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Return what an administrator of the machine most likely did not mean."""
    address = urlsplit(settings.SITE_ADDRESS)
    host = address.hostname or ""
    is_public = host not in _THIS_MACHINE
    problems = {
        "proviso.W001": (
            not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS),
            f"the site answers nobody at its own address: add {host} to PROVISO_HOSTS",
        ),
        "proviso.W002": (
            address.scheme == "https" and not settings.HTTPS,
            "PROVISO_ADDRESS begins with https://, but cookies may travel without it: set PROVISO_HTTPS=yes",
        ),
        "proviso.W003": (
            address.scheme == "http" and settings.HTTPS,
            "PROVISO_HTTPS is set, but links in emails begin with http://: write PROVISO_ADDRESS with https://",
        ),
        "proviso.W004": (
            is_public and not settings.EMAIL_HOST,
            "nobody gets emails, which are written into files: set PROVISO_EMAIL",
        ),
        "proviso.W005": (
            is_public and settings.DEBUG,
            "visitors see what went wrong in the program: take PROVISO_DEBUG away",
        ),
        "proviso.W006": (
            is_public and settings.DEMONSTRATION,
            "anybody can be anybody: this is the demonstration, and never for a real school",
        ),
    }
    return [Warning(text, id=name) for name, (is_so, text) in problems.items() if is_so]
