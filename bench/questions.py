"""How well questions in everyday words are answered: `make questions`.

Every set in `tests/rules/asking/questions/` is put to the policies as `ask` answers them. docs/questions.md says how
each was written and what was
done with it. Wrong answers are not listed: whoever works on the reading must not see the sets that are kept apart.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from proviso.rules.answers import Answer, Confidence
from proviso.rules.asking import ask
from proviso.rules.asking._bank import Precedent, precedents
from proviso.rules.rulebook import compiled

FOLDER = Path(__file__).parents[1] / "tests" / "rules" / "asking" / "questions"
ON = date(2026, 11, 20)
DEFINITE = ("prohibited", "discouraged", "caution", "permitted", "required", "not_covered", "outside")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its expected answer, and the answer given."""

    expected: Precedent
    answer: Answer

    @property
    def outcome(self) -> str:
        """The outcome given; `unsure` where situations are offered instead."""
        if self.answer.confidence is Confidence.UNSURE:
            return "unsure"
        return "outside" if self.answer.confidence is Confidence.NO else self.answer.outcome

    @property
    def wanted(self) -> set[str]:
        return {*self.expected.clauses, *self.expected.others}

    @property
    def cited(self) -> set[str]:
        """The clauses that decide, call for something, support or inform."""
        ruling = self.answer.ruling
        if self.outcome == "unsure":
            return set()
        return {*self.answer.clauses, *(duty.clause for duty in ruling.duties), *ruling.support}

    @property
    def right(self) -> bool:
        """The expected outcome, and an expected clause among those cited."""
        if self.expected.outcome == "undecided":
            return bool(self.answer.missing) and self.outcome == "undecided"
        return self.outcome == self.expected.outcome and (not self.wanted or not self.wanted.isdisjoint(self.cited))

    @property
    def offered(self) -> bool:
        """Right, or an expected clause is shown: among the first three situations offered, or in another kind of
        answer.
        """
        shown = {clause for offer in self.answer.offers for clause in offer.clauses[:2]} | self.cited
        return self.right or not self.wanted.isdisjoint(shown)

    @property
    def wrong(self) -> bool:
        """Confidently wrong: a definite outcome other than the expected one."""
        return self.outcome in DEFINITE and self.outcome != self.expected.outcome

    @property
    def soothing(self) -> bool:
        """*Permitted* or *not covered* where the original forbids or requires."""
        return self.outcome in ("permitted", "not_covered", "outside") and self.expected.outcome in (
            "prohibited",
            "required",
        )


def put(path: Path) -> list[Asked]:
    """Put every question of a file to its policy."""
    questions = precedents(path)
    return [Asked(each, ask(compiled(each.policy), each.question, each.role or None, ON)) for each in questions]


def main() -> int:
    """Print the figures of each set."""
    compiled("ewloe-green")
    ask(compiled("ewloe-green"), "may I add a pupil?")
    for path in sorted(FOLDER.glob("*.tsv")):
        start = time.perf_counter()
        asked = put(path)
        spent = (time.perf_counter() - start) * 1000 / len(asked)
        plain = [each for each in asked if not each.expected.harm]
        say(f"{path.stem}: {len(asked)} questions, {spent:.0f} ms each")
        if any(each.expected.outcome for each in asked if each.expected.policy) and plain:
            say(f"  right {share(each.right for each in plain)}", end="")
            say(f", right or offered {share(each.offered for each in plain)}")
            say(f"  unsure {share(each.outcome == 'unsure' for each in plain)}", end="")
            say(f", confidently wrong {share(each.wrong for each in plain)}", end="")
            say(f", too mild {share(each.soothing for each in plain)}")
            total = Counter(each.expected.outcome for each in plain)
            good = Counter(each.expected.outcome for each in plain if each.right)
            say("  " + ", ".join(f"{word} {good[word]}/{count}" for word, count in sorted(total.items())))
        harmed = [each for each in asked if each.expected.harm]
        if harmed:
            say(f"  harm found {share(bool(each.answer.first) for each in harmed)}", end="; ")
        say(f"{'' if harmed else '  '}false alarms {share(bool(each.answer.first) for each in plain)}")
    return 0


def share(values: Iterable[bool]) -> str:
    """Say how many of some values are so."""
    counted = list(values)
    return f"{sum(counted)} of {len(counted)} ({100 * sum(counted) / max(1, len(counted)):.1f} %)"


def say(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)


if __name__ == "__main__":
    sys.exit(main())
