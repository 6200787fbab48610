"""A policy of one's own is read and shown, and nothing of it is kept."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.rules.reading import made

pytestmark = pytest.mark.django_db


def sent(content: bytes, name: str) -> tuple[int, str]:
    answer = Client().post("/read/", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def rows() -> int:
    return sum(model._default_manager.count() for model in apps.get_models())


def files() -> set[Path]:
    return set(Path(settings.MEDIA_ROOT).rglob("*")) if settings.MEDIA_ROOT else set()


def test_a_policy_is_shown_place_by_place() -> None:
    status, page = sent(made.word(), "policy.docx")

    assert status == 200
    assert "We found 4 statements." in page
    assert "accept a friend request from a pupil;" in page
    assert "Contact with pupils, 1" in page
    assert "Prohibited" in page


def test_nothing_is_kept() -> None:
    before = rows(), files()
    sent(made.word(), "policy.docx")
    assert (rows(), files()) == before


def test_what_cannot_be_read_is_said_beside_the_field() -> None:
    status, page = sent(b"name,role\nA,teacher\n", "people.csv")

    assert status == 400
    assert "This is a spreadsheet; a policy is read from Word, PDF, HTML, Markdown or plain text." in page


def test_the_page_asks_for_a_file() -> None:
    page = Client().get("/read/").content.decode()

    assert "Read a policy of your own" in page
    assert "Nothing is kept." in page
