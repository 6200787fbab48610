"""Scenarios: situations whose ruling is written down by hand, beside the policy, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from proviso.rules.norms import Facts, Outcome, Policy
from proviso.rules.rulebook._yaml_reader import Reader

APPLIES = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A sentence, a situation, and what must come of it.

    `clause` and `norm` (from 1) name the norm under test and `applies` whether it speaks
    (yes, no, unknown) before priorities between clauses are heeded. `outcome`, `clauses`,
    `duties` and `missing` are held against the ruling; with `assume_no` the flags left out
    are taken as no.
    """

    name: str
    line: int
    facts: Facts
    assume_no: bool
    on: date | None
    clause: str | None
    norm: int
    applies: str | None
    outcome: str | None
    clauses: tuple[str, ...]
    duties: tuple[str, ...]
    missing: tuple[str, ...]


def read_scenarios(path: Path, policy: Policy) -> tuple[Scenario, ...]:
    """Read the scenarios of a policy.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = Reader(path)
    root = reader.mapping(reader.root(), ("policy", "scenarios"))
    if reader.text(root.get("policy")) != policy.id:
        reader.fault(root["policy"], "these are another policy's scenarios", f"write `policy: {policy.id}`")
    scenarios = tuple(_scenario(reader, node, policy) for node in reader.items(root.get("scenarios")))
    names = [scenario.name for scenario in scenarios]
    for scenario in scenarios:
        if names.count(scenario.name) > 1:
            raise reader.failed(scenario.line, f"`{scenario.name}` stands twice", "give each its own sentence")
    reader.finish()
    return scenarios


def _scenario(reader: Reader, node: yaml.Node, policy: Policy) -> Scenario:
    may = ("assume_no", "on", "clause", "norm", "applies", "outcome", "clauses", "duties", "missing")
    keys = reader.mapping(node, ("name", "facts"), may)
    clause = reader.optional(keys.get("clause"))
    norm = int(reader.optional(keys.get("norm")) or "1")
    norms = {clause.id: len(clause.norms) for clause in policy.clauses}
    if clause is not None and norms.get(clause, 0) < norm:
        reader.fault(node, f"{clause} has no norm number {norm}", "name a norm of the policy")
    applies = reader.optional(keys.get("applies"))
    if applies is not None and applies not in APPLIES:
        reader.fault(keys["applies"], f"`applies: {applies}`", f"write one of {', '.join(APPLIES)}")
    outcome = reader.optional(keys.get("outcome"))
    if outcome is not None and outcome not in tuple(Outcome):
        reader.fault(keys["outcome"], f"unknown outcome `{outcome}`", f"write one of {', '.join(Outcome)}")
    if applies is None and outcome is None:
        reader.fault(node, "a scenario that expects nothing", "add `applies:` or `outcome:`")
    return Scenario(
        name=reader.text(keys.get("name")),
        line=int(node.start_mark.line) + 1,
        facts={name: _value(reader, value) for name, _, value in reader.pairs(keys["facts"])}
        if "facts" in keys
        else {},
        assume_no=reader.optional(keys.get("assume_no")) == "yes",
        on=reader.day(keys.get("on")),
        clause=clause,
        norm=norm,
        applies=applies,
        outcome=outcome,
        clauses=reader.texts(keys.get("clauses")),
        duties=reader.texts(keys.get("duties")),
        missing=reader.texts(keys.get("missing")),
    )


def _value(reader: Reader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return reader.texts(node)
    return {"yes": True, "no": False}.get(str(node.value), str(node.value))
