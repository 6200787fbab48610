"""Changes to the text of a policy: clauses amended, added and switched off, and the head filled in. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy

OWN = "OWN-"


@dataclass(frozen=True)
class Head:
    """What the head of an establishment's own policy says."""

    slug: str
    establishment: str
    nation: str
    number: int
    dated: date
    review_on: date | None
    ask: str


def parsed(text: str) -> Policy:
    """Return the policy that a version's text holds.

    Raises:
        RulebookError: a text that is not valid, with every fault.
    """
    return rulebook.parse_policy(text)


def written(policy: Policy) -> str:
    """Return a policy's text, after reading it back: what the clause language forbids never reaches a version.

    Nor do the rulebook's remarks about the document that the model comes from.

    Raises:
        RulebookError: every fault of the policy.
    """
    text = rulebook.write_policy(_without_source_notes(policy))
    rulebook.parse_policy(text)
    return text


def _without_source_notes(policy: Policy) -> Policy:
    notes = {clause.source_note for clause in policy.clauses}
    return replace(
        policy,
        clauses=tuple(replace(clause, source_note=None) for clause in policy.clauses),
        words_welsh={text: welsh for text, welsh in policy.words_welsh.items() if text not in notes},
    )


def headed(policy: Policy, head: Head) -> Policy:
    """Return a policy under an establishment's own head; a model policy becomes a policy."""
    name = re.sub(r"^Model policy\b", "Policy", policy.name)
    return replace(
        policy,
        id=head.slug,
        name=name,
        establishment=head.establishment,
        nation=head.nation,
        kind="policy" if policy.kind == "model policy" else policy.kind,
        version=str(head.number),
        dated=head.dated,
        review_due=head.review_on,
        ask=head.ask or policy.ask,
    )


def amended(policy: Policy, clause: Clause) -> Policy:
    """Return a policy in which a clause reads otherwise."""
    policy.clause(clause.id)
    return replace(policy, clauses=tuple(clause if other.id == clause.id else other for other in policy.clauses))


def extended(policy: Policy, clause: Clause, after: str = "") -> Policy:
    """Return a policy with one clause more, at the end or after another clause."""
    clauses = list(policy.clauses)
    place = next((n + 1 for n, other in enumerate(clauses) if other.id == after), len(clauses))
    clauses.insert(place, clause)
    return replace(policy, clauses=tuple(clauses))


def without(policy: Policy, clause_id: str) -> Policy:
    """Return a policy without a clause, and without what pointed at it."""
    policy.clause(clause_id)
    kept = tuple(_unpointed(other, clause_id) for other in policy.clauses if other.id != clause_id)
    return replace(
        policy,
        clauses=kept,
        covered_by=tuple(covering for covering in policy.covered_by if covering != clause_id),
        definitions={word: defining for word, defining in policy.definitions.items() if defining != clause_id},
    )


def _unpointed(clause: Clause, gone: str) -> Clause:
    if not any(gone in norm.overrides for norm in clause.norms):
        return clause
    norms = tuple(
        replace(norm, overrides=tuple(beaten for beaten in norm.overrides if beaten != gone)) for norm in clause.norms
    )
    return replace(clause, norms=norms)


def restored(policy: Policy, model: Policy, clause_id: str) -> Policy:
    """Return a policy in which a clause reads as its model has it, at the model's place; an own clause goes."""
    ids = [other.id for other in model.clauses]
    if clause_id not in ids:
        return without(policy, clause_id)
    if any(other.id == clause_id for other in policy.clauses):
        return amended(policy, model.clause(clause_id))
    present = {other.id for other in policy.clauses}
    before = [earlier for earlier in ids[: ids.index(clause_id)] if earlier in present]
    if not before:
        put = replace(policy, clauses=(model.clause(clause_id), *policy.clauses))
    else:
        put = extended(policy, model.clause(clause_id), before[-1])
    put = replace(put, clauses=tuple(_pointed(other, model, clause_id) for other in put.clauses))
    return replace(
        put,
        covered_by=tuple(covering for covering in model.covered_by if covering in {*policy.covered_by, clause_id}),
        definitions={
            word: defining for word, defining in model.definitions.items() if defining in {*present, clause_id}
        },
    )


def _pointed(clause: Clause, model: Policy, back: str) -> Clause:
    """Return a clause that only lost its priority over the clause that comes back as the model has it."""
    theirs = next((other for other in model.clauses if other.id == clause.id), None)
    return theirs if theirs is not None and _unpointed(theirs, back) == clause else clause


def own_id(texts: Iterable[str]) -> str:
    """Return an id for a clause of one's own which none of an establishment's versions has used."""
    used = {int(number) for text in texts for number in re.findall(rf"^- id: {OWN}(\d+)$", text, re.M)}
    return f"{OWN}{max(used, default=0) + 1}"
