"""`proviso policies` and `proviso clauses`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from proviso.cli._show import say, say_json, say_table
from proviso.rules.norms import Clause, Policy
from proviso.rules.rulebook import (
    BASELINES,
    RulebookError,
    baseline_steps,
    contacts,
    load,
    policy_ids,
    reference,
    review_reference,
    topics,
    vocabulary,
)


def add_policies(commands: Any) -> None:
    command = commands.add_parser("policies", help="the policies, or what is wrong with their files")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument(
        "--check", nargs="*", metavar="FILE", help="check the rulebook, or policy files, and list every fault"
    )
    command.set_defaults(run=_check_or_list)


def add_clauses(commands: Any) -> None:
    command = commands.add_parser("clauses", help="each clause of a policy with what carries it out")
    command.add_argument("policy", metavar="POLICY", help="a policy's id, or a policy file ending in .yaml")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_clauses)


def _check_or_list(options: argparse.Namespace) -> int:
    if options.check is not None:
        return _check(options.check)
    policies = [load(policy) for policy in policy_ids()]
    if options.json:
        say_json({"policies": [_policy(policy) for policy in policies]})
        return 0
    say_table([("policy", "establishment", "nation", "version", "clauses"), *((_row(policy)) for policy in policies)])
    return 0


def _row(policy: Policy) -> tuple[str, str, str, str, str]:
    return policy.id, policy.establishment, policy.nation, policy.version, str(len(policy.clauses))


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "policy": policy.id,
        "name": policy.name,
        "establishment": policy.establishment,
        "nation": policy.nation,
        "kind": policy.kind,
        "version": policy.version,
        "dated": policy.dated.isoformat(),
        "review_due": policy.review_due.isoformat() if policy.review_due else None,
        "covers": list(policy.expand(policy.covers)),
        "clauses": len(policy.clauses),
    }


def _check(files: list[str]) -> int:
    faults = 0
    loads = [partial(load, name) for name in files or (*policy_ids(), *BASELINES.values())]
    readers: list[Callable[[], object]] = [
        vocabulary,
        topics,
        reference,
        review_reference,
        contacts,
        baseline_steps,
        *loads,
    ]
    for read in readers:
        try:
            read()
        except RulebookError as error:
            faults += len(error.faults)
            sys.stderr.writelines(f"{fault}\n" for fault in error.faults)
    if not faults:
        say(f"no fault in {', '.join(files) or 'the rulebook'}")
    return 2 if faults else 0


def _clauses(options: argparse.Namespace) -> int:
    policy = load(options.policy)
    if options.json:
        say_json(
            {
                "policy": policy.id,
                "version": policy.version,
                "clauses": [_clause(policy, clause) for clause in policy.clauses],
            }
        )
        return 0
    say(f"{policy.name}, {policy.establishment} ({policy.nation}), version {policy.version}")
    say(f"{len(policy.clauses)} clauses")
    say()
    rows = [("clause", "force", "carried out by", "says")]
    for clause in policy.clauses:
        runners = ", ".join(clause.runners) or f"({', '.join(clause.runs)})"
        rows.append((clause.id, clause.force, runners, clause.text))
    say_table(rows)
    return 0


def _clause(policy: Policy, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "at": clause.at,
        "text": clause.text,
        "force": clause.force,
        "who": list(policy.expand(clause.who)),
        "topics": list(clause.topics),
        "runs": list(clause.runs),
        "runners": [runner.value for runner in clause.runners],
        "refers": list(clause.refers),
    }
