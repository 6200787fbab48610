"""Questions about the policy itself: which of its clauses speak of what is asked."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from proviso.rules.asking._files import HERE, LEXICONS
from proviso.rules.language import pattern, read_lexicon
from proviso.rules.norms import CompiledPolicy

_MOST = 8
_MOST_LIKE, _LEAST_LIKE, _LEAST_NEAR = 5, 0.25, 1.0

_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    "the and for with that this what who when how does did are was were can could would should will have has had "
    "not any all our your his her their they them you about from into out policy school say says get use used "
    "there here some been being which why where it's its".split()
)


def topics_asked(text: str, tagged: str) -> dict[str, float]:
    """Return the topics that a question about the policy is on, each with a weight.

    They come from patterns for what people usually ask, and from the topics of the example
    questions that share most with this one.
    """
    weights: dict[str, float] = {}
    for asked, topics in _patterns():
        if asked.search(text) or asked.search(tagged):
            for topic in topics:
                weights[topic] = weights.get(topic, 0) + (2.0 if topic == topics[0] else 1.0)
    for topic, weight in _topics_of_like(_stems(text)).items():
        weights[topic] = weights.get(topic, 0) + weight
    return weights


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rf"(?<![\w'])(?:{pattern(entry['asked'])})"), tuple(entry["topics"]))
        for entry in read_lexicon(LEXICONS / "about.yaml")
    )


@cache
def _examples() -> tuple[tuple[tuple[frozenset[str], tuple[str, ...]], ...], dict[str, float]]:
    """Return the example questions about policies, as stems with topics, and how rare each stem is."""
    with (HERE / "examples.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["act"] == "information"
        ]
    known = tuple((frozenset(_stems(row["question"].lower())), tuple(row["flags"].split(","))) for row in rows)
    seen = Counter(stem for stems, _topics in known for stem in stems)
    return known, {stem: math.log(1 + len(known) / count) for stem, count in seen.items()}


def _topics_of_like(asked: set[str]) -> dict[str, float]:
    known, rare = _examples()
    total = sum(rare.get(stem, 3.0) for stem in asked) or 1.0
    scored = [
        (sum(rare[stem] for stem in asked & stems) / (total * sum(rare[stem] for stem in stems)) ** 0.5, topics)
        for stems, topics in known
        if not asked.isdisjoint(stems)
    ]
    weights: dict[str, float] = {}
    for score, topics in sorted(scored, reverse=True)[:_MOST_LIKE]:
        for topic in topics:
            if score > _LEAST_LIKE:
                weights[topic] = weights.get(topic, 0) + 3 * score
    return weights


def clauses_about(policy: CompiledPolicy, topics: Mapping[str, float], text: str) -> tuple[str, ...]:
    """Return the clauses on some topics, or that share rare words with the question, the nearest first."""
    asked = _stems(text)
    stems_of = {
        clause.id: _stems(f"{clause.text} {clause.at} {' '.join(clause.refers)}".lower())
        for clause in policy.policy.clauses
    }
    seen = Counter(stem for stems in stems_of.values() for stem in stems)
    rare = {stem: math.log(1 + len(stems_of) / count) for stem, count in seen.items()}
    scored: list[tuple[float, int, str]] = []
    for position, clause in enumerate(policy.policy.clauses):
        on_topic = sum(topics.get(topic, 0) for topic in clause.topics[:1]) + 0.6 * sum(
            topics.get(topic, 0) for topic in clause.topics[1:]
        )
        shared = sum(rare[stem] for stem in asked & stems_of[clause.id])
        score = on_topic + 0.8 * shared
        if score >= _LEAST_NEAR:
            scored.append((-score, position, clause.id))
    return tuple(clause_id for _, _, clause_id in sorted(scored)[:_MOST])


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text) if word not in _EMPTY}


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
