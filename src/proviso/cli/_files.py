"""`proviso files`: what keeps uploaded files whole, readable by the keys in use, and nothing beside them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from proviso.cli import _database


def add_files(commands: Any) -> None:
    """Add the command with its three verbs."""
    command = commands.add_parser("files", help="verify uploaded files, exchange their keys, remove what a crash left")
    verbs = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, text in (
        ("verify", _verify, "read every file to its end; name each that is missing, changed, or cannot be opened"),
        ("rotate", _rotate, "encrypt the keys of all files by the first key of PROVISO_FILE_KEYS"),
        ("tidy", _tidy, "remove stored bytes that belong to no file"),
    ):
        verbs.add_parser(name, help=text).set_defaults(run=run)


def _verify(_options: argparse.Namespace) -> int:
    _database.set_up()  # it only reads: a database of another version is not changed by looking
    from proviso.records.files.maintenance import verify

    verification = verify()
    return _report(verification.faults, f"{verification.held} files hold")


def _rotate(_options: argparse.Namespace) -> int:
    _database.ready()
    from proviso.records.files.maintenance import rotate_keys

    rotation = rotate_keys()
    return _report(rotation.faults, f"the keys of {rotation.rotated} files were exchanged")


def _tidy(_options: argparse.Namespace) -> int:
    _database.ready()
    from django.utils import timezone

    from proviso.records.files.maintenance import remove_orphans

    return _report((), f"{remove_orphans(now=timezone.now())} blobs without a file were removed")


def _report(faults: Sequence[str], summary: str) -> int:
    """Print the faults and then the sum; return 1 where there are faults."""
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{summary}\n")
    return 1 if faults else 0
