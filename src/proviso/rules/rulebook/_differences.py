"""What differs between two versions of a policy: clause by clause, word by word, and in the head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from proviso.rules.norms import Clause, Policy

# The fields of a clause by which it binds, decides or sets to work; a change of any other may be a correction.
_MATERIAL = (
    "who",
    "force",
    "norms",
    "duties",
    "procedure",
    "checks",
    "watches",
    "governance",
    "consequence",
)
# What the rulebook remarks about a source is no part of a policy, so its change is none of the policy's.
# Nor is a number of its own making: it follows from what stands before.
_REMARKS = ("source_note", "number")
_WORD = re.compile(r"\s*\S+|\s+\Z")


class Difference(StrEnum):
    """What happened to a clause, or to a stretch of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that was kept, removed or added, with the blanks before each word."""

    kind: Difference
    words: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field of the head that reads otherwise."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """A clause that was added, removed or changed.

    `fields` names what else than the text changed; `binds_otherwise` says that the clause binds, decides or
    sets to work in another way, also where only the meaning of a group word changed.
    """

    id: str
    kind: Difference
    before: Clause | None
    after: Clause | None
    text: tuple[Piece, ...]
    fields: tuple[str, ...]
    binds_otherwise: bool

    @property
    def label(self) -> str:
        """What names the clause to readers, by the later text if it is still there."""
        clause = self.after or self.before
        return clause.label if clause else self.id


def differences(before: Policy, after: Policy) -> list[ClauseDifference]:
    """Return the clauses that were added, removed or changed, in the order of the later version.

    A removed clause stands after the clause that it followed. A clause that only moved is left out.
    """
    ours = {clause.id: clause for clause in before.clauses}
    theirs = {clause.id: clause for clause in after.clauses}
    regrouped = _regrouped(before, after)
    compared = (_compared(ours.get(each), theirs.get(each), regrouped) for each in _order([*ours], [*theirs]))
    return [difference for difference in compared if difference is not None]


def head_differences(before: Policy, after: Policy) -> list[FieldDifference]:
    """Return the fields of the head (name, groups, who is covered, review, ...) that read otherwise."""
    names = [field.name for field in fields(Policy) if field.name != "clauses"]
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [FieldDifference(name, before, after) for name, before, after in pairs if before != after]


def is_material(before: Policy, after: Policy) -> bool:
    """Propose whether those who signed should be asked again; whoever adopts decides.

    A change is material when a clause was added or removed, binds other people, has another force or
    another norm, duty or procedure, or when the policy covers other people. Of a text alone it is not known.
    """
    covers = set(before.expand(before.covers)) != set(after.expand(after.covers))
    return covers or any(difference.binds_otherwise for difference in differences(before, after))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word; what is not added joins to the first, what is not removed to the second."""
    ours, theirs = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Difference.KEPT, "".join(ours[i:j])))
            continue
        if i < j:
            pieces.append(Piece(Difference.REMOVED, "".join(ours[i:j])))
        if k < m:
            pieces.append(Piece(Difference.ADDED, "".join(theirs[k:m])))
    return tuple(pieces)


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    order = list(theirs)
    for number, clause_id in enumerate(ours):
        if clause_id not in theirs:
            order.insert(order.index(ours[number - 1]) + 1 if number else 0, clause_id)
    return order


def _compared(before: Clause | None, after: Clause | None, regrouped: frozenset[str]) -> ClauseDifference | None:
    if before is None or after is None:
        clause = before or after
        if clause is None:
            return None
        kind = Difference.REMOVED if before else Difference.ADDED
        return ClauseDifference(clause.id, kind, before, after, (Piece(kind, clause.text),), (), True)
    names = [field.name for field in fields(Clause) if field.name not in _REMARKS]
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    otherwise = not set(changed).isdisjoint(_MATERIAL) or not regrouped.isdisjoint(_words(before))
    if not changed and not otherwise:
        return None
    kept = tuple(name for name in changed if name != "text")
    text = pieces(before.text, after.text)
    return ClauseDifference(before.id, Difference.CHANGED, before, after, text, kept, otherwise)


def _regrouped(before: Policy, after: Policy) -> frozenset[str]:
    """Return the group words that mean something else."""
    groups: tuple[Mapping[str, tuple[str, ...]], ...] = (before.groups, after.groups)
    words = {word for each in groups for word in each}
    return frozenset(word for word in words if set(groups[0].get(word, ())) != set(groups[1].get(word, ())))


def _words(clause: Clause) -> set[str]:
    """Return the people and values that a clause names, group words among them."""
    conditions = [condition for norm in clause.norms for condition in (norm.when, *norm.unless, *norm.met)]
    named = {
        word for condition in (*conditions, *clause.consequence) for _, words in condition.values for word in words
    }
    bound = (*(task.who for task in clause.duties), *(approval.who for approval in clause.governance))
    return named | set(clause.who) | {word for who in bound for word in who}
