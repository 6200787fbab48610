"""How well and how fast posts are checked: `make posts`.

Every folder of `tests/rules/screening/posts/` holds a roll and labelled posts by a hand that had not seen the program.
The speed is measured on the same texts beside Presidio, with the same roll as a deny list and its own recognisers, and
beside a bare scan of an automaton that finds full names as they are written, and nothing else. All run on one core, one
after the other, in one process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from ahocorasick_rs import AhoCorasick

from bench.measuring import cpu_seconds, pin
from proviso.rules.rulebook import load
from proviso.rules.screening import Kind, NameFinder, Post, Roll, RolledPerson, check_post, read_roll

FOLDER = Path(__file__).parents[1] / "tests" / "rules" / "screening" / "posts"
ON = date(2026, 11, 22)
POLICY = load("asset-education")
NUMBERS = (
    "phone",
    "email",
    "postal_address",
    "postcode",
    "date_of_birth",
    "upn",
    "nhs_number",
    "ni_number",
    "car_plate",
)
PEOPLE, TEXTS, FOR_PRESIDIO = 2_000, 20_000, 300


@dataclass(frozen=True, slots=True)
class Labelled:
    """A post with what is to be found in it: kind, start and end, and whom it means (empty for several)."""

    text: str
    labels: tuple[tuple[str, int, int, str], ...]


@dataclass(slots=True)
class Figures:
    """How many labels were found, and how many findings were right."""

    labels: int = 0
    found: int = 0
    findings: int = 0
    right: int = 0

    def add(self, other: Figures) -> None:
        self.labels += other.labels
        self.found += other.found
        self.findings += other.findings
        self.right += other.right

    def __str__(self) -> str:
        recall = self.found / self.labels if self.labels else 1.0
        precision = self.right / self.findings if self.findings else 1.0
        return f"{recall:.3f} of {self.labels} | {precision:.3f} of {self.findings}"


def labelled(folder: Path) -> list[Labelled]:
    """Return the posts of a hand."""
    rows = map(json.loads, (folder / "posts.jsonl").read_text("utf-8").splitlines())
    return [
        Labelled(
            row["text"], tuple((each["kind"], each["start"], each["end"], each["person"]) for each in row["labels"])
        )
        for row in rows
    ]


def figures(posts: Iterable[Labelled], names: NameFinder) -> dict[str, Figures]:
    """Return the figures of each kind. A finding is right where it overlaps a label of its kind, of the same person."""
    counted: dict[str, Figures] = {}
    for post in posts:
        found = [
            (str(each.kind), each.start, each.end, each.person)
            for each in check_post(POLICY, Post(post.text), names, ON).findings
            if each.kind in (Kind.NAME, Kind.FIRST_NAME) or each.kind in NUMBERS
        ]
        for kind in {each[0] for each in (*post.labels, *found)}:
            labels = [each for each in post.labels if each[0] == kind]
            findings = [each for each in found if each[0] == kind]
            counted.setdefault(kind, Figures()).add(
                Figures(
                    len(labels),
                    sum(any(_meets(label, each) for each in findings) for label in labels),
                    len(findings),
                    sum(any(_meets(label, each) for label in labels) for each in findings),
                )
            )
    return counted


def _meets(label: tuple[str, int, int, str], found: tuple[str, int, int, str]) -> bool:
    same = label[3] in ("", found[3]) or not found[3]
    return same and label[1] < found[2] and found[1] < label[2]


def quality() -> None:
    """Print the figures of each hand."""
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        names = NameFinder(read_roll(folder / "roll.csv"))
        by_kind = figures(labelled(folder), names)
        numbers = Figures()
        for kind in NUMBERS:
            numbers.add(by_kind.get(kind, Figures()))
        sys.stdout.write(f"\n{folder.name}\n\n| | recall | precision |\n|---|--:|--:|\n")
        for kind in ("name", "first_name"):
            sys.stdout.write(f"| {kind} | {by_kind.get(kind, Figures())} |\n")
        sys.stdout.write(f"| numbers and addresses | {numbers} |\n")
        for kind in NUMBERS:
            sys.stdout.write(f"| {kind} | {by_kind.get(kind, Figures())} |\n")


def roll_of(size: int) -> Roll:
    """Return a roll of a size, from the names of the labelled rolls put together anew."""
    rolls = [
        person for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for person in read_roll(folder / "roll.csv")
    ]
    chance = Random(1)  # noqa: S311  # the same roll each time
    return tuple(
        RolledPerson(str(number), chance.choice(rolls).given, chance.choice(rolls).family) for number in range(size)
    )


def speed() -> None:
    """Print messages a second, each on one core."""
    people = roll_of(PEOPLE)
    names = NameFinder(people)
    texts = [post.text for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for post in labelled(folder)]
    texts = (texts * (TEXTS // len(texts) + 1))[:TEXTS]
    from proviso.rules.screening._identifiers import identifiers_in

    bare = AhoCorasick([f"{person.given} {person.family}".lower() for person in people])

    def here() -> None:
        for text in texts:
            names.find(text)
            identifiers_in(text, (), ON)

    rows: list[tuple[str, int, Callable[[], object]]] = [
        ("names and numbers, as here", len(texts), here),
        ("names alone, as here", len(texts), lambda: [names.find(text) for text in texts]),
        (
            "bare scan for full names",
            len(texts),
            lambda: [bare.find_matches_as_indexes(text.lower()) for text in texts],
        ),
        ("the whole check of a post", 1_000, lambda: [check_post(POLICY, Post(t), names, ON) for t in texts[:1_000]]),
        *_presidio(people, texts[:FOR_PRESIDIO]),
    ]
    rates = {name: count / cpu_seconds(run, repeats=3) for name, count, run in rows}
    sys.stdout.write(f"\n{len(texts):,} texts, a roll of {len(people):,}\n\n| | texts a second |\n|---|--:|\n")
    for name, rate in rates.items():
        sys.stdout.write(f"| {name} | {rate:,.0f} |\n")


def _presidio(people: Roll, texts: list[str]) -> list[tuple[str, int, Callable[[], object]]]:
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc]  # Presidio has no types
        """English without a model: nothing is downloaded, and no names but those of the lists are found."""

        def __init__(self) -> None:
            import spacy

            super().__init__(models=[{"lang_code": "en", "model_name": "none"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self) -> None:
            pass

        def process_text(self, text: str, language: str) -> NlpArtifacts:
            document = self.nlp[language](text)
            return NlpArtifacts([], document, [token.idx for token in document], [], self, language)

    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    registry.recognizers = [each for each in registry.recognizers if each.name != "SpacyRecognizer"]
    full = [f"{person.given} {person.family}" for person in people]
    registry.add_recognizer(PatternRecognizer("ROLL", deny_list=full))
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    return [("Presidio, patterns and the roll", len(texts), lambda: [engine.analyze(text, "en") for text in texts])]


def main() -> int:
    """Print quality, then speed."""
    quality()
    pin()
    speed()
    return 0


if __name__ == "__main__":
    sys.exit(main())
