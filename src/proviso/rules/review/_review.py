"""A review: every rule, in the order of reading."""

from __future__ import annotations

from datetime import date

from proviso.rules.review import _claims, _duties, _law, _places, _policy, _reading_ease, _standing
from proviso.rules.review._document import ReviewedDocument
from proviso.rules.review._findings import Check, Finding, Rule, Severity

_CHECKS: tuple[Check, ...] = (
    _policy.remarks,
    _standing.review_dates,
    _standing.blanks,
    _standing.unsigned,
    _standing.impossible_dates,
    _places.appendices,
    _places.sections,
    _places.links,
    _law.laws,
    _law.guidance,
    _law.platforms,
    _claims.claims,
    _claims.topics,
    _duties.groups,
    _duties.forces,
    _duties.owners,
    _duties.times,
    _reading_ease.terms,
    _reading_ease.reading_age,
)


def review(document: ReviewedDocument, on: date) -> tuple[Finding, ...]:
    """Return what is wrong with a document on a day: the gravest first, then by rule, each in the order of reading.

    What a rule finds twice at one place with the same words is told once, as it was found first.
    """
    findings: dict[tuple[object, ...], Finding] = {}
    for check in _CHECKS:
        for finding in check(document, on):
            subject = tuple(finding.about.items()) if finding.kind != "note" else ()
            findings.setdefault((finding.rule, finding.at, finding.quote, subject), finding)
    known = {(each.rule, each.at) for each in findings.values() if each.kind == "note"}
    severities, rules = [*Severity], [*Rule]
    told = (each for each in findings.values() if each.kind == "note" or (each.rule, each.at) not in known)
    return tuple(sorted(told, key=lambda each: (severities.index(each.severity), rules.index(each.rule))))
