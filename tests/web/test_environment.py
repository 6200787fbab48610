"""What a school sets from outside, and the secret that is kept."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from proviso.web.environment import data_folder, flag, kept_secret, words


@pytest.mark.parametrize(("said", "means"), [("", False), ("no", False), ("Yes", True), ("1", True), (" true ", True)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, said: str, means: bool) -> None:
    monkeypatch.setenv("PROVISO_HTTPS", said)
    assert flag("PROVISO_HTTPS") is means


def test_a_flag_that_is_neither_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISO_HTTPS", "maybe")
    with pytest.raises(ImproperlyConfigured, match="PROVISO_HTTPS is 'maybe': say yes or no"):
        flag("PROVISO_HTTPS")


def test_words_are_split_at_commas_and_fall_back_when_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISO_HOSTS", "policy.example, localhost")
    assert words("PROVISO_HOSTS", "localhost") == ["policy.example", "localhost"]
    monkeypatch.setenv("PROVISO_HOSTS", " ")
    assert words("PROVISO_HOSTS", "a,b") == ["a", "b"]


def test_a_language_that_we_do_not_have_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISO_LANGUAGES", "en-gb,fr")
    with pytest.raises(ImproperlyConfigured, match="PROVISO_LANGUAGES holds 'fr': choose from en-gb, cy"):
        words("PROVISO_LANGUAGES", "en-gb", ("en-gb", "cy"))


def test_the_data_folder_is_made_for_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROVISO_DATA", str(tmp_path / "kept" / "here"))
    assert stat.S_IMODE(data_folder().stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_made_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PROVISO_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(ImproperlyConfigured, match="set PROVISO_DATA to a folder that can"):
        data_folder()


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path)
    assert len(secret) >= 50
    assert kept_secret(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_workers_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(kept_secret, [tmp_path] * 64))) == 1
