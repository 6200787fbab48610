"""How urgent something is by the day on which it is due: a word and, beside it, never alone, a colour."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=7)
LONG = timedelta(days=30)

Grade = Literal["due-soon", "due-today", "overdue", "long-overdue"]
WORDS: dict[Grade, Promise] = {
    "due-soon": _("Due soon"),
    "due-today": _("Due today"),
    "overdue": _("Overdue"),
    "long-overdue": _("Long overdue"),
}
REVIEW_WORDS: dict[Grade, Promise] = {
    "due-soon": _("Review due soon"),
    "due-today": _("Review due today"),
    "overdue": _("Review overdue"),
    "long-overdue": _("Review long overdue"),
}


@dataclass(frozen=True)
class Urgency:
    """A grade, with what is said of something in general and of a review."""

    grade: Grade

    @property
    def word(self) -> str:
        return str(WORDS[self.grade])

    @property
    def review_word(self) -> str:
        return str(REVIEW_WORDS[self.grade])


def urgency_of(due_on: date | None, today: date) -> Urgency | None:
    """Return how urgent something is that is due on a day; None where there is time, or no day."""
    if due_on is None or due_on - today > SOON:
        return None
    if due_on > today:
        return Urgency("due-soon")
    if due_on == today:
        return Urgency("due-today")
    return Urgency("long-overdue" if today - due_on > LONG else "overdue")
