"""What a school sets from outside, and the secret that is kept."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from proviso.web.environment import (
    clamd,
    data_folder,
    file_keys,
    file_storage,
    flag,
    keep_files_private,
    kept_secret,
    secret_key,
    words,
)


@pytest.mark.parametrize(("value", "means"), [("", False), ("no", False), ("Yes", True), ("1", True), (" true ", True)])
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, value: str, means: bool) -> None:
    monkeypatch.setenv("PROVISO_HTTPS", value)
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


@pytest.mark.parametrize("key", ["x", "secret", "a" * 64, "abcabcabc" * 10, "short-but-of-many-letters-1234"])
def test_a_secret_key_that_can_be_guessed_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str
) -> None:
    monkeypatch.setenv("PROVISO_SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="PROVISO_SECRET_KEY is too easy to guess"):
        secret_key(tmp_path)


def test_a_good_secret_key_is_taken_and_none_is_made_then(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = "uBq8n1Zr-VfW3yKx0eTg5MhJ7sLpA2Dc"
    monkeypatch.setenv("PROVISO_SECRET_KEY", key)
    assert secret_key(tmp_path) == key
    assert list(tmp_path.iterdir()) == []
    monkeypatch.delenv("PROVISO_SECRET_KEY")
    assert len(secret_key(tmp_path)) > 50


def test_files_in_a_folder_that_others_may_open_are_private_all_the_same(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    before = tmp_path / "proviso.sqlite3"
    before.touch(0o644)
    mask = os.umask(0o022)
    try:
        keep_files_private(tmp_path)
        (tmp_path / "proviso.sqlite3-wal").touch()
        (tmp_path / "mail").mkdir()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(mask)
    assert modes == {"proviso.sqlite3": 0o600, "proviso.sqlite3-wal": 0o600, "mail": 0o700}
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755  # it is somebody else's to say


COOKIES = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
names = ("SESSION", "CSRF", "LANGUAGE", "KNOWN_BROWSER")
print(*(getattr(settings, f"{name}_COOKIE_NAME") for name in names))
page = Client(headers={"host": "localhost"}).get("/account/sign-in/", secure=True)
print(page.headers["Strict-Transport-Security"])
for cookie in page.cookies.values():
    print(cookie.key, bool(cookie["secure"]), cookie["path"], repr(cookie["domain"]))
"""


def test_by_https_cookies_are_of_this_site_alone_and_browsers_keep_to_https(tmp_path: Path) -> None:
    settings = {
        "PROVISO_DATA": str(tmp_path),
        "PROVISO_DATABASE": "",
        "PROVISO_HTTPS": "yes",
        "DJANGO_SETTINGS_MODULE": "proviso.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", COOKIES], env={**os.environ, **settings}, capture_output=True, text=True, check=True
    )
    names, hsts, *cookies = done.stdout.splitlines()
    assert names == "__Host-sessionid __Host-csrftoken __Host-django_language __Host-known_browser"
    assert hsts == "max-age=31536000; includeSubDomains"
    assert cookies == ["__Host-csrftoken True / ''"]


@pytest.mark.parametrize(
    ("address", "options"),
    [
        (
            "s3://bucket/folder/deep?region=eu-west-2",
            {"bucket_name": "bucket", "location": "folder/deep", "region_name": "eu-west-2"},
        ),
        (
            "s3+https://key:se%2Fcret@store.example:9000/bucket",
            {
                "bucket_name": "bucket",
                "location": "",
                "endpoint_url": "https://store.example:9000",
                "access_key": "key",
                "secret_key": "se/cret",
            },
        ),
    ],
)
def test_a_bucket_is_named_by_one_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str, options: dict[str, str]
) -> None:
    monkeypatch.setenv("PROVISO_FILES", address)
    storage = file_storage(tmp_path)
    assert storage["BACKEND"] == "proviso.records.files.bucket.BucketStorage"
    assert options.items() <= storage["OPTIONS"].items()


@pytest.mark.parametrize(
    "address", ["bucket", "s3://", "https://host/bucket", "s3+https://host", "s3+https://host:x/bucket"]
)
def test_what_is_no_bucket_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    monkeypatch.setenv("PROVISO_FILES", address)
    with pytest.raises(ImproperlyConfigured, match="PROVISO_FILES is no address of a bucket"):
        file_storage(tmp_path)


def test_a_bucket_without_keys_that_every_machine_knows_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVISO_FILES", "s3://bucket")
    with pytest.raises(ImproperlyConfigured, match="set PROVISO_FILE_KEYS, too"):
        file_keys(tmp_path)


def test_a_site_makes_its_own_file_key_once_and_names_it_by_what_it_is(tmp_path: Path) -> None:
    keys = file_keys(tmp_path)
    assert file_keys(tmp_path) == keys
    assert [name.startswith("local-") for name in keys] == [True]
    assert stat.S_IMODE((tmp_path / "file-key").stat().st_mode) == 0o600
    (tmp_path / "file-key").unlink()
    assert file_keys(tmp_path).keys() != keys.keys()


def test_file_keys_are_names_with_secrets_the_one_in_use_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROVISO_FILE_KEYS", f"new:{'n' * 32} old:{'o' * 40}")
    assert list(file_keys(tmp_path).items()) == [("new", "n" * 32), ("old", "o" * 40)]


@pytest.mark.parametrize("keys", ["short:secret", "n" * 40, f"a:{'x' * 32} a:{'y' * 32}", f":{'x' * 32}"])
def test_file_keys_that_protect_nothing_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, keys: str
) -> None:
    monkeypatch.setenv("PROVISO_FILE_KEYS", keys)
    with pytest.raises(ImproperlyConfigured, match="write name:secret for each key"):
        file_keys(tmp_path)


@pytest.mark.parametrize(
    ("address", "stands"),
    [("", True), ("scan.example:3310", True), ("/run/clamd.sock", True), ("clamd", False), ("a:b", False)],
)
def test_a_scanner_is_an_address_or_a_socket(monkeypatch: pytest.MonkeyPatch, address: str, stands: bool) -> None:
    monkeypatch.setenv("PROVISO_CLAMD", address)
    if stands:
        assert clamd() == address
    else:
        with pytest.raises(ImproperlyConfigured, match="PROVISO_CLAMD is"):
            clamd()
