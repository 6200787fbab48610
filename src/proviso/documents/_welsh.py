"""A policy in the language of its document, as far as it has words in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from proviso.documents._content import PolicyDocument
from proviso.rules.norms import Clause, Policy


def in_its_language(document: PolicyDocument) -> PolicyDocument:
    """Return a document whose policy speaks its language; what has no Welsh stays as it is."""
    return replace(document, policy=_welsh(document.policy)) if document.language == "cy" else document


def _welsh(policy: Policy) -> Policy:
    words = policy.words_welsh
    return replace(
        policy,
        name=policy.name_welsh or policy.name,
        ask=words.get(policy.ask, policy.ask),
        related=tuple(words.get(one, one) for one in policy.related),
        clauses=tuple(_clause(clause, words) for clause in policy.clauses),
    )


def _clause(clause: Clause, words: Mapping[str, str]) -> Clause:
    def said(text: str) -> str:
        return words.get(text, text)

    return replace(
        clause,
        at=said(clause.at),
        text=clause.welsh or clause.text,
        norms=tuple(replace(one, what=said(one.what) if one.what else None) for one in clause.norms),
        duties=tuple(replace(one, what=said(one.what), when=said(one.when)) for one in clause.duties),
        procedure=tuple(
            replace(one, who=said(one.who), what=said(one.what), by=said(one.by), on=said(one.on))
            for one in clause.procedure
        ),
    )
