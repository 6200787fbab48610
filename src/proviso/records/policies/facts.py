"""Records become facts: whom a policy covers, and which of its clauses are somebody's."""

from collections.abc import Collection

from proviso.records.people.facts import kinds_for, who
from proviso.records.people.permissions import SIGNED_IN
from proviso.rules.norms import Clause, Policy


def covered_kinds(policy: Policy) -> frozenset[str]:
    """Return the kinds of role whose holders read and sign a policy: those it covers who can sign in."""
    covers = policy.expand(policy.covers)
    return frozenset({kind.value for kind in SIGNED_IN} & set(kinds_for(covers)))


def is_covered(policy: Policy, kinds: Collection[str]) -> bool:
    """Say whether a policy is for somebody with these roles."""
    return not set(policy.expand(policy.covers)).isdisjoint(who(kinds))


def binds(clause: Clause, policy: Policy, kinds: Collection[str]) -> bool:
    """Say whether a clause speaks to somebody with these roles."""
    return not set(policy.expand(clause.who)).isdisjoint(who(kinds))


def yearly_clause(policy: Policy) -> str:
    """Return the id of the clause that wants signatures every year; empty where none does."""
    for clause in policy.clauses:
        if any(
            governance.concern == "acknowledgement" and governance.every == "year" for governance in clause.governance
        ):
            return clause.id
    return ""
