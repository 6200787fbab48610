"""A policy into the text of its file: the one form in which the rulebook keeps policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import yaml

from proviso.rules.norms import Basis, Clause, Condition, NamedContact, Norm, Policy, Protection, Runner

_WIDTH = 118


def write_policy(policy: Policy) -> str:
    """Return the policy's file; `read_policy` of it gives the same policy."""
    head = {
        "policy": policy.id,
        "name": policy.name,
        "name_welsh": policy.name_welsh,
        "establishment": policy.establishment,
        "nation": policy.nation,
        "kind": policy.kind,
        "version": policy.version,
        "dated": policy.dated.isoformat(),
        "review_due": policy.review_due.isoformat() if policy.review_due else None,
        "ask": policy.ask,
        "groups": policy.groups,
        "covers": policy.covers,
        "covered_by": policy.covered_by,
        "definitions": policy.definitions,
        "signatories": policy.signatories,
        "related": policy.related,
        "sections": policy.sections,
        "contacts": {role: _filled(contact) for role, contact in policy.contacts.items()},
        "channels": policy.channels,
        "words_welsh": policy.words_welsh,
    }
    block = {"groups", "definitions", "sections", "contacts", "channels", "words_welsh"}
    pairs = [(key, _node(value, flow=key not in block)) for key, value in head.items() if value]
    clauses = yaml.SequenceNode(_SEQ, [_clause(clause) for clause in policy.clauses], flow_style=False)
    root = _mapping([*pairs, ("clauses", clauses)], flow=False)
    text: str = yaml.serialize(root, Dumper=yaml.SafeDumper, width=_WIDTH, allow_unicode=True)
    return text


def _filled(contact: NamedContact) -> dict[str, str]:
    pairs = ((field.name, getattr(contact, field.name)) for field in fields(NamedContact))
    return {name: value for name, value in pairs if value}


_MAP, _SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_RESOLVER = yaml.resolver.Resolver()


def _mapping(pairs: Iterable[tuple[str, yaml.Node]], *, flow: bool) -> yaml.MappingNode:
    return yaml.MappingNode(_MAP, [(_scalar(key), node) for key, node in pairs], flow_style=flow)


def _scalar(text: str) -> yaml.ScalarNode:
    # The reader takes every scalar as the text it is, so each is written plain wherever that can be.
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # PyYAML's own
    return yaml.ScalarNode(tag, text)


def _node(value: Any, *, flow: bool) -> yaml.Node:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return _mapping([(key, _node(item, flow=True)) for key, item in value.items()], flow=flow)
    return yaml.SequenceNode(_SEQ, [_node(item, flow=flow) for item in value], flow_style=flow)


def _clause(clause: Clause) -> yaml.Node:
    pairs: list[tuple[str, yaml.Node]] = []
    for key in ("id", "number", "at", "who", "force", "text", "welsh", "source_note", "topics", "runs"):
        value = getattr(clause, key)
        if key not in ("number", "welsh", "source_note") or value:
            pairs.append((key, _node(_single(value), flow=True)))
    for runner in Runner:
        records = getattr(clause, runner.value)
        if records:
            write = _norm if runner is Runner.NORMS else _record
            pairs.append(
                (runner.value, yaml.SequenceNode(_SEQ, [write(record) for record in records], flow_style=False))
            )
    if clause.consequence:
        written = [_condition(condition) for condition in clause.consequence]
        pairs.append(("consequence", yaml.SequenceNode(_SEQ, written, flow_style=False)))
    if clause.basis:
        pairs.append(("basis", _basis(clause.basis)))
    if clause.protection:
        pairs.append(("protection", _protection(clause.protection)))
    if clause.refers:
        pairs.append(("refers", _node(clause.refers, flow=True)))
    return _mapping(pairs, flow=False)


def _basis(basis: Basis) -> yaml.Node:
    days = {"since": basis.since.isoformat(), "until": basis.until.isoformat() if basis.until else None}
    written = {"source": basis.source, "sure": basis.sure, **days}
    return _mapping([(key, _scalar(value)) for key, value in written.items() if value], flow=False)


def _protection(protection: Protection) -> yaml.Node:
    pairs: list[tuple[str, yaml.Node]] = [("urgency", _scalar(str(protection.urgency)))]
    for key in ("do_now", "do_not"):
        steps = getattr(protection, key)
        if steps:
            pairs.append((key, _mapping([(who, _node(ids, flow=True)) for who, ids in steps.items()], flow=False)))
    return _mapping(pairs, flow=False)


def _norm(norm: Norm) -> yaml.Node:
    pairs: list[tuple[str, yaml.Node]] = [(norm.force.value, _condition(norm.when))]
    for key in ("unless", "met"):
        exceptions = getattr(norm, key)
        if exceptions:
            pairs.append(
                (key, yaml.SequenceNode(_SEQ, [_exception(exception) for exception in exceptions], flow_style=True))
            )
    for key in ("overrides", "instead", "what", "by", "to", "of"):
        value = getattr(norm, key)
        if value:
            pairs.append((key, _node(value, flow=True)))
    return _mapping(pairs, flow=False)


def _exception(condition: Condition) -> yaml.Node:
    if len(condition.flags) == 1 and condition == Condition(flags=condition.flags):
        return _scalar(condition.flags[0])
    return _condition(condition)


def _condition(condition: Condition) -> yaml.Node:
    pairs = [(fact, _node(_single(values), flow=True)) for fact, values in condition.values]
    pairs += [(flag, _scalar("yes")) for flag in condition.flags]
    if condition.no:
        pairs.append(("no", _node(_single(condition.no), flow=True)))
    if condition.either:
        pairs.append(("any", _node(condition.either, flow=True)))
    return _mapping(pairs, flow=True)


def _record(record: Any) -> yaml.Node:
    values = [(field.name, getattr(record, field.name)) for field in fields(record)]
    return _mapping([(key, _node(_single(value), flow=True)) for key, value in values if value], flow=True)


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
