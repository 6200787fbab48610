"""`proviso check-post`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proviso.cli._language import add_language
from proviso.cli._show import say_json
from proviso.rules.rulebook import load

if TYPE_CHECKING:
    from proviso.rules.screening import Finding, PostCheck

LONGEST = 100_000  # characters of a post


def add_check_post(commands: Any) -> None:
    command = commands.add_parser(
        "check-post",
        help="what to look at in a post before it is published",
        description="Check a post; nothing is sent or kept.",
    )
    command.add_argument("policy", metavar="POLICY", help="a policy's id, or a policy file ending in .yaml")
    command.add_argument(
        "--roll",
        metavar="FILE",
        type=Path,
        required=True,
        help="people as CSV: id,given,family,known_as,kind,name_consent,picture_consent",
    )
    command.add_argument(
        "--picture", metavar="FILE", type=Path, action="append", default=[], help="a picture of the post"
    )
    command.add_argument("--text", metavar="TEXT", help="the text of the post, or - to read it from standard input")
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_check_post)


def _check_post(options: argparse.Namespace) -> int:
    # Other commands do not wait for what looks through texts and pictures.
    from proviso.rules.screening import NameFinder, Post, check_post, read_picture, read_roll

    if options.text is None and not options.picture:
        raise ValueError("nothing to check: give --text, --picture, or both")
    policy = load(options.policy)
    roll = read_roll(options.roll)
    text = _read_text(options.text)
    pictures = tuple(read_picture(path) for path in options.picture)
    checked = check_post(policy, Post(text, pictures), NameFinder(roll), date.today())
    if options.json:
        say_json(_as_json(checked))
        return 0
    from proviso.cli._posts_in_words import say_check  # Django takes longer to load than a post to check

    say_check(checked, options.language)
    return 0


def _read_text(text: str | None) -> str:
    if text == "-":
        try:
            text = sys.stdin.buffer.read(LONGEST * 4 + 1).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValueError("the text on standard input is not in UTF-8: save it as UTF-8") from None
    text = text or ""
    if len(text) > LONGEST:
        raise ValueError(f"the text is longer than {LONGEST:,} characters: a post is shorter")
    return text


def _as_json(checked: PostCheck) -> dict[str, Any]:
    return {
        "findings": [_finding(finding) for finding in checked.findings],
        "questions": [{"clause": each.clause, "ask": each.ask, "fails": each.fails} for each in checked.questions],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "text": finding.text,
        "start": finding.start,
        "end": finding.end,
        "person": finding.person,
        "clause": finding.clause,
        "severity": finding.severity,
        "why": finding.why,
    }
