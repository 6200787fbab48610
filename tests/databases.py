"""The databases that tests run on: SQLite, and a PostgreSQL of their own that nobody else can reach."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from django.db import connections
connections.close_all()  # all of it is in the one file then
"""
CLUSTER = "PROVISO_TEST_CLUSTER"  # where the running one's socket is: read by the processes that pytest starts


def programs() -> Path | None:
    """Return the folder with PostgreSQL's server programs, which Debian keeps off the path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name)):
        if (folder / "initdb").exists():
            return folder
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@contextmanager
def cluster() -> Iterator[Path]:
    """Start a PostgreSQL server behind a Unix socket in a folder of its own; it goes when the tests are over."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL's server is missing. As an administrator: apt-get install postgresql")
    root = Path(tempfile.mkdtemp(prefix="pg"))  # a short name: the path of a socket has 107 bytes at most
    how: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:  # the server refuses to run as root
        known = {account.pw_name for account in pwd.getpwall()}
        other = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
        os.chown(root, other.pw_uid, other.pw_gid)
        how |= {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
    how["env"] = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(root)}
    data = root / "data"
    quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    options = f"-c listen_addresses='' -c unix_socket_directories='{root}' {quick}"
    start: list[str | Path] = [
        folder / "pg_ctl",
        "-D",
        data,
        "-w",
        "-t",
        "60",
        "-l",
        root / "log",
        "-o",
        options,
        "start",
    ]
    try:
        make: list[str | Path] = [folder / "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, **how)
        subprocess.run(start, check=True, **how)
        try:
            yield root
        finally:
            subprocess.run([folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], check=False, **how)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def address(root: Path | str, name: str) -> str:
    """Return a database of the cluster as PROVISO_DATABASE wants it."""
    return f"postgresql://test@{quote(str(root), safe='')}/{name}"


def make(name: str, *, migrated: bool = False) -> str:
    """Make a database in the running cluster, quite empty or with the tables of today, and return its address."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    root = os.environ[CLUSTER]
    like = Identifier(_migrated_database() if migrated else "template1")
    with psycopg.connect(host=root, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), like))
    return address(root, name)


def put_migrated(data: Path) -> None:
    """Put an SQLite database with the tables of today into a site's data folder, which saves the site making them."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy_migrated(data / "proviso.sqlite3")


def copy_migrated(file: Path) -> None:
    """Write an SQLite database with the tables of today."""
    shutil.copyfile(Path(_migrated_folder().name) / "proviso.sqlite3", file)
    file.chmod(0o600)


@cache
def _migrated_folder() -> "tempfile.TemporaryDirectory[str]":
    """Migrate once for all tests of this process; the folder goes with it."""
    folder = tempfile.TemporaryDirectory(prefix="migrated")
    _migrate(PROVISO_DATA=folder.name, PROVISO_DATABASE="")
    return folder


@cache
def _migrated_database() -> str:
    name = f"migrated_{os.getpid()}"
    _migrate(PROVISO_DATABASE=make(name))
    return name


def _migrate(**where: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "proviso.web.settings", **where}
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True)
