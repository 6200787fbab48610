"""How well questions in everyday words are understood: `make questions`.

`tuned.yaml` and `welsh-tuned.yaml` may be looked at and worked on, so their wrong answers are listed. The others
are kept apart: only their figures are shown. docs/questions.md says what was done with each.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from proviso.rules.asking import Answer, ask
from proviso.rules.rulebook import compiled

FOLDER = Path(__file__).parents[1] / "tests" / "rules" / "asking" / "questions"
ON = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its expected answer, and the answer given."""

    expected: dict[str, Any]
    answer: Answer

    @property
    def right(self) -> bool:
        """Right outcome; the expected clauses among those that decided, call for something or inform.

        A question that lacks a fact is right when such a fact is asked for, and one that has
        nothing to do with the policy when it is said not to be understood.
        """
        wanted, given = self.expected, self.answer
        if given.outcome == wanted.get("also"):
            return True
        if given.outcome != wanted["outcome"]:
            return False
        if wanted.get("understood") is False:
            return bool(given.nearest)
        if wanted.get("missing"):
            return not given.nearest and not set(wanted["missing"]).isdisjoint(given.missing)
        cited = {*given.clauses, *(duty.clause for duty in given.ruling.duties)}
        return set(wanted["clauses"]) <= cited and bool(cited & set(wanted.get("any_of", cited)) or not cited)


def asked(name: str) -> list[Asked]:
    """Put every question of a file to its policy."""
    questions = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return [
        Asked(question, ask(compiled(question["policy"]), question["question"], question.get("as"), ON))
        for question in questions
    ]


def main() -> int:
    """Print the figures, by policy and by kind of outcome, and the wrong answers of the tuned half."""
    for name in ("tuned", "kept", "fresh", "welsh-tuned", "welsh-kept"):
        start = time.perf_counter()
        all_asked = asked(name)
        spent = (time.perf_counter() - start) * 1000 / len(all_asked)
        right = sum(question.right for question in all_asked)
        share = 100 * right / len(all_asked)
        say(f"{name}: {right} of {len(all_asked)} right ({share:.1f} %), {spent:.1f} ms a question")
        for key in ("policy", "outcome"):
            total = Counter(question.expected[key] for question in all_asked)
            good = Counter(question.expected[key] for question in all_asked if question.right)
            say("  " + ", ".join(f"{word} {good[word]}/{count}" for word, count in sorted(total.items())))
        if name in ("tuned", "welsh-tuned"):
            for question in all_asked:
                if not question.right:
                    wanted = question.expected
                    say(f"  - [{wanted['policy']}, {wanted.get('as', 'no role')}] {wanted['question']}")
                    say(f"    expected {wanted['outcome']} {wanted['clauses']}")
                    say(f"    got {question.answer.outcome} {list(question.answer.clauses)}")
    return 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
