"""Which job is done when, and that each is done once, however many look at the clock."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from proviso.jobs import maintenance, reminder_emails, reminders
from proviso.jobs.models import Schedule

LEASE = timedelta(minutes=30)  # after so long, another may do what somebody began and did not end
MONDAY = 0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done at a time of day (on one day of the week, or every day), or `every` so often.

    Doing it twice does nothing twice. A job that `writes` to people keeps to the hours for that.
    """

    name: str
    run: Callable[[datetime], str]
    at: time = time(5)
    weekday: int | None = None
    every: timedelta | None = None
    writes: bool = False

    def first(self, now: datetime) -> datetime:
        """Return the first time from the morning of a day on."""
        return now if self.every else self._from(timezone.localdate(now))

    def after(self, now: datetime) -> datetime:
        """Return the next time after a moment; times that were missed are not made up for one by one."""
        if self.every:
            return now + self.every
        today = self._from(timezone.localdate(now))
        return today if today > now else self._from(timezone.localdate(now) + timedelta(days=1))

    def _from(self, day: date) -> datetime:
        if self.weekday is not None:
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
        return timezone.make_aware(datetime.combine(day, self.at))


def make_tasks(now: datetime) -> str:
    return f"{maintenance.make_every_task(timezone.localdate(now), now)} tasks made"


def remind(now: datetime) -> str:
    return f"{reminder_emails.tell(reminders.to_remind(timezone.localdate(now)), now)} people reminded"


def weekly_digest(now: datetime) -> str:
    return f"{reminder_emails.tell(reminders.for_digest(timezone.localdate(now)), now)} people told"


def reap(now: datetime) -> str:
    return f"{maintenance.reap(now)} abandoned tasks failed"


def tidy(now: datetime) -> str:
    maintenance.tidy(now)
    return "old sessions, results, imports and files cleared"


def forget(now: datetime) -> str:
    maintenance.forget(now)
    return "drafts of concerns and counts of addresses whose time is over are gone"


def hand_on(now: datetime) -> str:
    return f"{maintenance.hand_on(now)} concerns handed on"


JOBS = (
    Job("reap", reap, every=timedelta(minutes=5)),
    Job("forget", forget, every=timedelta(hours=1)),
    Job("hand-on", hand_on, time(4, 30)),
    Job("make-tasks", make_tasks, time(5)),
    Job("tidy", tidy, time(5, 30)),
    Job("remind", remind, time(7), writes=True),
    Job("weekly-digest", weekly_digest, time(7), weekday=MONDAY, writes=True),
)


def tick(now: datetime, jobs: tuple[Job, ...] = JOBS) -> Iterator[str]:
    """Do what is due, each job once though several may tick at a time; yield a line for each job done.

    A job that fails is logged and tried again when its claim has run out; the others go on.
    """
    for job in jobs:
        if job.writes and not reminder_emails.may_write(now):
            continue
        seen = _claimed(job, now)
        if seen is None:
            continue
        try:
            result = job.run(now)
        except Exception:
            # One job's fault must not keep the others from being done.
            logger.exception("the job %s failed", job.name)
            yield f"{job.name}: failed"
            continue
        row = Schedule.objects.filter(name=job.name, next_at=seen)
        row.update(next_at=job.after(now), claimed_until=None, last_at=now, last_result=result[:200])
        yield f"{job.name}: {result}"


def _claimed(job: Job, now: datetime) -> datetime | None:
    """Claim a job that is due, by an update that only one can make; return the time for which it was due."""
    row, _made = Schedule.objects.get_or_create(name=job.name, defaults={"next_at": job.first(now)})
    if row.next_at > job.after(now):  # set by a clock that ran ahead
        Schedule.objects.filter(name=job.name, next_at=row.next_at).update(next_at=job.after(now))
        return None
    if row.next_at > now:
        return None
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    mine = Schedule.objects.filter(free, name=job.name, next_at=row.next_at)
    return row.next_at if mine.update(claimed_until=now + LEASE) else None
