"""The headings of a policy, as the places of its clauses in the document give them."""

from __future__ import annotations

import re
from collections import Counter

from proviso.rules.norms import Policy

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def headings(policy: Policy) -> dict[str, str]:
    """Return the heading of each place: its name, or its number as far as several clauses share it."""
    heads = {clause.at: _head(clause.at) for clause in policy.clauses}
    sizes = Counter(heads[clause.at] for clause in policy.clauses)
    titles = {}
    for at, head in heads.items():
        whole = head.split(".")[0]
        if _NUMBER.fullmatch(head) and "." in head:
            family = [size for other, size in sizes.items() if other.split(".")[0] == whole]
            if sum(size == 1 for size in family) * 2 > len(family):
                head = whole
        titles[at] = head
    return titles


def _head(at: str) -> str:
    """Return a place up to its letter, bullet or remark; `5 adults (1)` belongs to 5, `3 Scope` is a title."""
    head = re.split(r"[(,;]", at)[0].strip()
    number = _NUMBER.match(head)
    return number.group() if number and head[number.end() :].strip().islower() else head
