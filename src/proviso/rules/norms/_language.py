"""The clause language: what a policy, a clause, a norm and a condition are.

These are the written forms, exactly as a policy file says them; `_compile` turns them
into integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Force(StrEnum):
    """What a norm says of the acts that fall under it."""

    PROHIBITED = "prohibited"
    DISCOURAGED = "discouraged"
    CAUTION = "caution"
    PERMITTED = "permitted"
    REQUIRED = "required"
    PRINCIPLE = "principle"

    @property
    def decides(self) -> bool:
        """Whether the force answers *may I?*; a duty says what must be done, a principle decides nothing."""
        return self not in (Force.REQUIRED, Force.PRINCIPLE)


class Runner(StrEnum):
    """The parts of the program that can carry out a clause."""

    NORMS = "norms"
    DUTIES = "duties"
    PROCEDURE = "procedure"
    CHECKS = "checks"
    WATCHES = "watches"
    GOVERNANCE = "governance"


@dataclass(frozen=True, slots=True)
class Condition:
    """A conjunction. `values` maps a fact to values or group words, of which any will do;
    `flags` must all hold, `no` must all be denied, and of `either` at least one must hold.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    flags: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Norm:
    """The formal reading of a clause, or of a part of one.

    `unless` are exceptions, any of which lifts the norm; `met` are the ways in which a duty
    is already done; `overrides` are clauses that this milder, more special norm sets aside.
    `what`, `by`, `to` and `of` belong to a duty: what is to be done, by when, to whom, and
    by whom when that is not the person acting.
    """

    force: Force
    when: Condition
    unless: tuple[Condition, ...] = ()
    met: tuple[Condition, ...] = ()
    overrides: tuple[str, ...] = ()
    instead: str | None = None
    what: str | None = None
    by: str | None = None
    to: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A duty that a clause makes for people, once or repeatedly (the `duties` runner)."""

    who: tuple[str, ...]
    what: str
    when: str
    every: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a case (the `procedure` runner): who does what, by when, with which letter or referral.

    `by` is None where the policy sets no time, and `within` the same as a clock reads it: a number of working days
    from when the school came to know, or `referral`, the authority's own period. `case` are the kinds of case to which
    the step belongs, and `part` which part of the work it is.
    """

    who: str
    what: str
    by: str | None
    on: str
    letter: str | None = None
    refer_to: str | None = None
    case: tuple[str, ...] = ()
    part: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked at before a post, a picture or a new account goes ahead (the `checks` runner).

    `fails` is None where the answer only has to be known: nothing is stopped by it.
    """

    of: str
    ask: str
    fails: str | None


@dataclass(frozen=True, slots=True)
class Watch:
    """What monitoring may look for, if it is switched on (the `watches` runner)."""

    source: str
    looks_for: str


@dataclass(frozen=True, slots=True)
class Governance:
    """Approval, signing, review and acknowledgement (the `governance` runner)."""

    concern: str
    who: tuple[str, ...]
    what: str
    every: str | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a clause of a national baseline rests on.

    `sure` is A (primary text read), B (credible report read) or C (common knowledge, not verified).
    """

    source: str
    sure: str
    since: date
    until: date | None = None

    def in_force(self, on: date | None) -> bool:
        """Whether it holds on a day; without a day it does."""
        return on is None or (self.since <= on and (self.until is None or on <= self.until))


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects a child at once: ids of steps and of what not to do, for each kind of reader.

    `urgency` ranks it among others that are called for at the same time, 1 being the most urgent. The keys of
    `do_now` and `do_not` are kinds of readers (staff, headteacher, pupil, parent).
    """

    urgency: int
    do_now: Mapping[str, tuple[str, ...]] = field(hash=False)
    do_not: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered unit of a policy, with a permanent id, its place in the document and a text.

    `number` is its number in an establishment's own document (`4.2`); a model has none. `welsh` is the same text in
    Welsh, where the policy has one. `source_note` is what the rulebook remarks about
    the document that the clause comes from (blank lines, misprints); it is no part of the policy, and whoever
    adopts the policy does not take it over. `basis` and `protection` belong to the clauses of a national baseline.
    """

    id: str
    at: str
    who: tuple[str, ...]
    force: str
    text: str
    topics: tuple[str, ...]
    runs: tuple[str, ...]
    norms: tuple[Norm, ...] = ()
    duties: tuple[Task, ...] = ()
    procedure: tuple[Step, ...] = ()
    checks: tuple[Check, ...] = ()
    watches: tuple[Watch, ...] = ()
    governance: tuple[Governance, ...] = ()
    consequence: tuple[Condition, ...] = ()
    refers: tuple[str, ...] = ()
    welsh: str | None = None
    source_note: str | None = None
    basis: Basis | None = None
    protection: Protection | None = None
    number: str = ""

    @property
    def label(self) -> str:
        """What names the clause to readers: its number, or its id in a model, which has none."""
        return self.number or self.id

    @property
    def runners(self) -> tuple[Runner, ...]:
        """The parts of the program that carry this clause out; none for scope, reference and consequence."""
        return tuple(runner for runner in Runner if getattr(self, runner.value))


@dataclass(frozen=True, slots=True)
class NamedContact:
    """A person or an office that a policy names, and how they are reached at work; empty where nothing is recorded."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Policy:
    """One version of one establishment's policy.

    `sections` are the titles of its sections in their order, each with the places of the clauses that belong there.
    `contacts` are the people whom an establishment names (`headteacher`, `dsl`, `chair`, `safeguarding_governor`) and
    the `school` itself; `channels` what it calls its ways of communicating, by value of `through`. Models have neither.

    `name_welsh` is its name in Welsh, and `words_welsh` its shorter texts (places, duties, advice,
    names of groups), each with the Welsh for it; a policy without them was adopted in English.
    """

    id: str
    name: str
    establishment: str
    nation: str
    kind: str
    version: str
    dated: date
    covers: tuple[str, ...]
    covered_by: tuple[str, ...]
    clauses: tuple[Clause, ...]
    review_due: date | None = None
    ask: str = "the headteacher"
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    signatories: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    name_welsh: str | None = None
    words_welsh: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contacts: Mapping[str, NamedContact] = field(default_factory=dict)
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_welsh(self) -> bool:
        """Whether every clause has its text in Welsh."""
        return all(clause.welsh for clause in self.clauses)

    def clause(self, clause_id: str) -> Clause:
        """Return a clause by its id; KeyError when the policy has none of that id."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)

    def label(self, clause_id: str) -> str:
        """Return what names a clause to readers (see `Clause.label`); the id itself where it is no clause of these."""
        return next((clause.label for clause in self.clauses if clause.id == clause_id), clause_id)

    def expand(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Replace this policy's group words by the values they stand for, each once."""
        return tuple(dict.fromkeys(value for word in words for value in self.groups.get(word, (word,))))


@dataclass(frozen=True, slots=True)
class Note:
    """Where law, guidance or the state of a platform says more, or otherwise, than a policy.

    It is shown from `since` until `until` (both included), in the nations named, beside a
    ruling whose facts meet `when`, or that cites one of `clauses`. `sure` is A (primary text
    read), B (credible report read) or C (common knowledge, not verified).
    """

    id: str
    text: str
    source: str
    sure: str
    nations: tuple[str, ...]
    since: date
    until: date | None = None
    when: Condition | None = None
    clauses: tuple[str, ...] = ()
    welsh: str | None = None

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)
