"""`proviso populate`: a large invented set of schools and people, to measure with."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from proviso.cli import _database


def add_populate(commands: Any) -> None:
    command = commands.add_parser("populate", help="fill an empty database with many invented schools, to measure with")
    command.add_argument("--schools", type=int, default=200, help="how many schools (default: 200)")
    command.add_argument("--people", type=int, default=20_000, help="how many people in all (default: 20000)")
    command.set_defaults(run=_populate)


def _populate(options: argparse.Namespace) -> int:
    _database.ready()
    from django.utils import timezone

    from proviso.demonstration import scale
    from proviso.records.people.models import Establishment

    if Establishment.objects.exists():
        raise ValueError("the database holds schools already: use another, by PROVISO_DATA or PROVISO_DATABASE")
    size = scale.Size(options.schools, options.people)
    scale.populate(size, timezone.localdate(), lambda line: sys.stdout.write(f"{line}\n"))
    sys.stdout.write(f"{size.schools} schools and {size.people} people are there\n")
    return 0
