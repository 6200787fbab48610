"""A policy of the rulebook, or a school's own version, as a document to review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from proviso.rules.norms import Clause, CompiledPolicy
from proviso.rules.review._document import Block, BlockKind, ReviewedDocument, place_of
from proviso.rules.review._findings import Finding, Rule, Severity, quoted, unless_unsure
from proviso.rules.rulebook import reference, review_reference

# What the rulebook remarks about the document that a model's clause comes from, as far as a rule is about it.
_REMARKS = (
    (Rule.UNSIGNED, Severity.WARNING, re.compile(r"\bno signature|\bnot signed|\bsigned\b", re.IGNORECASE)),
    (Rule.BLANK_LEFT, Severity.ERROR, re.compile(r"\bblank\b", re.IGNORECASE)),
    (Rule.NO_REVIEW_DATE, Severity.WARNING, re.compile(r"\bno date for (?:its )?review", re.IGNORECASE)),
)


def of_policy(compiled: CompiledPolicy) -> ReviewedDocument:
    """Return a policy as a document: its clauses, with the names of what they refer to."""
    policy = compiled.policy
    blocks = tuple(block for clause in policy.clauses for block in _blocks(clause))
    return ReviewedDocument(
        policy.name,
        blocks,
        nation=policy.nation,
        policy=compiled,
        review_due=policy.review_due,
        dated=policy.dated,
        topics=frozenset(topic for clause in policy.clauses for topic in clause.topics),
    )


def _blocks(clause: Clause) -> Iterator[Block]:
    at = place_of(clause)
    yield Block(BlockKind.PARAGRAPH, clause.text, at, clause.number, source=clause.id)
    known = reference()
    for name in clause.refers:
        source = known.laws.get(name) or known.guidance.get(name) or known.platforms.get(name)
        if source is None:
            yield Block(BlockKind.PARAGRAPH, name, at, source=clause.id)
        elif not any(word.casefold() in clause.text.casefold() for word in (source.name, source.name.split(" (")[0])):
            yield Block(BlockKind.PARAGRAPH, _as_named(name, source.name), at, source=clause.id)


def _as_named(name: str, title: str) -> str:
    """Return a source by the name under which it was referred to: a renamed platform by its old one."""
    return name.capitalize() if name == "twitter" else title


def remarks(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield what is known to be wrong with a policy's clauses: notes on law and guidance, remarks on their source."""
    if document.policy is None:
        return
    rules = review_reference().rule_of_note
    for note in document.policy.notes:
        touched = (clause for clause in document.policy.policy.clauses if clause.id in note.clauses)
        clause = next(touched, None) if note.id in rules and note.in_force(on) else None
        if clause is not None:
            severity = unless_unsure(Severity.ERROR, note.sure)
            rule, quote = Rule(rules[note.id]), quoted(clause.text)
            yield Finding(
                rule, severity, place_of(clause), quote, "note", text=note.text, source=note.source, sure=note.sure
            )
    for clause in document.policy.policy.clauses:
        for rule, severity, words in _REMARKS if clause.source_note else ():
            if words.search(clause.source_note or ""):
                yield Finding(rule, severity, place_of(clause), quoted(clause.source_note or ""), "remark")
                break
