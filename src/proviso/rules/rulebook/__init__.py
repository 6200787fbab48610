"""The rulebook: the policies, the facts they speak of, and dated reference data, as files.

Pure but for reading its own files. Everything is validated when it is read; what is wrong
is reported all at once, with file and line.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from proviso.rules.norms import CompiledPolicy, Policy, Vocabulary, nearest
from proviso.rules.rulebook._at_a_glance import at_a_glance
from proviso.rules.rulebook._cases import (
    CaseKind,
    CaseKinds,
    ReferralPeriod,
    check_procedures,
    period_of,
    read_case_kinds,
    read_periods,
)
from proviso.rules.rulebook._cases import with_cases as _with_cases
from proviso.rules.rulebook._differences import (
    ClauseDifference,
    Difference,
    FieldDifference,
    Piece,
    differences,
    head_differences,
    is_material,
    pieces,
)
from proviso.rules.rulebook._headings import headings
from proviso.rules.rulebook._own_document import (
    PolicySection,
    filled,
    is_own,
    numbered,
    sections,
    with_blanks,
    without_blanks,
)
from proviso.rules.rulebook._protection import (
    Contact,
    ProtectiveStep,
    ProtectiveSteps,
    check_protections,
    read_contacts,
    read_steps,
)
from proviso.rules.rulebook._read import NATIONS, READERS, RUNNER_OF, read_policy
from proviso.rules.rulebook._read import parse_policy as _parse_policy
from proviso.rules.rulebook._reference import Platform, Reference, Source, read_reference
from proviso.rules.rulebook._retention import RetentionRule, read_retention
from proviso.rules.rulebook._review_reference import (
    REVIEWED_NATIONS,
    Act,
    Claim,
    ExpectedTopic,
    ReviewReference,
    Title,
    read_review_reference,
)
from proviso.rules.rulebook._scenarios import Scenario, read_scenarios
from proviso.rules.rulebook._vocabulary import Topic, read_topics, read_vocabulary
from proviso.rules.rulebook._write import write_policy
from proviso.rules.rulebook._yaml_reader import FileFault, RulebookError, Text

__all__ = [
    "BASELINES",
    "READERS",
    "REVIEWED_NATIONS",
    "RUNNER_OF",
    "CaseKind",
    "CaseKinds",
    "Act",
    "Claim",
    "ClauseDifference",
    "Contact",
    "Difference",
    "ExpectedTopic",
    "FieldDifference",
    "FileFault",
    "Piece",
    "Platform",
    "PolicySection",
    "ProtectiveStep",
    "ProtectiveSteps",
    "Reference",
    "ReferralPeriod",
    "RetentionRule",
    "ReviewReference",
    "RulebookError",
    "Scenario",
    "Source",
    "Title",
    "Topic",
    "UnknownPolicyError",
    "at_a_glance",
    "baseline",
    "baseline_steps",
    "case_kinds",
    "compile_policy",
    "compiled",
    "contacts",
    "differences",
    "filled",
    "fingerprint",
    "folder",
    "head_differences",
    "headings",
    "is_material",
    "is_own",
    "load",
    "numbered",
    "parse_policy",
    "pieces",
    "policy_ids",
    "read_policy",
    "reference",
    "referral_period",
    "retention_rules",
    "review_reference",
    "scenarios",
    "scenarios_for",
    "sections",
    "source",
    "topics",
    "vocabulary",
    "with_cases",
    "write_policy",
    "with_blanks",
    "without_blanks",
]


# The baselines of law and guidance, by nation: policies that no school adopts.
BASELINES = {nation: f"baseline-{nation.lower()}" for nation in NATIONS}


class UnknownPolicyError(ValueError):
    """No policy of that name; the message names the nearest."""


def folder() -> Path:
    """Return where the rulebook's files are: PROVISO_RULEBOOK, or the ones that came with the program."""
    return Path(os.environ.get("PROVISO_RULEBOOK") or Path(__file__).parent)


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(folder() / "vocabulary.yaml")


@cache
def topics() -> dict[str, Topic]:
    return read_topics(folder() / "topics.yaml")


@cache
def reference() -> Reference:
    return read_reference(folder() / "reference", vocabulary())


@cache
def case_kinds() -> CaseKinds:
    """Return the kinds of case, the parts of their procedures, and the letters."""
    return read_case_kinds(folder() / "cases.yaml")


def with_cases(policy: Policy) -> Policy:
    """Return a policy whose steps say to which kinds of case they belong, where it was adopted before they did."""
    if all(step.case for clause in policy.clauses for step in clause.procedure):
        return policy
    return _with_cases(policy, map(load, policy_ids()))


@cache
def _periods() -> tuple[ReferralPeriod, ...]:
    return read_periods(folder() / "reference" / "referral_periods.yaml")


def referral_period(nation: str, authority: str, on: date) -> ReferralPeriod:
    """Return within what time an authority wants to hear of an allegation on a day, or else what its nation says."""
    return period_of(_periods(), nation, authority, on)


@cache
def review_reference() -> ReviewReference:
    """Return what a document is reviewed against."""
    return read_review_reference(folder() / "reference" / "review")


def policy_ids() -> tuple[str, ...]:
    """Return the ids of the rulebook's policies, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder() / "policies").glob("*.yaml")))


@cache
def load(policy: str) -> Policy:
    """Return a policy or a baseline by its id, or from a file when the name ends in `.yaml`, as it reads.

    Errors as for `source`.
    """
    return filled(source(policy))


@cache
def source(policy: str) -> Policy:
    """Return a policy as `load` does, but as it is written: with blanks for what an establishment fills in.

    Raises:
        UnknownPolicyError: no policy of that id.
        RulebookError: a file that is not valid, with every fault.
    """
    if policy.endswith(".yaml"):
        path = Path(policy)
    elif policy in policy_ids():
        path = folder() / "policies" / f"{policy}.yaml"
    elif policy in BASELINES.values():
        path = folder() / "baselines" / f"{policy.removeprefix('baseline-')}.yaml"
    else:
        known = (*policy_ids(), *BASELINES.values())
        raise UnknownPolicyError(f"unknown policy `{policy}`{nearest(policy, known)}: use one of {', '.join(known)}")
    read = read_policy(path, vocabulary(), topics(), reference().ids)
    if policy in BASELINES.values():
        check_protections(read, baseline_steps(), path)
    check_procedures(read, case_kinds(), path, whole=policy in BASELINES.values())
    return read


@cache
def scenarios(policy: str) -> tuple[Scenario, ...]:
    """Return the scenarios of one of the rulebook's policies."""
    return read_scenarios(folder() / "scenarios" / f"{policy}.yaml", load(policy))


def scenarios_for(policy: Policy, model: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a model that a policy made from it can use: those on clauses that it still has.

    What they expect is the model's; only a ruling says what comes of them under the policy.

    Raises:
        UnknownPolicyError: no model of that id.
    """
    load(model)
    norms = {clause.id: len(clause.norms) for clause in policy.clauses}
    return tuple(
        scenario
        for scenario in scenarios(model)
        if scenario.clause is None or norms.get(scenario.clause, 0) >= scenario.norm
    )


@cache
def compiled(policy: str) -> CompiledPolicy:
    """Return a policy ready to rule, with the notes of its nation; see `load`."""
    return compile_policy(load(policy))


def baseline(nation: str, on: date | None = None) -> CompiledPolicy:
    """Return what law and guidance of a nation (`England` or `Wales`) expect, ready to rule beside its policies.

    With `on` only the clauses that are in force on that day.
    """
    clauses = load(BASELINES[nation]).clauses
    return _baseline_of(
        nation, frozenset(clause.id for clause in clauses if clause.basis and clause.basis.in_force(on))
    )


@cache
def _baseline_of(nation: str, ids: frozenset[str]) -> CompiledPolicy:
    whole = load(BASELINES[nation])
    clauses = tuple(clause for clause in whole.clauses if clause.id in ids)
    return CompiledPolicy(replace(whole, clauses=clauses), vocabulary())


@cache
def retention_rules() -> dict[str, RetentionRule]:
    """Return how long records are kept, by the id of the rule."""
    return read_retention(folder() / "reference" / "retention.yaml")


@cache
def contacts() -> dict[str, Contact]:
    """Return whom the steps of the baselines send people to, by id."""
    return read_contacts(folder() / "reference" / "contacts.yaml")


@cache
def baseline_steps() -> ProtectiveSteps:
    """Return what the clauses of the baselines say to do, and not to do, when a child may come to harm."""
    return read_steps(folder() / "baselines" / "steps.yaml", contacts())


def compile_policy(policy: Policy) -> CompiledPolicy:
    """Return a policy that was read or changed elsewhere ready to rule, with the notes of its nation."""
    return CompiledPolicy(filled(policy), vocabulary(), reference().notes)


def parse_policy(text: str, name: str = "policy") -> Policy:
    """Read and validate a policy from its text, as `write_policy` gives it: as it is written, blanks and all.

    Faults call the text `name`.

    Raises:
        RulebookError: every fault, each with line, what is wrong and what to do.
    """
    read = _parse_policy(Text(name, text), vocabulary(), topics(), reference().ids)
    check_procedures(read, case_kinds(), Text(name, text))
    return read


def fingerprint(text: str) -> str:
    """Return what tells this text from every other: the SHA-256 of its UTF-8 bytes in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
