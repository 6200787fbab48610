"""Kinds of case, the parts of their procedures, letters, and within what time an authority wants to hear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from proviso.rules.norms import Phrase, Policy, Step, nearest
from proviso.rules.rulebook._reference import nations_of, sureness
from proviso.rules.rulebook._yaml_reader import Reader, Text

MATTERS = ("adult", "pupil", "other")
MARKS = ("theirs", "keeps_baseline", "no_files", "proportionality")
REFERRAL = "referral"  # what `within` says of a step that is due within the authority's own period


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case; the head of `cases.yaml` says what its marks mean."""

    id: str
    name: Phrase
    matter: str
    theirs: bool = False
    keeps_baseline: bool = False
    no_files: bool = False
    proportionality: bool = False


@dataclass(frozen=True, slots=True)
class CaseKinds:
    """Every kind by its id, the parts of procedures in the order of doing, and what letters are called."""

    kinds: Mapping[str, CaseKind]
    parts: tuple[str, ...]
    letters: Mapping[str, Phrase]


@dataclass(frozen=True, slots=True)
class ReferralPeriod:
    """Within what time an authority, or a nation where `authority` is empty, wants to hear: hours or working days."""

    nation: str
    authority: str
    working_days: int
    hours: int
    since: date
    until: date | None
    source: str
    sure: str


def read_case_kinds(path: Path) -> CaseKinds:
    """Read the kinds of case.

    Raises:
        RulebookError: every fault, each with file, line, what is wrong and what to do.
    """
    reader = Reader(path)
    root = reader.mapping(reader.root(), ("kinds", "parts", "letters"))
    kinds = {name: _kind(reader, name, node) for name, _, node in reader.pairs(root["kinds"])} if root else {}
    letters = {name: _phrase(reader, node) for name, _, node in reader.pairs(root["letters"])} if root else {}
    reader.finish()
    return CaseKinds(kinds, reader.texts(root["parts"]), letters)


def _kind(reader: Reader, name: str, node: yaml.Node) -> CaseKind:
    keys = reader.mapping(node, ("name", "matter"), MARKS)
    matter = reader.text(keys.get("matter"))
    if matter not in MATTERS:
        reader.fault(node, f"unknown matter `{matter}`{nearest(matter, MATTERS)}", f"use one of {', '.join(MATTERS)}")
    marks = {mark: reader.text(keys[mark]) == "yes" for mark in MARKS if mark in keys}
    return CaseKind(name, _phrase(reader, keys.get("name")), matter, **marks)


def _phrase(reader: Reader, node: yaml.Node | None) -> Phrase:
    if node is None:
        return Phrase("")
    keys = reader.mapping(node, ("en", "cy"))
    return Phrase(reader.text(keys.get("en")), reader.text(keys.get("cy")))


def check_procedures(policy: Policy, known: CaseKinds, source: Path | Text, *, whole: bool = False) -> None:
    """Check the steps of a policy's procedures; a baseline (`whole`) has steps for every kind of case.

    Raises:
        RulebookError: every fault, at the first line of the file.
    """
    found = {kind for clause in policy.clauses for step in clause.procedure for kind in step.case}
    faults = [
        (f"{clause.id}: {what}", do)
        for clause in policy.clauses
        for step in clause.procedure
        for what, do in _faults(step, known)
    ]
    missing = [kind for kind in known.kinds if kind not in found] if whole else []
    faults += [(f"no step says what is done in a case of `{kind}`", "add a procedure for it") for kind in missing]
    if faults:
        reader = Reader(source)
        root = reader.root()
        for what, do in faults:
            reader.fault(root, what, do)
        reader.finish()


def _faults(step: Step, known: CaseKinds) -> list[tuple[str, str]]:
    faults = [
        (f"unknown kind of case `{kind}`{nearest(kind, known.kinds)}", f"use one of {', '.join(known.kinds)}")
        for kind in step.case
        if kind not in known.kinds
    ]
    for word, of, words in ((step.part, "part", known.parts), (step.letter, "letter", tuple(known.letters))):
        if step.case and word is not None and word not in words:
            faults.append((f"unknown {of} `{word}`{nearest(word, words)}", f"use one of {', '.join(words)}"))
    if step.case and step.part is None:
        faults.append((f"the step `{step.what}` does not say which part of the case it is", "add `part:`"))
    if step.within is not None and step.within != REFERRAL and not step.within.isdigit():
        faults.append((f"`within: {step.within}` is no time", f"write a number of working days, or `{REFERRAL}`"))
    return faults


def with_cases(policy: Policy, models: Iterable[Policy]) -> Policy:
    """Return a policy whose steps say to which kinds of case they belong, where it was adopted before they did.

    They are those of the step in the same place of the model's clause of the same id.
    """
    theirs = {
        (clause.id, place): step
        for model in models
        for clause in model.clauses
        for place, step in enumerate(clause.procedure)
    }
    clauses = []
    for clause in policy.clauses:
        steps = tuple(_marked(step, theirs.get((clause.id, place))) for place, step in enumerate(clause.procedure))
        clauses.append(replace(clause, procedure=steps) if steps != clause.procedure else clause)
    return replace(policy, clauses=tuple(clauses))


def _marked(step: Step, model: Step | None) -> Step:
    if step.case or model is None:
        return step
    return replace(step, case=model.case, part=model.part, within=model.within, letter=model.letter)


def read_periods(path: Path) -> tuple[ReferralPeriod, ...]:
    """Read within what time authorities want to hear; errors as `read_case_kinds`."""
    reader = Reader(path)
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    periods = tuple(_period(reader, item) for item in reader.items(node))
    reader.finish()
    return periods


def _period(reader: Reader, node: yaml.Node) -> ReferralPeriod:
    keys = reader.mapping(node, ("nation", "since", "source", "sure"), ("authority", "working_days", "hours", "until"))
    numbers = {name: reader.text(keys[name]) if name in keys else "0" for name in ("working_days", "hours")}
    if sum(number != "0" for number in numbers.values()) != 1 or not all(n.isdigit() for n in numbers.values()):
        reader.fault(node, "a period is a number of hours or of working days", "give one of the two")
    return ReferralPeriod(
        nation=nations_of(reader, keys["nation"])[0] if "nation" in keys else "",
        authority=reader.optional(keys.get("authority")) or "",
        working_days=int(numbers["working_days"]) if numbers["working_days"].isdigit() else 0,
        hours=int(numbers["hours"]) if numbers["hours"].isdigit() else 0,
        since=reader.day(keys.get("since")) or date.min,
        until=reader.day(keys.get("until")),
        source=reader.text(keys.get("source")),
        sure=sureness(reader, keys.get("sure")),
    )


def period_of(periods: tuple[ReferralPeriod, ...], nation: str, authority: str, on: date) -> ReferralPeriod:
    """Return the period in force on a day: the authority's own if its name is known, else that of the nation.

    Raises:
        LookupError: no period of the nation is in force.
    """
    in_force = [
        each
        for each in periods
        if each.nation == nation and each.since <= on and (each.until is None or on <= each.until)
    ]
    named = [each for each in in_force if each.authority and each.authority.casefold() in authority.casefold()]
    general = [each for each in in_force if not each.authority]
    found = max(named or general, key=lambda each: each.since, default=None)
    if found is None:
        raise LookupError(f"no referral period of {nation} is in force on {on}")
    return found
