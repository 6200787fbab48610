"""Why somebody is told that something waits: each reason once, and none for what is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime

from proviso.jobs.models import Reminder
from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import SIGNED_IN
from proviso.records.policies.models import Approval, Campaign, Task, Version
from proviso.records.policies.selectors.acknowledgements import OPEN, everybody_asked
from proviso.records.policies.selectors.versions import due_for_review

Kind = Reminder.Kind
WEEK = 7
OVERDUE_TIMES = 4  # on the first day after, then a week apart; who has not moved by then needs a person, not a program
REVIEW_AT = (0, 30, 90)  # days before a review date, the nearest first
# Who hears of review dates; executives where there is no headteacher.
REVIEWING = (Role.Kind.HEADTEACHER, Role.Kind.EXECUTIVE, Role.Kind.CHAIR, Role.Kind.CLERK)
LEADING = (Role.Kind.HEADTEACHER, Role.Kind.EXECUTIVE)  # who hears of the duties of the school itself
SOON = timedelta(days=28)  # what is due later is no reason for a weekly summary


@dataclass(frozen=True)
class Reason:
    """Why somebody is told: `key` is the same as long as it is the same reason."""

    person: int
    establishment: int
    kind: str
    key: str


def stage(due_on: date, on: date, first: int) -> str:
    """Return how far something is: nothing `first` days before, `day` the day before, `overdue-n`; empty: say nothing.

    A stage lasts until the next begins, so that a day on which nothing ran is made up for.
    """
    left = (due_on - on).days
    if left < 0:
        number = 1 + (-left - 1) // WEEK
        return f"overdue-{number}" if number <= OVERDUE_TIMES else ""
    if left <= 1:
        return "day"
    return "week" if left <= first else ""


def to_sign(on: date) -> Iterator[Reason]:
    """Who has not signed yet: a week before, the day before, and when it is overdue."""
    for campaign in open_campaigns():
        place = campaign.version.establishment_id
        for one in everybody_asked(campaign, on):
            reached = stage(one.due_on, on, WEEK) if one.standing in OPEN else ""
            if reached:
                yield Reason(one.person.pk, place, Kind.SIGN, f"{campaign.pk}:{reached}")


def open_campaigns() -> Iterable[Campaign]:
    return Campaign.objects.filter(closed_on=None).select_related("version__establishment").iterator(chunk_size=50)


def to_approve(on: date) -> Iterator[Reason]:
    """Who was asked yesterday or before to approve a version, and a week later, as often as for what is overdue."""
    for approval in approvals_waiting(on):
        weeks = (on - localtime(approval.asked_at).date() - timedelta(days=1)).days // WEEK
        if 0 <= weeks < OVERDUE_TIMES:
            place = approval.version.establishment_id
            yield Reason(approval.person_id, place, Kind.APPROVE, f"{approval.pk}:{weeks}")


def approvals_waiting(on: date) -> Iterator[Approval]:
    """Return the approvals that are waited for, of people who may still give them."""
    waiting = Approval.objects.filter(
        state=Approval.State.WAITING, version__state=Version.State.APPROVAL, person__is_active=True
    ).select_related("version__establishment")
    held = set(Role.objects.on(on).filter(person__in=waiting.values("person")).values_list("person", "establishment"))
    for one in waiting:
        place = one.version.establishment
        if (one.person_id, place.pk) in held or (one.person_id, place.parent_id) in held:
            yield one


def to_do(on: date) -> Iterator[Reason]:
    """Whose tasks are due tomorrow or overdue; those of one day together. The school's own go to whoever leads it."""
    last = on + timedelta(days=1)
    first = on - timedelta(days=WEEK * OVERDUE_TIMES)
    due = _open_tasks().filter(due_on__range=(first, last))
    leading = _holders(LEADING, on)
    rows = due.order_by().values_list("person", "establishment", "due_on").distinct()
    working = _working(on)
    for person, place, due_on in rows.iterator(chunk_size=2000):
        reached = stage(due_on, on, 1)
        for told in [person] if person else leading.get(place, ()):
            if reached and (told, place) in working:
                own = "" if person else ":school"
                yield Reason(told, place, Kind.TASK, f"{place}:{due_on}{own}:{reached}")


def _open_tasks() -> QuerySet[Task]:
    return Task.objects.filter(done_at=None, dropped_on=None)


def _working(on: date) -> set[tuple[int, int]]:
    """Return who can sign in and works where."""
    held = Role.objects.on(on).filter(kind__in=SIGNED_IN, person__is_active=True)
    return set(held.order_by().values_list("person", "establishment"))


def _holders(kinds: Iterable[str], on: date) -> dict[int, list[int]]:
    """Return who holds one of some roles, by establishment."""
    held = Role.objects.on(on).filter(kind__in=kinds, person__is_active=True)
    found: dict[int, list[int]] = {}
    for place, person in held.order_by("pk").values_list("establishment", "person"):
        found.setdefault(place, []).append(person)
    return found


def to_review(on: date) -> Iterator[Reason]:
    """Who is to see to a review: 90 and 30 days before, and on the day."""
    people = _holders(REVIEWING, on)
    for version in due_for_review(on, max(REVIEW_AT)).defer("text", "model_text"):
        if version.review_on is None:
            continue
        left = (version.review_on - on).days
        reached = next(days for days in REVIEW_AT if left <= days)
        key = f"{version.pk}:{version.review_on}:{reached}"
        for person in dict.fromkeys(people.get(version.establishment_id, ())):
            yield Reason(person, version.establishment_id, Kind.REVIEW, key)


def for_digest(on: date) -> Iterator[Reason]:
    """Who wants a summary each week and has something open, with the place of what comes first."""
    wanting = set(Person.objects.filter(is_active=True, digest_weekly=True).values_list("pk", flat=True))
    year, week, _day = on.isocalendar()
    waiting: dict[int, tuple[date, int]] = {}
    for person, due_on, place in _open_for_people(on):
        if person in wanting and due_on <= on + SOON:
            waiting[person] = min(waiting.get(person, (date.max, 0)), (due_on, place))
    for person, (_due_on, place) in waiting.items():
        yield Reason(person, place, Kind.DIGEST, f"{year}-{week:02}")


def _open_for_people(on: date) -> Iterator[tuple[int, date, int]]:
    """Yield what is open: whose, by when, where."""
    for campaign in open_campaigns():
        for one in everybody_asked(campaign, on):
            if one.standing in OPEN:
                yield one.person.pk, one.due_on, campaign.version.establishment_id
    for approval in approvals_waiting(on):
        yield approval.person_id, localtime(approval.asked_at).date(), approval.version.establishment_id
    working = _working(on)
    rows = _open_tasks().filter(person__isnull=False).order_by().values_list("person", "due_on", "establishment")
    for person, due_on, place in rows.distinct().iterator(chunk_size=2000):
        if person is not None and (person, place) in working:
            yield person, due_on, place
