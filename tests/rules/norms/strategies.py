"""Random vocabularies, policies and situations, for the properties that hold of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from proviso.rules.norms import (
    Check,
    Clause,
    Condition,
    Fact,
    Force,
    Governance,
    Kind,
    Norm,
    Note,
    Policy,
    Situation,
    Step,
    Task,
    Unsaid,
    Value,
    Vocabulary,
    Watch,
    faults,
)

PEOPLE = ("teacher", "pupil", "parent", "governor")
HAPPENED_ACTS = ("receive", "suffer_abuse", "see_abuse", "find_material")
HAPPENED = {act: Value(traits=frozenset({"happened"})) for act in HAPPENED_ACTS}
ACTS = ("post", "connect", *HAPPENED_ACTS[:2])
TOPICS = ("pictures", "scope")
REFERENCES = ("an-act", "guidance")
ON = date(2026, 9, 1)

# What a reader of YAML gives back as it was written: one line, not blank, without blanks around it.
lines = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Return a vocabulary with people, acts, one or two further facts with values, and flags."""
    facts = [
        Fact("who", Kind.ANY_OF, "who acts", PEOPLE[: draw(st.integers(2, 4))]),
        Fact("act", Kind.ONE_OF, "what is done", (*ACTS, *HAPPENED_ACTS[2:]), details=HAPPENED),
        Fact("through", Kind.ONE_OF, "by what way", ("personal", "official", "school")[: draw(st.integers(1, 3))]),
    ]
    for number in range(draw(st.integers(2, 5))):
        facts.append(Fact(f"flag_{number}", Kind.FLAG, "a flag", unsaid=draw(st.sampled_from(Unsaid))))
    return Vocabulary({fact.name: fact for fact in draw(st.permutations(facts))})


def _some(values: Sequence[str], *, least: int = 0, most: int | None = None) -> st.SearchStrategy[tuple[str, ...]]:
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=most).map(tuple)


@st.composite
def conditions(
    draw: st.DrawFn, vocabulary: Vocabulary, groups: Mapping[str, tuple[str, ...]] | None = None
) -> Condition:
    """Return a condition of a few parts, none of which names a flag twice."""
    valued = [name for name, fact in vocabulary.facts.items() if fact.kind is not Kind.FLAG]
    values = []
    for name in draw(_some(valued, most=2)):
        words = (*vocabulary.facts[name].values, *(groups or {})) if name == "who" else vocabulary.facts[name].values
        values.append((name, draw(_some(words, least=1, most=3))))
    flags = list(draw(_some([fact.name for fact in vocabulary.flags], most=4)))
    kinds = [draw(st.sampled_from(("flags", "no", "either"))) for _ in flags]
    of_kind = {
        kind: tuple(f for f, k in zip(flags, kinds, strict=True) if k == kind) for kind in ("flags", "no", "either")
    }
    return Condition(tuple(values), **of_kind)


@st.composite
def norms(draw: st.DrawFn, vocabulary: Vocabulary, milder_than: Sequence[str], groups: Any = None) -> Norm:
    """Return a norm that may set aside the clauses of `milder_than`."""
    force = draw(st.sampled_from(Force))
    exceptions = st.lists(conditions(vocabulary, groups), max_size=2).map(tuple)
    duty = force is Force.REQUIRED
    return Norm(
        force=force,
        when=draw(conditions(vocabulary, groups)),
        unless=draw(exceptions),
        met=draw(exceptions) if duty else (),
        overrides=draw(_some(milder_than, most=1)) if draw(st.integers(0, 3)) == 0 else (),
        instead=draw(st.none() | lines),
        what=draw(lines) if duty else None,
        by=draw(st.none() | lines) if duty else None,
        to=draw(st.none() | lines) if duty else None,
        of=draw(st.none() | lines) if duty else None,
    )


@st.composite
def policies(draw: st.DrawFn, vocabulary: Vocabulary) -> Policy:
    """Return a policy for the engine: it may say odd things, but priorities do not run in a circle."""
    ids = [f"C-{number}" for number in range(draw(st.integers(1, 5)))]
    clauses = []
    for number, clause_id in enumerate(ids):
        spoken = draw(st.lists(norms(vocabulary, ids[number + 1 :]), max_size=2).map(tuple))
        following = draw(st.lists(conditions(vocabulary), max_size=1).map(tuple))
        clauses.append(Clause(clause_id, "1", (), "info", "a text", (), (), norms=spoken, consequence=following))
    return policy_of(*draw(st.permutations(clauses)))


def policy_of(*clauses: Clause, **more: Any) -> Policy:
    """Return a policy of these clauses, with everything else filled in."""
    return Policy(
        **{
            "id": "example",
            "name": "Example",
            "establishment": "A school",
            "nation": "England",
            "kind": "school",
            "version": "1",
            "dated": date(2026, 1, 1),
            "covers": (),
            "covered_by": (),
            "clauses": clauses,
            **more,
        }
    )


@st.composite
def notes(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[Note, ...]:
    """Return notes beside situations and beside clauses, some of them no longer in force."""
    when = draw(st.lists(conditions(vocabulary), max_size=2))
    until = draw(st.none() | st.just(date(2026, 8, 31)))
    beside = Note("beside", "a text", "a source", "A", ("England",), date(2020, 1, 1), clauses=("C-0",))
    return (
        beside,
        *(
            Note(f"note-{number}", "a text", "a source", "A", ("England",), date(2020, 1, 1), until, one)
            for number, one in enumerate(when)
        ),
    )


@st.composite
def worlds(draw: st.DrawFn, vocabulary: Vocabulary) -> Situation:
    """Return a situation in which everything is known and that can be."""
    yes = every = 0
    for fact in vocabulary.facts.values():
        span = vocabulary.span(fact.name)
        every |= span
        if fact.kind is Kind.FLAG:
            yes |= span if draw(st.booleans()) else 0
        else:
            held = _some(fact.values, most=1 if fact.kind is Kind.ONE_OF else None)
            yes |= sum(vocabulary.bit(fact.name, value) for value in draw(held))
    return Situation(yes, every & ~yes)


@st.composite
def growing(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[Situation, Situation]:
    """Return what is known of a situation, and what is known when some more has been learned."""
    world = draw(worlds(vocabulary))
    most = (1 << vocabulary.width) - 1
    later = draw(st.integers(0, most))
    earlier = later & draw(st.integers(0, most))
    return Situation(world.yes & earlier, world.no & earlier), Situation(world.yes & later, world.no & later)


@st.composite
def situations(draw: st.DrawFn, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return plain facts, each known or not."""
    facts: dict[str, Any] = {}
    for fact in vocabulary.facts.values():
        if fact.kind is Kind.FLAG:
            value: Any = draw(st.none() | st.booleans())
        elif fact.kind is Kind.ONE_OF:
            value = draw(st.none() | st.just([]) | st.sampled_from(fact.values))
        else:
            value = draw(st.none() | _some(fact.values).map(list))
        if value is not None or draw(st.booleans()):
            facts[fact.name] = value
    return facts


@st.composite
def files(draw: st.DrawFn, vocabulary: Vocabulary) -> Policy:
    """Return a valid policy in which everything that a file can hold occurs."""
    groups = {"staff": draw(_some(vocabulary.facts["who"].values, least=1))} if draw(st.booleans()) else {}
    everybody = (*vocabulary.facts["who"].values, *groups)
    ids = [f"C-{number}" for number in range(draw(st.integers(1, 4)))]
    clauses = tuple(
        draw(_clauses(vocabulary, everybody, clause_id, ids[n + 1 :], groups)) for n, clause_id in enumerate(ids)
    )
    policy = policy_of(
        *clauses,
        name=draw(lines),
        establishment=draw(lines),
        version=draw(lines),
        kind=draw(lines),
        ask=draw(lines),
        nation=draw(st.sampled_from(("England", "Wales"))),
        dated=draw(st.dates()),
        review_due=draw(st.none() | st.dates()),
        groups=groups,
        covers=draw(_some(everybody, least=1)),
        covered_by=draw(_some(ids, least=1)),
        definitions=draw(st.dictionaries(lines, st.sampled_from(ids), max_size=2)),
        signatories=draw(st.lists(lines, max_size=2).map(tuple)),
        related=draw(st.lists(lines, max_size=2, unique=True).map(tuple)),
    )
    return _mended(policy, vocabulary)


def _mended(policy: Policy, vocabulary: Vocabulary) -> Policy:
    """Drop norms until none is at fault; `runs` names only what a clause still has."""
    clauses = {clause.id: clause for clause in policy.clauses}
    while found := faults(policy_of(*clauses.values(), groups=policy.groups), vocabulary):
        fault = found[0]
        one = clauses[fault.clause]
        left = tuple(norm for number, norm in enumerate(one.norms) if number != fault.norm)
        clauses[fault.clause] = replace(one, norms=left, runs=tuple(word for word in one.runs if word != "rule"))
    return replace(policy, clauses=tuple(clauses.values()))


@st.composite
def _clauses(
    draw: st.DrawFn,
    vocabulary: Vocabulary,
    everybody: Sequence[str],
    clause_id: str,
    later: Sequence[str],
    groups: Mapping[str, tuple[str, ...]],
) -> Clause:
    spoken = draw(st.lists(norms(vocabulary, later, groups), max_size=2).map(tuple))
    people = _some(everybody, least=1)
    return Clause(
        id=clause_id,
        at=draw(lines),
        who=draw(_some(everybody)),
        force=draw(st.sampled_from((*Force, "info", "consequence"))),
        text=draw(lines),
        topics=draw(_some(TOPICS)),
        runs=("rule", "scope") if spoken else ("scope",),
        norms=spoken,
        duties=_few(draw, st.builds(Task, people, lines, lines, st.none() | lines)),
        procedure=_few(draw, st.builds(Step, lines, lines, lines, lines, st.none() | lines, st.none() | lines)),
        checks=_few(draw, st.builds(Check, lines, lines, lines)),
        watches=_few(draw, st.builds(Watch, lines, lines)),
        governance=_few(draw, st.builds(Governance, lines, people, lines, st.none() | lines)),
        consequence=_few(draw, conditions(vocabulary, groups)),
        refers=draw(_some(REFERENCES)),
    )


def _few(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> tuple[Any, ...]:
    return tuple(draw(st.lists(strategy, max_size=1)))
