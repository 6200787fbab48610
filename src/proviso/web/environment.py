"""What a school sets from outside: variables of the environment, and the secret kept in the data folder."""

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from proviso.records.files.keys import local_key_id

LEAST_SECRET, LEAST_DIFFERENT = 32, 10  # characters


def flag(name: str, default: str = "no") -> bool:
    """Yes or no; a word that is neither stops the start, since a wrong guess here would switch protection off."""
    word = os.environ.get(name, "").strip().lower() or default
    if word not in {"yes", "no", "true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} is {word!r}: say yes or no")
    return word in {"yes", "true", "1"}


def words(name: str, default: str, allowed: Collection[str] | None = None) -> list[str]:
    """A list with commas between."""
    parts = [part.strip() for part in (os.environ.get(name, "").strip() or default).split(",")]
    for word in parts:
        if allowed is not None and word not in allowed:
            raise ImproperlyConfigured(f"{name} holds {word!r}: choose from {', '.join(allowed)}")
    return parts


def networks(name: str, default: str) -> list[IPv4Network | IPv6Network]:
    """Addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8."""
    parts = words(name, default)
    try:
        return [ip_network(part) for part in parts]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}; write addresses or networks, such as 10.0.0.7,10.1.0.0/16"
        ) from error


def number(name: str, default: int) -> int:
    """A whole number above nought."""
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isdecimal() or not 0 < int(text) < 100_000:
        raise ImproperlyConfigured(f"{name} is {text!r}: write a whole number above 0")
    return int(text)


def data_folder(name: str = "PROVISO_DATA") -> Path:
    """Everything that a running site keeps: made when missing, and open to its owner alone."""
    folder = Path(os.environ.get(name) or "data").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"cannot make {folder} ({error.strerror}): set {name} to a folder that can"
        ) from error
    return folder


def keep_files_private(folder: Path) -> None:
    """Let nobody but its owner open what this process writes from now on, and the database that it may find.

    The folder itself may have been made by somebody else, for more than this: it is left as it is.
    """
    os.umask(os.umask(0o077) | 0o077)
    for path in (folder / "proviso.sqlite3", folder / "proviso.sqlite3-wal", folder / "proviso.sqlite3-shm"):
        with suppress(FileNotFoundError, PermissionError):  # whose file it is has to close it
            path.chmod(0o600)


def secret_key(folder: Path) -> str:
    """What PROVISO_SECRET_KEY says, if it cannot be guessed; or the secret that is kept."""
    key = os.environ.get("PROVISO_SECRET_KEY", "").strip()
    if key and (len(key) < LEAST_SECRET or len(set(key)) < LEAST_DIFFERENT):
        raise ImproperlyConfigured(
            f"PROVISO_SECRET_KEY is too easy to guess: write at least {LEAST_SECRET} characters drawn by chance, "
            "such as `openssl rand -base64 48` prints"
        )
    return key or kept_secret(folder)


def kept_secret(folder: Path, name: str = "secret") -> str:
    """A secret of the site: made once, then always the same one."""
    path = folder / name
    if not path.exists():
        try:
            _write_once(path, secrets.token_urlsafe(50))
        except OSError as error:
            raise ImproperlyConfigured(
                f"cannot write {path} ({error.strerror}): open the folder to this user or set PROVISO_SECRET_KEY"
            ) from error
    return path.read_text("ascii")


def _write_once(path: Path, text: str) -> None:
    # Several workers start at once. A link appears whole or not at all, and the first one to make it wins.
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # readable by the owner alone
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            path.hardlink_to(draft.name)


def database(folder: Path) -> dict[str, Any]:
    """The database that PROVISO_DATABASE names as an address, or SQLite in the data folder."""
    address = os.environ.get("PROVISO_DATABASE", "").strip()
    if address:
        try:
            return {**dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)}
        except (ValueError, dj_database_url.UnknownSchemeError) as error:
            raise ImproperlyConfigured(
                "PROVISO_DATABASE is no address of a database: write it as postgresql://user:password@host:5432/name"
            ) from error
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "proviso.sqlite3",
        # Writers queue instead of failing, readers never wait for them.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def file_storage(folder: Path) -> dict[str, Any]:
    """Where files lie: in the data folder, or in the bucket that PROVISO_FILES names."""
    address = os.environ.get("PROVISO_FILES", "").strip()
    if not address:
        options = {"location": folder / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    try:
        parts = urlsplit(address)
        bucket, _slash, prefix = (parts.path if parts.scheme != "s3" else f"/{parts.netloc}{parts.path}")[1:].partition(
            "/"
        )
        endpoint = f"{parts.scheme[3:]}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        parts, bucket, prefix, endpoint = urlsplit(""), "", "", ""
    if parts.scheme not in {"s3", "s3+https", "s3+http"} or not bucket:
        raise ImproperlyConfigured(
            "PROVISO_FILES is no address of a bucket: write it as s3://bucket/folder for Amazon's store, "
            "or s3+https://key:secret@host/bucket/folder for another"
        )
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured("PROVISO_FILES names an object store: install Proviso with its part `proviso[s3]`")
    options = {
        "bucket_name": bucket,
        "location": prefix.strip("/"),
        "region_name": dict(parse_qsl(parts.query)).get("region"),
    }
    if parts.scheme != "s3":
        options |= {
            "endpoint_url": endpoint,
            "addressing_style": "path",
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
        }
    return {"BACKEND": "proviso.records.files.bucket.BucketStorage", "OPTIONS": options}


def file_keys(folder: Path) -> dict[str, str]:
    """The keys that files are encrypted with, by their names: those of PROVISO_FILE_KEYS, or one in the folder."""
    words = os.environ.get("PROVISO_FILE_KEYS", "").split()
    if not words:
        if os.environ.get("PROVISO_FILES", "").strip():
            raise ImproperlyConfigured(
                "PROVISO_FILES names an object store, whose files every machine must open: set PROVISO_FILE_KEYS, too"
            )
        secret = kept_secret(folder, "file-key")
        return {local_key_id(secret): secret}
    keys: dict[str, str] = {}
    for word in words:
        name, _colon, secret = word.partition(":")
        if not name or len(name) > 60 or len(secret) < 32 or name in keys:
            raise ImproperlyConfigured(
                f"PROVISO_FILE_KEYS holds `{name[:60]}` without a secret of 32 characters or twice: "
                "write name:secret for each key, the one in use first, with spaces between"
            )
        keys[name] = secret
    return keys


def clamd() -> str:
    """The address of the malware scanner: host:port, the path of a socket, or nothing."""
    address = os.environ.get("PROVISO_CLAMD", "").strip()
    port = address.rpartition(":")[2]
    if address and not address.startswith("/") and not (":" in address and port.isdecimal()):
        raise ImproperlyConfigured(f"PROVISO_CLAMD is {address!r}: write it as host:3310 or as the path of its socket")
    return address


def time_stamps() -> tuple[str, str]:
    """The address of the authority that stamps evidence, and the file with its root certificates; or nothing."""
    address = os.environ.get("PROVISO_TIMESTAMPS", "").strip()
    roots = os.environ.get("PROVISO_TIMESTAMP_CERTIFICATES", "").strip()
    if address and urlsplit(address).scheme not in {"http", "https"}:
        raise ImproperlyConfigured(f"PROVISO_TIMESTAMPS is {address!r}: write the address of an RFC 3161 authority")
    if bool(address) != bool(roots):
        raise ImproperlyConfigured("PROVISO_TIMESTAMPS and PROVISO_TIMESTAMP_CERTIFICATES go together: set both")
    return address, roots


def site_address() -> str:
    """Where people reach the site, for the links in emails."""
    address = os.environ.get("PROVISO_ADDRESS", "").strip().rstrip("/") or "http://localhost:8000"
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"PROVISO_ADDRESS is {address!r}: write it as https://policy.school.example")
    return address


def no_reply(address: str) -> str:
    """Who emails come from: nobody who could read an answer."""
    return f"Proviso <no-reply@{urlsplit(address).hostname}>"


def email(folder: Path) -> dict[str, Any]:
    """How emails go out: by the server that PROVISO_EMAIL names, or into files of the data folder."""
    address = os.environ.get("PROVISO_EMAIL", "").strip()
    settings: dict[str, Any] = {
        "backend": "django.core.mail.backends.filebased.EmailBackend",
        "folder": str(folder / "mail"),
        **dict.fromkeys(("host", "user", "password"), ""),
        "port": 25,
        "starttls": False,
        "tls": False,
    }
    if not address:
        return settings
    try:
        parts = urlsplit(address)
        port = parts.port or {"smtps": 465}.get(parts.scheme, 25)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "PROVISO_EMAIL is no address of a mail server: write it as smtp://user:password@host:587"
        )
    return settings | {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": parts.hostname,
        "port": port,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        # A password is never sent in the clear.
        "starttls": parts.scheme == "smtp" and (port == 587 or bool(parts.username)),
        "tls": parts.scheme == "smtps",
    }
