"""The databases that tests run on: SQLite, and a PostgreSQL of their own that nobody else can reach."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

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


def make(name: str) -> str:
    """Make an empty database in the running cluster and return its address."""
    import psycopg

    root = os.environ[CLUSTER]
    with psycopg.connect(host=root, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return address(root, name)
