"""The OpenID Connect providers that a school sets from outside. Settings read this: nothing here knows a model."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MICROSOFT, GOOGLE = "https://login.microsoftonline.com", "https://accounts.google.com"


def configured() -> list[dict[str, Any]]:
    """Return the providers as the sign-in library wants them; none, where none is set.

    Raises:
        ImproperlyConfigured: a provider of which only a part is set.
    """
    return [app for app in (_microsoft(), _google(), _other()) if app]


def origins() -> list[str]:
    """Return where a sign-in form may lead besides this site itself."""
    addresses = {urlsplit(app["settings"]["server_url"]) for app in configured()}
    return sorted(f"{parts.scheme}://{parts.netloc}" for parts in addresses)


def is_safe(address: str) -> bool:
    """Say whether nobody can listen or answer in between: HTTPS, or this very machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return here or bool(parts.scheme == "https" and parts.hostname)


def _microsoft() -> dict[str, Any] | None:
    values = _read("PROVISO_MICROSOFT_TENANT", "PROVISO_MICROSOFT_CLIENT", "PROVISO_MICROSOFT_SECRET")
    if not values:
        return None
    tenant, client, secret = values
    if tenant in {"common", "organizations", "consumers"}:
        # In a tenant of many, anybody's administrator could claim any address.
        raise ImproperlyConfigured("PROVISO_MICROSOFT_TENANT must be your own tenant's id, not a shared one")
    # Microsoft does not say whether an address is verified; in the school's own tenant its administrator gives it.
    return _app("microsoft", "Microsoft", client, secret, server_url=f"{MICROSOFT}/{tenant}/v2.0", trusted=True)


def _google() -> dict[str, Any] | None:
    values = _read("PROVISO_GOOGLE_CLIENT", "PROVISO_GOOGLE_SECRET")
    return _app("google", "Google", *values, server_url=GOOGLE) if values else None


def _other() -> dict[str, Any] | None:
    values = _read("PROVISO_OIDC_URL", "PROVISO_OIDC_CLIENT", "PROVISO_OIDC_SECRET")
    if not values:
        return None
    url, client, secret = values
    if not is_safe(url):
        raise ImproperlyConfigured(f"PROVISO_OIDC_URL is {url!r}: write it as https://sign-in.school.example")
    name = os.environ.get("PROVISO_OIDC_NAME", "").strip() or urlsplit(url).hostname or ""
    return _app("school", name, client, secret, server_url=url)


def _app(id: str, name: str, client: str, secret: str, **settings: Any) -> dict[str, Any]:
    return {"provider_id": id, "name": name, "client_id": client, "secret": secret, "settings": settings}


def _read(*names: str) -> list[str] | None:
    values = [os.environ.get(name, "").strip() for name in names]
    if any(values) and not all(values):
        missing = ", ".join(name for name, value in zip(names, values, strict=True) if not value)
        raise ImproperlyConfigured(f"{missing} is missing: set all of {', '.join(names)} or none")
    return values if all(values) else None
