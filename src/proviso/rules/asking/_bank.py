"""The bank: questions as people put them, each with what it says and the answer that the original policy gives.

They are in `bank/`, a file for each hand that wrote them. Their vectors, in eight bits, are in `bank.npz`; `make
learn` makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.asking._files import HERE
from proviso.rules.norms import FactValue, Kind
from proviso.rules.rulebook import vocabulary

BANK = HERE / "bank"
VECTORS = HERE / "bank.npz"


@dataclass(frozen=True, slots=True)
class Precedent:
    """A question whose answer is known.

    `clauses` decide, the most telling first; `others` speak of it too. `kind` is what is asked: about doing
    something, about a duty, for
    information, or nothing that a policy on social media deals with.
    """

    question: str
    policy: str
    role: str
    outcome: str
    clauses: tuple[str, ...]
    others: tuple[str, ...]
    facts: Mapping[str, FactValue]
    harm: tuple[str, ...]
    hand: str

    @property
    def act(self) -> str:
        return str(self.facts.get("act", ""))

    @property
    def kind(self) -> str:
        if self.outcome in ("information", "outside", "not_covered"):
            return self.outcome
        if self.act:
            return "act"
        return "duty" if self.outcome == "required" else "other"


@dataclass(frozen=True, eq=False)
class Bank:
    """Questions with their vectors, a row each. Two banks are the same only if they are one."""

    questions: tuple[Precedent, ...]
    vectors: NDArray[np.float32]

    def only(self, wanted: Iterable[int]) -> Bank:
        """Return the questions of some numbers."""
        numbers = list(wanted)
        return Bank(tuple(self.questions[number] for number in numbers), self.vectors[numbers])


@cache
def bank() -> Bank:
    """Return the whole bank, read once."""
    questions = tuple(each for path in sorted(BANK.glob("*.tsv")) for each in precedents(path))
    with np.load(VECTORS) as stored:
        vectors = stored["vectors"].astype(np.float32) * stored["scales"]
    if len(vectors) != len(questions):
        raise ValueError(f"{VECTORS.name} has {len(vectors)} rows for {len(questions)} questions: run `make learn`")
    return Bank(questions, vectors)


def precedents(path: Path) -> list[Precedent]:
    """Read the questions of one hand.

    Raises:
        ValueError: a fact or value that the vocabulary does not know, with file and line.
    """
    head, *lines = path.read_text("utf-8").splitlines()
    names = head.split("\t")
    rows = (dict(zip(names, line.split("\t"), strict=True)) for line in lines)
    return [_precedent(row, path.stem, f"{path.name}, line {number}") for number, row in enumerate(rows, 2)]


def _precedent(row: Mapping[str, str], hand: str, at: str) -> Precedent:
    return Precedent(
        question=row["question"],
        policy=row["policy"],
        role=row["as"],
        outcome=row["outcome"],
        clauses=tuple(row["clauses"].split()),
        others=tuple(row["others"].split()),
        facts=facts_written(row["facts"], at),
        harm=tuple(row["harm"].split()),
        hand=hand,
    )


def facts_written(text: str, at: str) -> dict[str, FactValue]:
    """Read facts as `act=post with=pupil,parent mentions_pupil no:consent`.

    Raises:
        ValueError: a fact or value that the vocabulary does not know; the message begins with `at`.
    """
    facts: dict[str, Any] = {}
    for word in text.split():
        try:
            name, kind, values = _fact_written(word)
        except ValueError as error:
            raise ValueError(f"{at}: {error}") from None
        if kind is Kind.FLAG:
            facts[name] = not word.startswith("no:")
        else:
            facts[name] = [*facts.get(name, ()), *values] if kind is Kind.ANY_OF else values[0]
    return facts


@cache
def _fact_written(word: str) -> tuple[str, Kind, tuple[str, ...]]:
    """Return the fact that a word names, its kind and its values; few words make up the whole bank."""
    name, _, value = word.removeprefix("no:").partition("=")
    fact = vocabulary().facts.get(name)
    values = tuple(value.replace("/", ",").split(",")) if value else ()
    if fact is None or not set(values) <= set(fact.values):
        raise ValueError(f"`{word}` is no fact of the vocabulary; see vocabulary.yaml for names and values")
    return name, fact.kind, values
