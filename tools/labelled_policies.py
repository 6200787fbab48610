"""Labelled policies: a folder each, with the document and its labels (see learning/reading/guide.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

POLICIES = Path(__file__).parent.parent / "learning" / "reading" / "policies"
SAME = 88.0
_NEAR = 0.05


@dataclass(frozen=True)
class Label:
    """A statement as a person labelled it."""

    at: str
    stem: str
    text: str
    force: str
    who: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Labelled:
    """A policy with its labels."""

    name: str
    path: Path
    labels: tuple[Label, ...]


def labelled(folder: Path = POLICIES) -> list[Labelled]:
    """Return the labelled policies of a folder, by name; a folder without labels is passed over."""
    return [
        Labelled(each.name, next(each.glob("document.*")), tuple(_labels(each / "labels.tsv")))
        for each in sorted(folder.iterdir())
        if (each / "labels.tsv").exists()
    ]


def _labels(path: Path) -> Iterator[Label]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            who, topics = (
                [word.strip() for word in (row[name] or "").split(",") if word.strip()] for name in ("who", "topics")
            )
            if row["force"] and who and topics:
                yield Label(row["at"], row["stem"], row["text"], row["force"], tuple(who), tuple(topics))


def matched(labels: Sequence[Label], texts: Sequence[str]) -> list[int | None]:
    """Return for each label the statement with the same words, that stands nearest to where it is due."""
    plain = [_plain(text) for text in texts]
    used: set[int] = set()
    found: list[int | None] = []
    due = 0
    for label in labels:
        words = _plain(label.text)
        best = max(
            (
                (fuzz.ratio(words, plain[place]) - abs(place - due) * _NEAR, place)
                for place in range(len(plain))
                if place not in used
            ),
            default=(0.0, -1),
        )
        if best[0] >= SAME:
            used.add(best[1])
            due = best[1] + 1
        found.append(best[1] if best[0] >= SAME else None)
    return found


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split())
