"""`proviso reset-second-step`: for somebody whom nobody at a school can help, such as its only administrator."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from proviso.cli import _database


def add_reset_second_step(commands: Any) -> None:
    command = commands.add_parser(
        "reset-second-step", help="take away the second step of somebody who lost it, and end their sessions"
    )
    command.add_argument("--email", required=True, help="the person's email address")
    command.set_defaults(run=_reset)


def _reset(options: argparse.Namespace) -> int:
    _database.ready()
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from proviso.records.people.two_factor import reset

    try:
        person = reset(options.email, now=timezone.now())
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    sys.stdout.write(f"{person.name} signs in with the password alone now, and was signed out everywhere\n")
    return 0
