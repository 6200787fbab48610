"""`proviso compare`: two policies, one policy by itself, or all of them at a glance."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from proviso.cli._language import add_language
from proviso.cli._show import say, say_json, say_table
from proviso.rules.norms import Clause, Comparison, CompiledPolicy, DifferentAnswer, OddNorm, compare, odd_norms
from proviso.rules.rulebook import at_a_glance, compiled, load, policy_ids


def add_compare(commands: Any) -> None:
    command = commands.add_parser(
        "compare",
        help="how two policies differ in their answers",
        description="Compare two policies exactly; look into one; or, without any, list all by topic and force.",
    )
    command.add_argument(
        "policies", metavar="POLICY", nargs="*", help="a policy's id, or a policy file ending in .yaml"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    names: list[str] = options.policies
    if len(names) > 2:
        raise ValueError(f"`compare` takes two policies, not {len(names)}: leave out `{names[2]}`")
    if not names:
        return _all(options)
    if len(names) == 1:
        return _within(compiled(names[0]), options)
    comparison = compare(compiled(names[0]), compiled(names[1]))
    if options.json:
        say_json(comparison_json(comparison))
        return 0
    from proviso.cli._comparison_in_words import say_comparison  # Django takes longer to load than a comparison

    say_comparison(comparison, *_called(names, comparison), options.language)
    return 0


def _called(names: list[str], comparison: Comparison) -> tuple[str, str]:
    """Return what the two are called: by their schools, or by their files where both are of one."""
    a, b = comparison.a.policy.establishment, comparison.b.policy.establishment
    return (a, b) if a != b else (Path(names[0]).name, Path(names[1]).name)


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison under the contract's keys; `duties` are situations in which only these differ."""
    return {
        "a": comparison.a.policy.id,
        "b": comparison.b.policy.id,
        "verdict": comparison.verdict.value,
        "differences": [_difference(each) for each in comparison.differences],
        "duties": [_difference(each) for each in comparison.duties],
    }


def _difference(each: DifferentAnswer) -> dict[str, Any]:
    return {
        "topic": each.topic,
        "facts": each.facts,
        "a": each.a.outcome.value,
        "b": each.b.outcome.value,
        "clauses_a": list(each.a.clauses),
        "clauses_b": list(each.b.clauses),
        "duties_a": [duty.clause for duty in each.a.duties],
        "duties_b": [duty.clause for duty in each.b.duties],
        "where": {among.fact: list(among.values) for among in each.where},
        "flags": list(each.flags),
        "either": list(each.either),
    }


def _within(policy: CompiledPolicy, options: argparse.Namespace) -> int:
    from proviso.rules.asking import uncovered  # it loads NumPy, and longer than the other commands run

    odd, silent = odd_norms(policy), uncovered(policy)
    if options.json:
        asked = [{"facts": dict(each.facts), "questions": each.questions, "example": each.example} for each in silent]
        say_json({"policy": policy.policy.id, "norms": [_odd(each) for each in odd], "uncovered": asked})
        return 0
    from proviso.cli._comparison_in_words import say_within

    say_within(policy.policy, odd, silent, options.language)
    return 0


def _odd(norm: OddNorm) -> dict[str, Any]:
    return {
        "kind": norm.oddity.value,
        "clause": norm.clause,
        "norm": norm.norm,
        "beside": list(norm.beside),
        "outcome": norm.outcome.value if norm.outcome else None,
        "facts": norm.facts,
    }


def _all(options: argparse.Namespace) -> int:
    policies = [load(policy) for policy in policy_ids()]
    table = at_a_glance(policies)
    if options.json:
        say_json({topic: {name: _cell(clauses) for name, clauses in row.items()} for topic, row in table.items()})
        return 0
    rows = [("topic", *(policy.id for policy in policies))]
    for topic, row in table.items():
        rows.append((topic, *(_shown(row[policy.id]) for policy in policies)))
    say_table(rows)
    say()
    say("The strongest force of the clauses on each topic, and how many clauses there are.")
    return 0


def _cell(clauses: tuple[Clause, ...]) -> dict[str, Any]:
    return {"force": clauses[0].force if clauses else None, "clauses": [clause.id for clause in clauses]}


def _shown(clauses: Iterable[Clause]) -> str:
    every = list(clauses)
    return f"{every[0].force} {len(every)}" if every else "-"
