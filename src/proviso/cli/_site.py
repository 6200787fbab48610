"""`proviso demo` and `proviso serve`: the site, in one process group on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import Any

_WSGI = "proviso.web.wsgi:application"


def add_demo(commands: Any) -> None:
    command = commands.add_parser("demo", help="the site with its policies, to try, on this machine")
    _add_address(command)
    command.set_defaults(run=_serve, workers=1)


def add_serve(commands: Any) -> None:
    command = commands.add_parser("serve", help="the site")
    _add_address(command)
    command.add_argument("--workers", type=_count, default=1, help="worker processes (default: 1)")
    command.set_defaults(run=_serve)


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


def _serve(options: argparse.Namespace) -> int:
    _claim(options.host, options.port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "proviso.web.settings")
    # Loaded here, not above: the commands that only answer must start in a blink.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    sys.stdout.write(f"Proviso is at http://{options.host}:{options.port}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()
    server = Granian(
        _WSGI,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
    )
    server.serve()
    return 0


def _claim(host: str, port: int) -> None:
    """Say plainly that an address cannot be had, before a worker fails on it."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise ValueError(f"cannot listen on {host}:{port} ({error.strerror}): choose another with --port") from error
