"""Why somebody is told that something waits: what is on the one list, each stage of it once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from proviso.records.tasks.action_needed import needs_of_everybody

SOON = timedelta(days=28)  # what is due later is no reason for a weekly summary
DIGEST = "digest"


@dataclass(frozen=True)
class Reason:
    """Why somebody is told: `key` is the same as long as it is the same reason."""

    person: int
    establishment: int
    kind: str
    key: str


def to_remind(on: date) -> Iterator[Reason]:
    """Yield of what people are reminded on a day."""
    for person, need in needs_of_everybody(on):
        stage = need.stages.stage(need.due_on, on)
        if stage:
            yield Reason(person.pk, need.establishment.pk, need.kind, f"{need.reminded_by}:{stage}")


def for_digest(on: date) -> Iterator[Reason]:
    """Yield who wants a summary each week and has something open, with the establishment of what comes first."""
    year, week, _day = on.isocalendar()
    first: dict[int, tuple[date, int]] = {}
    for person, need in needs_of_everybody(on):
        if person.digest_weekly and need.due_on <= on + SOON:
            first[person.pk] = min(first.get(person.pk, (date.max, 0)), (need.due_on, need.establishment.pk))
    for pk, (_due_on, establishment) in first.items():
        yield Reason(pk, establishment, DIGEST, f"{year}-{week:02}")
