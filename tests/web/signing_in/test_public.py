"""Which pages anybody may see: they are listed here by name, and every other asks to sign in."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    # what every visitor may read and ask
    *("home", "about", "accessibility", "set_language"),
    *("ask", "answer", "steps", "check", "policy", "clause"),
    # the way in
    *("account_login", "account_logout", "account_inactive", "invitation"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_login_webauthn"),
    *("openid_connect_login", "openid_connect_callback"),
    *("socialaccount_login_cancelled", "socialaccount_login_error"),
}


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        else:
            yield one


ROUTES = list(routes(get_resolver().url_patterns))


def test_every_route_has_a_name() -> None:
    assert [str(one.pattern) for one in ROUTES if not one.name] == []


def test_the_public_routes_are_those_of_the_list() -> None:
    # What Django's middleware reads: a view is closed unless it says that it is open.
    assert {one.name for one in ROUTES if not getattr(one.callback, "login_required", True)} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("route", [one for one in ROUTES if one.name not in PUBLIC], ids=lambda one: one.name)
def test_every_other_route_asks_a_visitor_to_sign_in(route: URLPattern) -> None:
    arguments = dict.fromkeys(route.pattern.converters, "1")
    address = str(route.pattern)
    for name, value in arguments.items():
        kind = next(part for part in ("int", "str", "slug") if f"<{part}:{name}>" in address)
        address = address.replace(f"<{kind}:{name}>", value)
    answer = Client().get(f"/{address}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/sign-in/?next=")
