"""The language of the command line."""

from __future__ import annotations

import argparse
import os

LANGUAGES = {"en": "en-gb", "cy": "cy"}


def add_language(command: argparse.ArgumentParser) -> None:
    """Give a command its `--language`."""
    command.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default=_of_the_terminal(),
        help="what to answer in, English or Welsh (default: what LANG says); JSON stays as it is",
    )


def _of_the_terminal() -> str:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "cy" if locale.startswith("cy") else "en"
