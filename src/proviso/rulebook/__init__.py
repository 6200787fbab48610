"""The rulebook: the policies, the facts they speak of, and dated reference data, as files.

Pure but for reading its own files. Everything is validated when it is read; what is wrong
is reported all at once, with file and line.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from proviso.norms import CompiledPolicy, Policy, Vocabulary, nearest
from proviso.rulebook._nodes import FileFault, RulebookError
from proviso.rulebook._read import RUNNER_OF, read_policy
from proviso.rulebook._reference import Platform, Reference, Source, read_reference
from proviso.rulebook._scenarios import Scenario, read_scenarios
from proviso.rulebook._vocabulary import read_topics, read_vocabulary
from proviso.rulebook._write import write_policy

__all__ = [
    "RUNNER_OF",
    "FileFault",
    "Platform",
    "Reference",
    "RulebookError",
    "Scenario",
    "Source",
    "UnknownPolicyError",
    "compiled",
    "folder",
    "load",
    "policy_ids",
    "read_policy",
    "reference",
    "scenarios",
    "topics",
    "vocabulary",
    "write_policy",
]


class UnknownPolicyError(ValueError):
    """No policy of that name; the message names the nearest."""


def folder() -> Path:
    """Return where the rulebook's files are: PROVISO_RULEBOOK, or the ones that came with the program."""
    return Path(os.environ.get("PROVISO_RULEBOOK") or Path(__file__).parent)


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(folder() / "vocabulary.yaml")


@cache
def topics() -> dict[str, str]:
    return read_topics(folder() / "topics.yaml")


@cache
def reference() -> Reference:
    return read_reference(folder() / "reference", vocabulary())


def policy_ids() -> tuple[str, ...]:
    """Return the ids of the rulebook's policies, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder() / "policies").glob("*.yaml")))


@cache
def load(policy: str) -> Policy:
    """Return a policy by its id, or from a file when the name ends in `.yaml`.

    Raises:
        UnknownPolicyError: no policy of that id.
        RulebookError: a file that is not valid, with every fault.
    """
    if policy.endswith(".yaml"):
        path = Path(policy)
    elif policy in policy_ids():
        path = folder() / "policies" / f"{policy}.yaml"
    else:
        known = policy_ids()
        raise UnknownPolicyError(f"unknown policy `{policy}`{nearest(policy, known)}: use one of {', '.join(known)}")
    return read_policy(path, vocabulary(), topics(), reference().ids)


@cache
def scenarios(policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios of one of the rulebook's policies."""
    return read_scenarios(folder() / "scenarios" / f"{policy}.yaml", load(policy))


@cache
def compiled(policy: str) -> CompiledPolicy:
    """Return a policy ready to rule, with the notes of its nation; see `load`."""
    return CompiledPolicy(load(policy), vocabulary(), reference().notes)
