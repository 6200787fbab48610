"""Which pages anybody may see: they are listed here by name, and every other asks to sign in."""

import pytest
from django.test import Client

from tests.routes import ROUTES, Route

PUBLIC = {
    # what every visitor may read and ask
    *("public:home", "public:about", "public:accessibility", "set_language"),
    *("public:ask", "public:answer", "public:steps", "public:check"),
    *("public:policy", "public:clause", "public:policy_pdf", "public:compare", "public:review"),
    "public:own_policy",
    *("public:person", "public:pass_on", "public:opinion"),
    # whoever shares a concern, or holds its receipt
    *("concerns:share_public", "concerns:receipt"),
    # whoever has its secret address
    "dashboards:calendar",
    # the words of a consent form, and whoever has a private link with its code
    *("registers:consent_form", "registers:consent_link", "registers:consent_withdraw"),
    # only lead on, to pages that ask
    *("old_address", "old_address_of_an_establishment"),
    # a school's crest and colours
    *("dashboards:crest", "dashboards:colours"),
    # nothing outside the demonstration
    *("demonstration", "look"),
    # the way in
    *("account_login", "account_logout", "account_inactive", "invitation"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_login_webauthn"),
    *("openid_connect_login", "openid_connect_callback"),
    *("socialaccount_login_cancelled", "socialaccount_login_error"),
}


def test_every_route_has_a_name() -> None:
    assert [route.pattern for route in ROUTES if not route.name] == []


def test_the_public_routes_are_those_of_the_list() -> None:
    # What Django's middleware reads: a view is closed unless it says that it is open.
    assert {route.name for route in ROUTES if not getattr(route.view, "login_required", True)} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in ROUTES if route.name not in PUBLIC], ids=lambda route: route.name)
def test_every_other_route_asks_a_visitor_to_sign_in(route: Route) -> None:
    answer = Client().get(route.address())
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.django_db
def test_signing_in_with_one_click_exists_in_the_demonstration_alone() -> None:
    assert Client().get("/demo/").status_code == 404
    assert Client().post("/demo/", {"person": "1"}).status_code == 404
