"""The policies that the site can show, and what stands in the way of those that it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from proviso.records.people.actors import Public
from proviso.records.people.selectors import public_establishment
from proviso.records.policies import compiled
from proviso.records.policies.selectors.versions import public_version
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy, Policy
from proviso.rules.rulebook import FileFault, RulebookError


class NothingInForce(LookupError):
    """An establishment that has no policy in force; the argument is the establishment."""


def book(name: str, today: date) -> CompiledPolicy:
    """Return the policy behind a name in an address: an establishment's own in force, or one of the rulebook.

    Raises:
        NothingInForce: an establishment without one.
        UnknownPolicyError: neither.
        RulebookError: a file of the rulebook that cannot be used.
    """
    if name in rulebook.policy_ids():
        return rulebook.compiled(name)
    version = public_version(Public(today), name)
    if version is not None:
        return compiled.compiled_policy(version)
    establishment = public_establishment(Public(today), name)
    if establishment is not None:
        raise NothingInForce(establishment)
    return rulebook.compiled(name)


@dataclass(frozen=True)
class Shelved:
    """A policy on the first page; `policy` is missing where its file cannot be read."""

    id: str
    policy: Policy | None
    overdue: bool = False


def shelved(today: date) -> list[Shelved]:
    """Return every policy, those that can be read first, by the name of the establishment."""
    entries = [_one(policy_id, today) for policy_id in rulebook.policy_ids()]
    return sorted(
        entries, key=lambda entry: (entry.policy is None, entry.policy.establishment if entry.policy else entry.id)
    )


def _one(policy_id: str, today: date) -> Shelved:
    try:
        policy = rulebook.load(policy_id)
    except RulebookError:
        return Shelved(policy_id, None)
    return Shelved(policy_id, policy, overdue(policy, today))


def overdue(policy: Policy, today: date) -> bool:
    """Whether the day on which a policy was to be reviewed has passed."""
    return policy.review_due is not None and policy.review_due < today


def fault_lines(faults: Sequence[FileFault]) -> list[str]:
    """Return what is wrong in a file, without telling visitors where on the machine the file lies."""
    return [f"{'/'.join(Path(f.file).parts[-2:])}, line {f.line}: {f.what}; {f.do}" for f in faults]
