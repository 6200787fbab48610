"""The site's log holds no secret that lets somebody in, and no traceback of what was merely refused."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from proviso.records.people import invitations
from proviso.web.log_filter import WithoutSecrets
from tests.cast import Cast, actor, visits


def test_the_filter_stands_before_the_handler_of_the_settings() -> None:
    assert "'filters': ['without_secrets']" in str(settings.LOGGING)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a site writes to its log, through the handler of the settings."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_the_secret_of_an_invitation_that_is_still_good_is_not_logged(cast: Cast, log: StringIO) -> None:
    cast.teacher.set_unusable_password()
    cast.teacher.save()
    now = timezone.now()
    secret = invitations.invite(actor(cast.headteacher, timezone.localdate(now)), cast.school, cast.teacher, now=now)
    assert Client().post(f"/invitation/{secret}/", {"password": "weak"}).status_code == 400
    assert log.getvalue() == "Bad Request: /invitation/…/\n"


@pytest.mark.parametrize("path", ["/calendar/abcdef.ics", "/account/password/reset/3-abc-def/", "/invitation/abcdef/"])
def test_secrets_of_other_addresses_are_not_logged_either(cast: Cast, log: StringIO, path: str) -> None:
    Client().put(path)
    Client(enforce_csrf_checks=True).post(path)
    assert "abc" not in log.getvalue()


def test_what_was_refused_is_one_line(cast: Cast, log: StringIO) -> None:
    assert visits(cast.teacher).get("/schools/oak-lane/log/").status_code == 403
    assert Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example"}).status_code == 400
    lines = log.getvalue().splitlines()
    assert lines[0] == "Forbidden (Permission denied): /schools/oak-lane/log/"
    assert len(lines) == 2 and "elsewhere.example" in lines[1]


def test_what_went_wrong_keeps_its_traceback(log: StringIO) -> None:
    try:
        raise OSError("the disk is full")
    except OSError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/calendar/abcdef.ics")
    assert "Traceback" in log.getvalue() and "the disk is full" in log.getvalue()
    assert "abcdef" not in log.getvalue()


def test_that_somebody_came_to_where_concerns_are_shared_is_not_written_down() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Bad Request: /oak-lane/concern/", (), None)
    record.status_code = 400
    assert WithoutSecrets().filter(record) is False
    record.status_code = 500  # a fault of the program is, without the visitor
    assert WithoutSecrets().filter(record) is True
