"""A case in a school, handled by its headteacher, and a folder in which its files lie."""

from pathlib import Path

import pytest
from django.core.files.storage import Storage
from pytest_django import Settings

from proviso.records.cases.models import Case
from proviso.records.files.services import file_storage
from proviso.web import environment
from tests.cast import Cast
from tests.records.evidence.owners import case_of


@pytest.fixture
def storage(tmp_path: Path, settings: Settings) -> Storage:
    settings.STORAGES = {**settings.STORAGES, "files": environment.file_storage(tmp_path)}
    return file_storage()


@pytest.fixture
def case(cast: Cast, storage: Storage) -> Case:
    return case_of(cast.school, cast.headteacher)
