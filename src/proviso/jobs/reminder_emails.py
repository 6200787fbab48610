"""Tell people that something waits: one email a day each, however many the reasons; see `letters` for what it says."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from proviso.jobs.letters import letter
from proviso.jobs.models import Reminder, ReminderEmail
from proviso.jobs.reminders import Reason
from proviso.records.people.mail import send_notice

BEGINS, ENDS = time(7), time(18)  # nobody is written to earlier or later
TRY_AGAIN = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))


def tell(reasons: Iterable[Reason], now: datetime) -> int:
    """Tell people the reasons that are new; return how many of them get an email that they would not have got.

    Each person's reminders, email and the task that sends it are written together or not at all.
    """
    written = 0
    for person, new in _unheard(reasons).items():
        try:
            written += _written(person, new, now)
        except IntegrityError:
            continue  # somebody else told them this very moment
    return written


def _unheard(reasons: Iterable[Reason]) -> dict[int, list[Reason]]:
    """Return the reasons that were never told, by person."""
    wanted = list(dict.fromkeys(reasons))
    known: set[tuple[int, str, str]] = set()
    for kind in {reason.kind for reason in wanted}:
        keys = list({reason.key for reason in wanted if reason.kind == kind})
        for first in range(0, len(keys), 500):
            rows = Reminder.objects.filter(kind=kind, key__in=keys[first : first + 500])
            known.update(rows.order_by().values_list("person", "kind", "key"))
    unheard: dict[int, list[Reason]] = {}
    for reason in wanted:
        if (reason.person, reason.kind, reason.key) not in known:
            unheard.setdefault(reason.person, []).append(reason)
    return unheard


@transaction.atomic
def _written(person: int, reasons: list[Reason], now: datetime) -> bool:
    on = timezone.localdate(now)
    Reminder.objects.bulk_create(
        Reminder(person_id=person, establishment_id=reason.establishment, kind=reason.kind, key=reason.key, on=on)
        for reason in reasons
    )
    places = {reason.establishment for reason in reasons}
    place = places.pop() if len(places) == 1 else None
    email, is_first = ReminderEmail.objects.get_or_create(person_id=person, on=on, defaults={"establishment_id": place})
    if is_first:
        send_reminder_email.enqueue(email.pk)
    elif email.establishment_id != place and email.sent_at is None:
        ReminderEmail.objects.filter(pk=email.pk).update(establishment=None)
    return is_first


def deliver(email: ReminderEmail, now: datetime) -> str:
    """Send a reminder, or leave it for later; return what became of it.

    At night it waits for the morning; one that comes too late gives way to that of today. A mail
    server that does not answer is tried again three times.
    """
    if email.sent_at is not None or not email.person.is_active:
        return "nothing to send"
    if not may_write(now):
        _later(email, next_morning(now))
        return "waits for the morning"
    today = _of_today(email, timezone.localdate(now))
    if today is None:
        return "another was sent today"
    # Counted before it is tried: who dies over it has tried.
    if not ReminderEmail.objects.filter(pk=today.pk, sent_at=None, attempts=today.attempts).update(
        attempts=today.attempts + 1
    ):
        return "somebody else sends it"
    try:
        _send(today)
    except (OSError, SMTPException):
        if today.attempts >= len(TRY_AGAIN):
            raise
        _later(today, now + TRY_AGAIN[today.attempts])
        return "will be tried again"
    ReminderEmail.objects.filter(pk=today.pk).update(sent_at=now)
    return "sent"


def _of_today(email: ReminderEmail, on: date) -> ReminderEmail | None:
    if email.on >= on:
        return email
    place = email.establishment_id
    today, is_first = ReminderEmail.objects.get_or_create(
        person_id=email.person_id, on=on, defaults={"establishment_id": place}
    )
    return today if is_first else None


def _send(email: ReminderEmail) -> None:
    place = email.establishment
    written = letter(email.person, place, email.on)
    send_notice(email.person, written.subject, written.lines, reverse("dashboards:my"), establishment=place)


def _later(email: ReminderEmail, at: datetime) -> None:
    send_reminder_email.using(run_after=at if may_write(at) else next_morning(at)).enqueue(email.pk)


def may_write(now: datetime) -> bool:
    """Say whether it is a time of day at which people are written to."""
    return BEGINS <= timezone.localtime(now).time() < ENDS


def next_morning(now: datetime) -> datetime:
    """Return when writing begins again."""
    here = timezone.localtime(now)
    day = here.date() if here.time() < BEGINS else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, BEGINS))


@task()
def send_reminder_email(pk: int) -> str:
    """Send the reminder of that number, if it is still to be sent; a worker calls it, so the clock is read here."""
    email = ReminderEmail.objects.select_related("person", "establishment").get(pk=pk)
    return deliver(email, timezone.now())
