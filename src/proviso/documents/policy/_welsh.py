"""A policy in the language of its document, as far as it has words in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from proviso.documents.policy._content import PolicyContent
from proviso.rules.norms import Clause, Policy


def in_its_language(content: PolicyContent) -> PolicyContent:
    """Return content whose policy speaks its language; what has no Welsh stays as it is."""
    if content.language != "cy":
        return content
    words = content.policy.words_welsh
    particulars = tuple((name, words.get(text, text)) for name, text in content.particulars)
    return replace(content, policy=_welsh(content.policy), particulars=particulars)


def _welsh(policy: Policy) -> Policy:
    words = policy.words_welsh
    return replace(
        policy,
        name=policy.name_welsh or policy.name,
        establishment=words.get(policy.establishment, policy.establishment),
        sections={
            words.get(title, title): tuple(words.get(place, place) for place in places)
            for title, places in policy.sections.items()
        },
        definitions={words.get(word, word): clause for word, clause in policy.definitions.items()},
        ask=words.get(policy.ask, policy.ask),
        related=tuple(words.get(title, title) for title in policy.related),
        clauses=tuple(_clause(clause, words) for clause in policy.clauses),
    )


def _clause(clause: Clause, words: Mapping[str, str]) -> Clause:
    def welsh(text: str) -> str:
        return words.get(text, text)

    return replace(
        clause,
        at=welsh(clause.at),
        text=clause.welsh or clause.text,
        norms=tuple(replace(norm, what=welsh(norm.what) if norm.what else None) for norm in clause.norms),
        duties=tuple(replace(duty, what=welsh(duty.what), when=welsh(duty.when)) for duty in clause.duties),
        procedure=tuple(
            replace(
                step,
                who=welsh(step.who),
                what=welsh(step.what),
                by=welsh(step.by) if step.by else None,
                on=welsh(step.on),
            )
            for step in clause.procedure
        ),
    )
