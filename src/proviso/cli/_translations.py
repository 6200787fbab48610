"""Django's translations for the command line, without site or database."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.apps import apps
from django.conf import settings
from django.utils import translation

from proviso import wording
from proviso.cli._language import LANGUAGES


def speaking(language: str) -> AbstractContextManager[object]:
    """Return a context in which all is said in a language: Django's translations, without site or database."""
    if not settings.configured:
        settings.configure(
            LANGUAGE_CODE="en-gb",
            LANGUAGES=[(code, code) for code in LANGUAGES.values()],
            LOCALE_PATHS=[wording.LOCALE],
        )
        apps.populate(())  # all that translations want; `django.setup` would load models, forms and pages as well
    return translation.override(LANGUAGES[language])
