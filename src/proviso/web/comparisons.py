"""Two policies beside each other, and the findings of a review, as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.utils.text import capfirst

from proviso.rules.norms import Clause, Comparison, CompiledPolicy, DifferentAnswer, OneAnswer, Policy, compare
from proviso.rules.review import Finding, Severity, from_text, of_policy, review
from proviso.rules.rulebook import at_a_glance
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.wording import comparisons, outcomes, phrases, reviews, situations
from proviso.wording.reviews import FindingInWords

_KEPT = 64


@dataclass(frozen=True)
class Side:
    """What one policy answers: a word with its colour, and the names of the clauses behind it."""

    word: str
    css: str
    labels: str


@dataclass(frozen=True)
class Different:
    """A kind of situation, and what each of the two answers."""

    situation: str
    a: Side
    b: Side


@dataclass(frozen=True)
class TopicCompared:
    """A topic in which two policies differ: the clauses behind it on both sides, and the kinds of situations."""

    name: str
    title: str
    count: int
    stricter_a: int
    stricter_b: int
    different: tuple[Different, ...]
    cards_a: tuple[Card, ...]
    cards_b: tuple[Card, ...]


@dataclass(frozen=True)
class Compared:
    """Two policies compared, topic by topic; `shown` are the topics whose situations are listed."""

    a: str
    b: str
    verdict: str
    counts: tuple[str, ...]
    complete: str
    topics: tuple[TopicCompared, ...]
    shown: tuple[TopicCompared, ...]
    duties: tuple[Different, ...]


@lru_cache(maxsize=_KEPT)
def _comparison(a: CompiledPolicy, b: CompiledPolicy) -> Comparison:
    """Compare two policies once in a process; a compiled policy never changes."""
    return compare(a, b)


def compared(a: CompiledPolicy, b: CompiledPolicy, names: tuple[str, str], topic: str = "") -> Compared:
    """Return two policies beside each other, called by `names`, with the situations of a topic, or of `all`."""
    comparison = _comparison(a, b)
    grouped = {name: tuple(each) for name, each in groupby(comparison.differences, key=lambda each: each.topic)}
    topics = tuple(_topic(name, each, a.policy, b.policy, topic in (name, "all")) for name, each in grouped.items())
    return Compared(
        *names,
        verdict=comparisons.verdict(comparison, *names),
        counts=tuple(comparisons.counted(comparison, *names)),
        complete=comparisons.complete() if comparison.differences or comparison.duties else "",
        topics=topics,
        shown=tuple(each for each in topics if each.different),
        duties=tuple(_different(each, a.policy, b.policy) for each in comparison.duties),
    )


def _topic(name: str, each: Sequence[DifferentAnswer], a: Policy, b: Policy, shown: bool) -> TopicCompared:
    return TopicCompared(
        name,
        capfirst(phrases.topic(name)),
        len(each),
        sum(one.stricter.value == "a_stricter" for one in each),
        sum(one.stricter.value == "b_stricter" for one in each),
        tuple(_different(one, a, b) for one in each) if shown else (),
        _cards((one.a for one in each), a) if shown else (),
        _cards((one.b for one in each), b) if shown else (),
    )


def _cards(answers: Iterable[OneAnswer], policy: Policy) -> tuple[Card, ...]:
    return tuple(clauses.cards(policy, dict.fromkeys(clause for answer in answers for clause in answer.cited)))


def _different(each: DifferentAnswer, a: Policy, b: Policy) -> Different:
    return Different(situations.changed(each), _side(each.a, a), _side(each.b, b))


def _side(answer: OneAnswer, policy: Policy) -> Side:
    outcome = answer.outcome.value
    labels = ", ".join(policy.label(clause) for clause in answer.cited)
    return Side(outcomes.outcome(outcome), clauses.css(outcome), labels)


@dataclass(frozen=True)
class Cell:
    """What one policy says on a topic: the strongest force, and how many clauses there are."""

    word: str
    css: str
    count: int


def glance(policies: Sequence[Policy]) -> list[tuple[str, list[Cell]]]:
    """Return policies by topic: for each topic what each of them says, in their order."""
    table = at_a_glance(policies)
    return [
        (capfirst(phrases.topic(topic)), [_cell(row[policy.id]) for policy in policies]) for topic, row in table.items()
    ]


def _cell(found: tuple[Clause, ...]) -> Cell:
    if not found:
        return Cell("", "", 0)
    return Cell(outcomes.force(found[0].force), clauses.css(found[0].force), len(found))


@dataclass(frozen=True)
class Graded:
    """The findings of one severity."""

    heading: str
    css: str
    findings: list[FindingInWords]


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "grey"}


def findings(policy: CompiledPolicy, on: date) -> list[Graded]:
    """Return what a review finds in a policy, the gravest first."""
    return _graded(_review(policy, on))


def findings_in_text(lines: Iterable[str], name: str, on: date) -> list[Graded]:
    """Return what a review finds in the lines of a document, the gravest first."""
    return _graded(review(from_text("\n\n".join(lines), name), on))


def _graded(found: Iterable[Finding]) -> list[Graded]:
    by_severity = groupby(found, key=lambda finding: finding.severity)
    return [
        Graded(reviews.severity(severity), _COLOURS[severity], [reviews.in_words(each) for each in of_one])
        for severity, of_one in by_severity
    ]


@lru_cache(maxsize=_KEPT)
def _review(policy: CompiledPolicy, on: date) -> tuple[Finding, ...]:
    return review(of_policy(policy), on)
