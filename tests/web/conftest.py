"""For the tests of pages: a visitor, and a rulebook that may be spoilt."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from proviso.rules import rulebook


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def forget() -> None:
    for kept in (
        rulebook.source,
        rulebook.load,
        rulebook.compiled,
        rulebook.vocabulary,
        rulebook.topics,
        rulebook.reference,
    ):
        kept.cache_clear()


@pytest.fixture
def spoilt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of the rulebook in which King David's policy is broken."""
    folder = tmp_path / "rulebook"
    shutil.copytree(rulebook.folder(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "policies" / "king-david.yaml").open("a") as file:
        file.write("- id: KD-0.1\n  colour: red\n")
    monkeypatch.setenv("PROVISO_RULEBOOK", str(folder))
    forget()
    yield folder
    forget()
