"""A review as text for people, in English or Welsh, and as JSON, whose messages are English."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.cli._show import say
from proviso.cli._speaking import speaking
from proviso.rules.review import Finding
from proviso.wording import reviews
from proviso.wording.localised import unmarked


def findings_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings under the contract's keys."""
    with speaking("en"):
        return {"findings": [_finding(finding) for finding in findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    words = reviews.in_words(finding)
    return {
        "rule": finding.rule.value,
        "severity": finding.severity.value,
        "at": finding.at,
        "quote": finding.quote,
        "message": words.message,
        "do": words.do,
        "source": finding.source,
        "sure": finding.sure,
    }


def say_findings(findings: Sequence[Finding], language: str) -> None:
    """Print findings, the gravest first."""
    with speaking(language):
        if not findings:
            say(_("Nothing was found."))
        for severity, of_one in groupby(findings, key=lambda finding: finding.severity):
            several = list(of_one)
            count = ngettext("%(count)d finding", "%(count)d findings", len(several)) % {"count": len(several)}
            say(f"{reviews.severity(severity)}: {count}")
            for finding in several:
                _say(reviews.in_words(finding))
            say()
        say(reviews.limits())


def _say(words: reviews.FindingInWords) -> None:
    say(f"{unmarked(words.message)} [{words.rule}]", 2)
    if words.quote:
        say(f"“{unmarked(words.quote)}”" + (f" ({words.at})" if words.at else ""), 4)
    say(unmarked(words.do), 4)
    if words.source:
        say(_("Source: %(source)s. %(sure)s") % {"source": unmarked(words.source), "sure": words.sure}, 4)
