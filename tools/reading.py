"""Learns what force, audience and topics statements have, from labelled policies; part of `make learn`.

Ridge regression in its dual form, so that it is solved at once and comes out the same each time. How sure an answer is,
is learned from the answers that each policy gets from a model of the others: `python -m tools.reading --figures` prints
these figures alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from proviso.rules.language import vectors_of
from proviso.rules.reading._document import content_of
from proviso.rules.reading._features import Features, Seen, audience_features, force_features, topic_features
from proviso.rules.reading._force import Force
from proviso.rules.reading._learned import HEADS, Head, stored_of
from proviso.rules.reading._passages import outline_of
from proviso.rules.reading._statements import cuts_of, seen_of
from tools.labelled_policies import POLICIES, Label, Labelled, labelled, matched
from tools.reading_stamp import STAMP, stamp

RARE = 2
_SECOND = 0.5
_MEANING = 30.0
Array = NDArray[Any]


@dataclass(frozen=True)
class Example:
    """A labelled statement with what stands around it, and the policy that it is from."""

    policy: str
    seen: Seen
    label: Label


@dataclass(frozen=True)
class Task:
    """What one head learns."""

    name: str
    features: Callable[[Seen], Features]
    answers: Callable[[Label], Sequence[str]]
    strictness: float
    evenness: float
    meaning: bool = False


TASKS = (
    Task("force", force_features, lambda label: (label.force,), 3.0, 0.0),
    Task("who", audience_features, lambda label: label.who, 3.0, 0.3),
    Task("topic", topic_features, lambda label: label.topics, 10.0, 0.3),
    Task("topic meaning", topic_features, lambda label: label.topics, 10.0, 0.3, meaning=True),
)


def examples(policies: Sequence[Labelled]) -> list[Example]:
    """Return the labels of some policies, each with the place where the reader finds it."""
    found = []
    for policy in policies:
        outline = outline_of(content_of(policy.path.read_bytes(), policy.path.name).blocks)
        cuts = list(cuts_of(outline))
        seen = seen_of(outline, cuts)
        for label, place in zip(policy.labels, matched(policy.labels, [cut.text for cut in cuts]), strict=True):
            around = seen[place] if place is not None else Seen("", mostly=seen[0].mostly, title=outline.title)
            found.append(
                Example(
                    policy.name, replace(around, text=label.text, stem=label.stem, forced=Force(label.force, "")), label
                )
            )
    return found


class Fit:
    """The examples as one task sees them, ready to be solved for any part of them."""

    def __init__(self, task: Task, learned_from: Sequence[Example], vectors: Array) -> None:
        self.task = task
        rows = [task.features(example.seen) for example in learned_from]
        counts = Counter(name for row in rows for name in row)
        self.names = {
            name: place for place, name in enumerate(sorted(name for name, count in counts.items() if count >= RARE))
        }
        self.first = [task.answers(example.label)[0] for example in learned_from]
        self.answers = sorted(set(self.first))
        self.table = _table(rows, self.names)
        self.vectors = vectors if task.meaning else None
        self.kernel = (self.table @ self.table.T).toarray()
        if self.vectors is not None:
            self.kernel = self.kernel + _MEANING * (self.vectors @ self.vectors.T)
        self.wanted = np.array(
            [[_share(task.answers(example.label), answer) for answer in self.answers] for example in learned_from]
        )

    def solved(self, kept: Array) -> tuple[Array, float]:
        """Return the weight of each kept example for each answer, and the constant."""
        counts = Counter(self.first[place] for place in kept)
        even = np.array([(len(kept) / len(counts) / counts[self.first[place]]) ** self.task.evenness for place in kept])
        constant = float(self.wanted[kept].mean())
        system = self.kernel[np.ix_(kept, kept)] + self.task.strictness * np.diag(1 / even)
        return np.linalg.solve(system, self.wanted[kept] - constant), constant

    def left_out(self, policies: Sequence[str]) -> Array:
        """Return the scores of every example from a model of the other policies."""
        scores = np.zeros_like(self.wanted)
        of = np.array(policies)
        for policy in sorted(set(policies)):
            kept, tested = np.where(of != policy)[0], np.where(of == policy)[0]
            duals, constant = self.solved(kept)
            scores[tested] = self.kernel[np.ix_(tested, kept)] @ duals + constant
        return scores

    def head(self, scores: Array) -> Head:
        """Return the head of all examples; `scores` of examples left out say how sure a margin is."""
        duals, constant = self.solved(np.arange(len(self.first)))
        weights = np.asarray(self.table.T @ duals)
        scales = np.maximum(np.abs(weights).max(0), 1e-9) / 127
        meaning = None if self.vectors is None else _MEANING * (self.vectors.T @ duals)
        slope, offset = _sureness(scores, np.array([self.answers.index(each) for each in self.first]))
        return Head(
            tuple(self.answers),
            self.names,
            np.round(weights / scales).astype(np.int8),
            scales,
            np.full(len(self.answers), constant),
            meaning,
            slope,
            offset,
        )


def _share(answers: Sequence[str], answer: str) -> float:
    return 1.0 if answers[0] == answer else _SECOND if answer in answers else 0.0


def _table(rows: Sequence[Mapping[str, float]], names: Mapping[str, int]) -> Any:
    entries = [
        (number, names[name], value) for number, row in enumerate(rows) for name, value in row.items() if name in names
    ]
    numbers, columns, values = zip(*entries, strict=True)
    return sparse.csr_matrix((values, (numbers, columns)), shape=(len(rows), len(names)))


def _sureness(scores: Array, right: Array) -> tuple[float, float]:
    """Return the logistic curve from an answer's margin to how often it is right, by Newton's method."""
    ranked = np.sort(scores, 1)
    margins = ranked[:, -1] - ranked[:, -2]
    hits = (scores.argmax(1) == right).astype(float)
    inputs = np.stack([margins, np.ones_like(margins)], 1)
    curve = np.array([1.0, 0.0])
    for _ in range(50):
        shares = 1 / (1 + np.exp(-inputs @ curve))
        curvature = inputs.T @ (inputs * (shares * (1 - shares))[:, None]) + 1e-3 * np.eye(2)
        curve = curve + np.linalg.solve(curvature, inputs.T @ (hits - shares) - 1e-3 * curve)
    return float(curve[0]), float(curve[1])


def main(arguments: Sequence[str]) -> int:
    """Learn, print figures of policies left out, and write the heads."""
    learned_from = examples(
        labelled(Path(arguments[-1]) if arguments and not arguments[-1].startswith("--") else POLICIES)
    )
    policies = [example.policy for example in learned_from]
    vectors = vectors_of(f"{example.label.stem} {example.label.text}".strip() for example in learned_from)
    stored: dict[str, Array] = {}
    for task in TASKS:
        fit = Fit(task, learned_from, vectors)
        scores = fit.left_out(policies)
        _say(task.name, fit, scores, policies, learned_from)
        stored |= stored_of(task.name, fit.head(scores))
    if "--figures" not in arguments:
        np.savez_compressed(HEADS, **stored)
        STAMP.write_text(f"{stamp()}\n", "utf-8")
    return 0


def _say(name: str, fit: Fit, scores: Array, policies: Sequence[str], learned_from: Sequence[Example]) -> None:
    best = [fit.answers[place] for place in scores.argmax(1)]
    right = [one == other for one, other in zip(best, fit.first, strict=True)]
    among = [one in fit.task.answers(example.label) for one, example in zip(best, learned_from, strict=True)]
    by_policy = Counter(policy for policy, hit in zip(policies, right, strict=True) if hit)
    counts = Counter(policies)
    sys.stdout.write(
        f"{name}: {np.mean(right):.3f} right, {np.mean(among):.3f} one of the labels; {len(fit.names)} features\n"
    )
    for policy in sorted(counts):
        sys.stdout.write(f"  {policy}: {by_policy[policy] / counts[policy]:.2f}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
