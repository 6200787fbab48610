"""Statements that law or guidance in force overrides, that are wrong about crimes, or that nobody can check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from proviso.rules.review._document import ReviewedDocument, Statement
from proviso.rules.review._findings import Finding, Rule, Severity, quoted, unless_unsure
from proviso.rules.rulebook import BASELINES, Claim, baseline, review_reference

_SEVERITY = {Rule.OVERRIDDEN: Severity.ERROR, Rule.WRONG_CRIME: Severity.WARNING, Rule.UNENFORCEABLE: Severity.WARNING}


def claims(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the statements that a claim of the reference data finds, the first of each."""
    for claim in review_reference().claims:
        if document.home not in claim.nations or claim.since > on or _any(claim.unless_document, document.text):
            continue
        statement = next((each for each in document.statements if _says(claim, each)), None)
        if statement:
            rule = Rule(claim.rule)
            yield Finding(
                rule,
                unless_unsure(_SEVERITY[rule], claim.sure),
                statement.at,
                quoted(statement.text),
                claim.id,
                text=claim.message,
                do=claim.do,
                source=claim.source,
                sure=claim.sure,
            )


def _says(claim: Claim, statement: Statement) -> bool:
    return all(each.search(statement.text) for each in claim.says) and not _any(claim.but, statement.text)


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def topics(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield the topics that the nation's baseline speaks of and the document does not."""
    if document.home not in BASELINES:
        return
    clauses = baseline(document.home, on).policy.clauses
    for expected in review_reference().expected:
        basis = next((clause.basis for clause in clauses if expected.topic in clause.topics and clause.basis), None)
        spoken = expected.topic in document.topics if document.policy else _any(expected.found, document.text)
        if basis is None or spoken or document.home not in expected.nations:
            continue
        severity = unless_unsure(Severity.WARNING, basis.sure)
        about = {"topic": expected.topic}
        yield Finding(Rule.MISSING_TOPIC, severity, "", "", about=about, source=basis.source, sure=basis.sure)
