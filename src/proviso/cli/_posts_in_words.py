"""What was found in a post as text for people, in English or Welsh."""

from __future__ import annotations

from django.utils.translation import gettext as _

from proviso.cli._show import say
from proviso.cli._speaking import speaking
from proviso.rules.screening import PostCheck
from proviso.wording.findings import finding_words, severity_words


def say_check(checked: PostCheck, language: str) -> None:
    """Print what to look at in a post, in a language, `en` or `cy`."""
    with speaking(language):
        for finding in checked.findings:
            clause = f" ({finding.clause})" if finding.clause else ""
            say(f"{severity_words(finding.severity)}: {finding_words(finding)}{clause}")
        if not checked.findings:
            say(_("Nothing was found. Read it once more: a program does not see everything."))
        if checked.questions:
            say()
            say(_("Somebody answers before it goes out:"))
        for question in checked.questions:
            say(f"{question.ask} ({question.clause})", indent=2)
