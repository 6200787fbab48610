"""Signing in with the school's own account, at a real provider in a process of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from proviso.records.people.models import Person, Role
from proviso.web.accounts import providers
from tests import oidc
from tests.cast import Cast
from tests.web.pages import main, words

Got = Any  # the test client's answer


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oidc.running(tmp_path_factory.mktemp("oidc")) as address:
        yield address


@pytest.fixture
def offered(provider: str, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> str:
    monkeypatch.setenv("PROVISO_OIDC_URL", provider)
    monkeypatch.setenv("PROVISO_OIDC_CLIENT", oidc.CLIENT)
    monkeypatch.setenv("PROVISO_OIDC_SECRET", oidc.SECRET)
    monkeypatch.setenv("PROVISO_OIDC_NAME", "Harbour accounts")
    kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**kept, "APPS": providers.configured()}}
    return provider


def goes_there(browser: Client, **who: str) -> Got:
    """Press the button, say who one is at the provider, and come back."""
    sent = browser.post("/account/with/school/")
    assert sent.status_code == 302
    return browser.get(oidc.consent(sent.headers["Location"], **who))


def read(page: HttpResponse) -> str:
    return words(main(page.text))


def test_somebody_known_by_a_verified_address_is_signed_in(cast: Cast, offered: str) -> None:
    browser = Client()
    assert "Sign in with Harbour accounts" in browser.get("/account/sign-in/").text
    back = goes_there(browser, **{"as": "Tobias.Wrenfield@school.example"})
    assert (back.status_code, back.headers["Location"]) == (302, "/my/")
    assert "Tobias Wrenfield" in browser.get("/account/").text


def test_nobody_is_made_and_nothing_of_the_provider_is_kept(cast: Cast, offered: str) -> None:
    before = Person.objects.count()
    goes_there(Client(), **{"as": cast.teacher.email or ""})
    page = goes_there(Client(), **{"as": "stranger@school.example"})
    assert page.status_code == 403
    assert "nobody here has that email address" in read(page)
    assert Person.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_an_address_that_the_provider_has_not_verified_opens_nothing(cast: Cast, offered: str) -> None:
    browser = Client()
    page = goes_there(browser, **{"as": cast.teacher.email or "", "verified": "no"})
    assert page.status_code == 403
    assert browser.get("/account/").status_code == 302


@pytest.mark.parametrize("wrong", ["signature", "nonce", "no-nonce", "subject", "audience", "no-token"])
def test_an_answer_that_is_not_sound_opens_nothing(cast: Cast, offered: str, wrong: str) -> None:
    browser = Client()
    page = goes_there(browser, **{"as": cast.teacher.email or "", "wrong": wrong})
    assert "We could not sign you in that way" in page.text
    assert browser.get("/account/").status_code == 302


def test_a_provider_with_addresses_that_others_can_listen_to_is_not_asked(
    cast: Cast, offered: str, settings: Settings
) -> None:
    [app] = providers.configured()
    app["settings"]["openid_configuration_overrides"] = {"token_endpoint": "http://provider.example/token"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    page = Client().post("/account/with/school/")
    assert "We could not sign you in that way" in page.text


def test_somebody_whose_role_ended_is_not_let_in(cast: Cast, offered: str) -> None:
    page = goes_there(Client(), **{"as": cast.leaver.email or ""})
    assert page.status_code == 403
    assert "You hold no role today" in read(page)


def test_a_headteacher_still_needs_a_second_step(cast: Cast, offered: str) -> None:
    browser = Client()
    goes_there(browser, **{"as": cast.headteacher.email or ""})
    assert browser.get("/schools/oak-lane/people/").headers["Location"].startswith("/account/second-step/")


def test_a_stranger_cannot_be_tied_to_an_account_that_is_open(cast: Cast, offered: str) -> None:
    browser = Client()
    browser.force_login(cast.teacher, backend="proviso.web.accounts.adapters.PasswordBackend")
    sent = browser.post("/account/with/school/?process=connect")
    page = browser.get(oidc.consent(sent.headers["Location"], **{"as": "stranger@school.example"}))
    assert page.status_code == 403
    assert not SocialAccount.objects.exists()


def test_saying_no_at_the_provider_leads_to_a_plain_page(cast: Cast, offered: str) -> None:
    page = goes_there(Client(), **{"as": "nobody"})
    browser = Client()
    if page.status_code == 302:
        page = browser.get(page.headers["Location"])
    assert "Signing in was stopped" in page.text


def test_a_reply_that_nobody_asked_for_is_not_taken(cast: Cast, offered: str) -> None:
    page = Client().get("/account/with/school/back/?code=abc&state=made-up")
    assert "We could not sign you in that way" in page.text


def test_a_provider_that_is_away_leads_to_a_plain_page(
    cast: Cast, offered: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("PROVISO_OIDC_URL", "http://127.0.0.1:9")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers.configured(), "OAUTH_PKCE_ENABLED": True}}
    page = Client().post("/account/with/school/")
    assert "We could not sign you in that way" in page.text


def test_a_role_that_ends_ends_what_a_session_may_do(cast: Cast, offered: str) -> None:
    browser = Client()
    goes_there(browser, **{"as": cast.teacher.email or ""})
    assert browser.get("/schools/oak-lane/").status_code == 200
    Role.objects.filter(person=cast.teacher).update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert browser.get("/schools/oak-lane/").status_code == 404


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"PROVISO_GOOGLE_CLIENT": "x"}, "PROVISO_GOOGLE_SECRET is missing"),
        ({"PROVISO_MICROSOFT_TENANT": "t", "PROVISO_MICROSOFT_CLIENT": "x"}, "PROVISO_MICROSOFT_SECRET is missing"),
        (
            {
                "PROVISO_MICROSOFT_TENANT": "common",
                "PROVISO_MICROSOFT_CLIENT": "x",
                "PROVISO_MICROSOFT_SECRET": "y",
            },
            "must be your own tenant's id",
        ),
        (
            {"PROVISO_OIDC_URL": "nowhere", "PROVISO_OIDC_CLIENT": "x", "PROVISO_OIDC_SECRET": "y"},
            "write it as https://",
        ),
        (
            {"PROVISO_OIDC_URL": "http://provider.example", "PROVISO_OIDC_CLIENT": "x", "PROVISO_OIDC_SECRET": "y"},
            "write it as https://",
        ),
    ],
)
def test_half_a_provider_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], message: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=message):
        providers.configured()


def test_microsoft_and_google_are_offered_by_setting_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MICROSOFT_TENANT", "MICROSOFT_CLIENT", "MICROSOFT_SECRET", "GOOGLE_CLIENT", "GOOGLE_SECRET"):
        monkeypatch.setenv(f"PROVISO_{name}", "0f0f")
    assert [app["name"] for app in providers.configured()] == ["Microsoft", "Google"]
    assert providers.configured()[0]["settings"]["server_url"] == "https://login.microsoftonline.com/0f0f/v2.0"
    assert providers.origins() == ["https://accounts.google.com", "https://login.microsoftonline.com"]
