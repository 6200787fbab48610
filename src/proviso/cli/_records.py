"""`proviso setup` and `proviso audit`: the first place and its administrator, and the proof of the action log."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from proviso.cli import _database


def add_setup(commands: Any) -> None:
    command = commands.add_parser("setup", help="make a school, trust or authority and invite its administrator")
    command.add_argument("--school", help="its name")
    command.add_argument("--short-name", help="its name in addresses, such as oak-lane")
    command.add_argument("--nation", choices=("England", "Wales"))
    command.add_argument("--kind", choices=("school", "trust", "authority"), default="school")
    command.add_argument("--under", default="", metavar="SHORT-NAME", help="the trust or authority that it belongs to")
    command.add_argument("--name", help="first and last name of the administrator")
    command.add_argument("--email", help="the administrator's email address")
    command.set_defaults(run=_setup)


def add_audit(commands: Any) -> None:
    command = commands.add_parser("audit", help="prove that nobody rewrote the action log")
    verbs = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verify = verbs.add_parser("verify", help="walk the whole chain and name the first broken entry")
    verify.add_argument("--since", metavar="RECEIPT", help="the end of the log as an earlier `verify` printed it")
    verify.set_defaults(run=_verify)


_ASKED = {
    "school": "Name of the school, trust or authority",
    "short_name": "Short name for addresses (small letters and hyphens)",
    "nation": "Nation (England or Wales)",
    "name": "First and last name of the administrator",
    "email": "The administrator's email address",
}


def _setup(options: argparse.Namespace) -> int:
    answers = {name: getattr(options, name) or _ask(name) for name in _ASKED}
    if answers["nation"] not in {"England", "Wales"}:
        raise ValueError(f"`{answers['nation']}` is no nation that Proviso knows: write England or Wales")
    _database.ready()
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from proviso.records.people.first_setup import Founding, set_up

    founding = Founding(
        name=answers["school"],
        slug=answers["short_name"],
        kind=options.kind,
        nation=answers["nation"],
        person=answers["name"],
        email=answers["email"],
        under=options.under,
    )
    try:
        path = set_up(founding, now=timezone.now())
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    sys.stdout.write(f"{answers['school']} is ready. {answers['name']} signs in first by this link, within 14 days:\n")
    sys.stdout.write(f"{settings.SITE_ADDRESS}{path}\n")
    return 0


def _ask(name: str) -> str:
    option = f"--{name.replace('_', '-')}"
    if not sys.stdin.isatty():
        raise ValueError(f"`setup` needs {option}")
    answer = input(f"{_ASKED[name]}: ").strip()
    if not answer:
        raise ValueError(f"`setup` needs {option}")
    return answer


def _verify(options: argparse.Namespace) -> int:
    _database.only_read()
    from proviso.records.audit.services import Receipt, receipt, verify

    since = Receipt.of(options.since) if options.since else None
    sound, broken = verify(since)
    if broken is not None:
        before = f"the {sound} before it hold" if broken.what.startswith("entry") else f"{sound} entries hold"
        sys.stdout.write(f"{broken.what} {broken.why}; {before}\n")
        return 1
    last = receipt()
    end = f"; last is number {last.number}, digest {last.digest}" if sound else ""
    sys.stdout.write(f"{sound} entries hold{end}\n")
    if sound:
        sys.stdout.write(f"Keep this elsewhere, for `--since` next time: {last}\n")
    return 0
