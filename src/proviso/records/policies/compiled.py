"""Versions ready to rule: each text is read and compiled once in a process."""

from functools import lru_cache

from proviso.records.policies.models import Version
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy, Policy


@lru_cache(maxsize=256)
def _compiled(fingerprint: str, text: str) -> CompiledPolicy:
    policy = rulebook.parse_policy(text)
    # A text of before documents had numbers of their own is read with them all the same.
    return rulebook.compile_policy(policy if rulebook.is_own(policy) else rulebook.numbered(policy))


def compiled_policy(version: Version) -> CompiledPolicy:
    """Return a version's policy, ready to rule."""
    return _compiled(version.fingerprint, version.text)


def policy_of(version: Version) -> Policy:
    """Return a version's policy as it reads: with its blanks filled in."""
    return compiled_policy(version).policy


def source_of(version: Version) -> Policy:
    """Return a version's policy as it is written, with its blanks: for whoever changes it or compares it."""
    return rulebook.parse_policy(version.text)


def model_of(version: Version) -> Policy | None:
    """Return the model that a version was made from, as it was then and as it is written."""
    return rulebook.parse_policy(version.model_text) if version.model_text else None
