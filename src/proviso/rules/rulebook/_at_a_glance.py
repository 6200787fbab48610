"""Policies beside each other: what each says on each topic, by the force of its clauses."""

from __future__ import annotations

from collections.abc import Sequence

from proviso.rules.norms import Clause, Policy

# From the strongest on; what a clause says by the way (information, consequences) comes last.
_FORCES = ("prohibited", "discouraged", "caution", "required", "permitted", "principle", "consequence", "info")


def at_a_glance(policies: Sequence[Policy]) -> dict[str, dict[str, tuple[Clause, ...]]]:
    """Return, for each topic that any of some policies speaks of, the clauses of each policy, the strongest first.

    Topics come in alphabetical order, policies by their ids.
    """
    topics = sorted({topic for policy in policies for clause in policy.clauses for topic in clause.topics})
    return {topic: {policy.id: _of(policy, topic) for policy in policies} for topic in topics}


def _of(policy: Policy, topic: str) -> tuple[Clause, ...]:
    clauses = (clause for clause in policy.clauses if topic in clause.topics)
    return tuple(sorted(clauses, key=lambda clause: _FORCES.index(clause.force)))
