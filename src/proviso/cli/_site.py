"""`proviso demo` and `proviso serve`: the site, in one process group on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import Any

from proviso.cli import _database
from proviso.cli._background import COMMAND, background_worker
from proviso.cli._server import SITE, serve


def add_demo(commands: Any) -> None:
    command = commands.add_parser("demo", help="the site with invented schools and people, to try, on this machine")
    _add_address(command)
    command.set_defaults(run=_demo, workers=1, no_tasks=False)


def add_serve(commands: Any) -> None:
    command = commands.add_parser("serve", help="the site")
    _add_address(command)
    command.add_argument("--workers", type=_count, default=1, help="worker processes (default: 1)")
    command.add_argument(
        "--no-work",
        "--no-tasks",
        dest="no_tasks",
        action="store_true",
        help="leave what runs in the background to `proviso work` elsewhere",
    )
    command.set_defaults(run=_serve)


def add_work(commands: Any) -> None:
    command = commands.add_parser("work", help="do what runs in the background: imports, reminders, emails")
    command.set_defaults(run=_work)


def add_tick(commands: Any) -> None:
    command = commands.add_parser("tick", help="do once what is due, such as reminders; for cron")
    command.add_argument("--at", metavar="TIME", default="", help="as if it were that time, such as 2026-11-21T09:00")
    command.set_defaults(run=_tick)


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is not a port: write a number from 1 to 65535")


def _count(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 100:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes: write one from 1 to 99")


def _demo(options: argparse.Namespace) -> int:
    _claim(options.host, options.port)
    os.environ.setdefault("PROVISO_DATA", os.path.join("data", "demonstration"))
    os.environ["PROVISO_DEMONSTRATION"] = "yes"
    _database.ready()
    from proviso.demonstration import build

    if not build.is_demonstration():
        raise ValueError(
            "this database holds schools that are not the demonstration’s: "
            "name another folder with PROVISO_DATA, or another database with PROVISO_DATABASE"
        )
    build.complete(_say)
    _say("Sign in as anybody, with one click, at /demo/")
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    _claim(options.host, options.port)
    os.environ.setdefault("PROVISO_ADDRESS", f"http://{_named(options.host)}:{options.port}")
    _database.ready()
    in_use = _database.stay()
    _say(f"Proviso is at http://{options.host}:{options.port}/ (Ctrl-C stops it)")
    _say_where_mail_goes()
    _warn()
    with background_worker(not options.no_tasks, in_use):
        serve(SITE, options.host, options.port, options.workers)
    return 0


def _named(host: str) -> str:
    # A passkey belongs to a name, and the name of this machine for itself is the one that browsers trust without HTTPS.
    return "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104  # compared, not listened on


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warn() -> None:
    """Say what contradicts itself in the settings."""
    from django.core.checks import run_checks

    for message in run_checks(tags=["proviso"]):
        sys.stderr.write(f"{message.id}: {message.msg}\n")


def _say_where_mail_goes() -> None:
    from django.conf import settings

    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        _say(f"Emails are written to {settings.EMAIL_FILE_PATH}; set PROVISO_EMAIL to send them")


def _work(_options: argparse.Namespace) -> int:
    _database.ready()
    _database.stay()
    # This process becomes the worker, so that whoever stops it stops the worker, which first ends its task.
    os.execv(COMMAND[0], COMMAND)  # noqa: S606  # our own interpreter and words


def _tick(options: argparse.Namespace) -> int:
    _database.ready()
    _database.stay()
    from django.core.management import CommandError, call_command

    try:
        call_command("tick", at=options.at or None)
    except CommandError as error:
        raise ValueError(str(error)) from error
    return 0


def _claim(host: str, port: int) -> None:
    """Say plainly that an address cannot be had, before a worker fails on it."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise ValueError(f"cannot listen on {host}:{port} ({error.strerror}): choose another with --port") from error
