"""The language of the command line: Django's translations, set up without a database or a site."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractContextManager

import django
from django.conf import settings
from django.utils import translation

from proviso import wording

LANGUAGES = {"en": "en-gb", "cy": "cy"}


def add_language(command: argparse.ArgumentParser) -> None:
    """Give a command its `--language`."""
    command.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default=_of_the_terminal(),
        help="what to answer in, English or Welsh (default: what LANG says); JSON stays as it is",
    )


def speaking(language: str) -> AbstractContextManager[object]:
    """Return a context in which everything is locale in a language (`en` or `cy`)."""
    if not settings.configured:
        settings.configure(
            LANGUAGE_CODE="en-gb",
            LANGUAGES=[(code, code) for code in LANGUAGES.values()],
            LOCALE_PATHS=[wording.LOCALE],
        )
        django.setup()
    return translation.override(LANGUAGES[language])


def _of_the_terminal() -> str:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "cy" if locale.startswith("cy") else "en"
