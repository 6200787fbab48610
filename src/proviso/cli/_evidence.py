"""`proviso evidence`: the proof that no byte of the evidence has changed since it came in."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from proviso.cli import _database


def add_evidence(commands: Any) -> None:
    """Add the command with its verb."""
    command = commands.add_parser("evidence", help="prove that nobody changed the evidence")
    verbs = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verify = verbs.add_parser("verify", help="read every item to its end; name each that changed, and where it belongs")
    verify.set_defaults(run=_verify)


def _verify(_options: argparse.Namespace) -> int:
    _database.only_read()
    from proviso.records.evidence.verification import Outcome, verify

    outcome = Outcome()
    for line in verify(outcome):
        sys.stdout.write(f"{line}\n")
    removed = f"; {outcome.removed} removed, of which the record is left" if outcome.removed else ""
    faults = f"; {outcome.faults} faults" if outcome.faults else ""
    sys.stdout.write(f"{outcome.held} items hold{removed}{faults}\n")
    return 1 if outcome.faults else 0
