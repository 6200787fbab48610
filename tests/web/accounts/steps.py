"""What people do to sign in, for the tests of it."""

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from proviso.records.people.models import Person
from tests.cast import PASSWORD

Got = Any  # the test client's answer


def sign_in(browser: Client, person: Person, password: str = PASSWORD, **more: str) -> Got:
    return browser.post("/account/sign-in/", {"login": person.email or "", "password": password, **more})


def code_for(secret: str) -> str:
    """Return what an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def set_up_app(browser: Client, **more: str) -> str:
    """Set up an authenticator app and return its secret."""
    secret: str = browser.get("/account/second-step/app/").context["form"].secret
    done = browser.post("/account/second-step/app/", {"code": code_for(secret), **more})
    assert done.status_code == 302, done.text
    return secret
