"""Reviewing a document: what is wrong with it, where, and by which rule.

A policy of the rulebook, a school's own version and a file that was read become the same `ReviewedDocument`. Pure: the
day comes from the caller, law, guidance and platforms from the rulebook's dated reference data. Codes come out;
`wording` makes sentences of them.
"""

from proviso.rules.review._document import Block, BlockKind, ReviewedDocument, Statement
from proviso.rules.review._findings import Finding, Rule, Severity
from proviso.rules.review._policy import of_policy
from proviso.rules.review._review import review
from proviso.rules.review._text import from_text

__all__ = [
    "Block",
    "BlockKind",
    "Finding",
    "ReviewedDocument",
    "Rule",
    "Severity",
    "Statement",
    "from_text",
    "of_policy",
    "review",
]
