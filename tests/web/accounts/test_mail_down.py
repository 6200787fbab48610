"""What people see while the mail server is down."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from proviso.records.people.models import Person
from tests.cast import Cast, visits
from tests.served import free_port
from tests.web.accounts.steps import sign_in
from tests.web.pages import main, words
from tests.work import work


@pytest.fixture
def down(settings: Settings) -> None:
    """A mail server at a port where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR and "proviso" in record.name
    ]


@pytest.mark.parametrize("email", ["tobias.wrenfield@school.example", "nobody@school.example"])
def test_a_link_that_cannot_be_sent_is_said_and_known_and_unknown_addresses_look_the_same(
    cast: Cast, down: None, caplog: pytest.LogCaptureFixture, email: str
) -> None:
    page = Client(raise_request_exception=False).post("/account/password/forgotten/", {"email": email})
    assert page.status_code == 503
    assert "The email could not be sent" in words(main(page.text))
    assert "Nothing is lost and nothing was changed: try again later." in words(main(page.text))
    assert f'value="{email}"' in page.text  # to try again is one press
    assert errors(caplog) == ["the link to set a new password was not sent"]
    assert sign_in(Client(), cast.teacher).status_code == 302


def test_once_it_is_up_again_the_same_form_works(cast: Cast, settings: Settings) -> None:
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    browser, typed = Client(raise_request_exception=False), {"email": cast.teacher.email or ""}
    assert browser.post("/account/password/forgotten/", typed).status_code == 503
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = before, ""
    assert browser.post("/account/password/forgotten/", typed).status_code == 302
    work()
    assert [letter.to for letter in mail.outbox] == [[cast.teacher.email]]


def test_a_link_is_tried_again_when_the_server_goes_down_before_it_is_sent(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    before = settings.EMAIL_BACKEND
    Client().post("/account/password/forgotten/", {"email": cast.teacher.email or ""})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    work()
    assert errors(caplog) == ["the link to set a new password was not sent: it will be tried again"]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = before, ""
    DBTaskResult.objects.update(run_after=timezone.now())  # a minute has passed
    work()
    assert [letter.to for letter in mail.outbox] == [[cast.teacher.email]]


def test_what_was_changed_stays_changed_when_its_notice_cannot_be_sent(
    cast: Cast,
    down: None,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    details = {"given_name": "Tobias", "family_name": "Wrenfield", "email": "toby@school.example"}
    with django_capture_on_commit_callbacks(execute=True):
        visits(cast.headteacher).post(f"/schools/oak-lane/people/{cast.teacher.pk}/change/", details)
    assert Person.objects.get(pk=cast.teacher.pk).email == "toby@school.example"
    assert errors(caplog) == ["the notice of a changed account was not sent"]
