"""Tell people that something waits: one e-mail a day each, without content, however many the reasons."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from proviso.jobs.models import Letter, Notice
from proviso.jobs.reminders import Reason
from proviso.records.people.mail import send_notice

BEGINS, ENDS = time(7), time(18)  # nobody is written to earlier or later
TRY_AGAIN = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))


def tell(reasons: Iterable[Reason], now: datetime) -> int:
    """Tell people the reasons that are new; return how many of them get an e-mail that they would not have got.

    Each person's notices, letter and the task that sends it are written together or not at all.
    """
    written = 0
    for person, mine in _unheard(reasons).items():
        try:
            written += _written(person, mine, now)
        except IntegrityError:
            continue  # somebody else told them this very moment
    return written


def _unheard(reasons: Iterable[Reason]) -> dict[int, list[Reason]]:
    """Return the reasons that were never told, by person."""
    asked = list(dict.fromkeys(reasons))
    told: set[tuple[int, str, str]] = set()
    for kind in {one.kind for one in asked}:
        keys = list({one.key for one in asked if one.kind == kind})
        for first in range(0, len(keys), 500):
            known = Notice.objects.filter(kind=kind, key__in=keys[first : first + 500])
            told.update(known.order_by().values_list("person", "kind", "key"))
    found: dict[int, list[Reason]] = {}
    for one in asked:
        if (one.person, one.kind, one.key) not in told:
            found.setdefault(one.person, []).append(one)
    return found


@transaction.atomic
def _written(person: int, reasons: list[Reason], now: datetime) -> bool:
    on = timezone.localdate(now)
    Notice.objects.bulk_create(
        Notice(person_id=person, establishment_id=one.establishment, kind=one.kind, key=one.key, on=on)
        for one in reasons
    )
    places = {one.establishment for one in reasons}
    place = places.pop() if len(places) == 1 else None
    letter, is_first = Letter.objects.get_or_create(person_id=person, on=on, defaults={"establishment_id": place})
    if is_first:
        send_letter.enqueue(letter.pk)
    elif letter.establishment_id != place and letter.sent_at is None:
        Letter.objects.filter(pk=letter.pk).update(establishment=None)
    return is_first


def deliver(letter: Letter, now: datetime) -> str:
    """Send a letter, or leave it for later; return what became of it.

    At night it waits for the morning; one that comes too late gives way to the letter of today. A mail
    server that does not answer is tried again three times.
    """
    if letter.sent_at is not None or not letter.person.is_active:
        return "nothing to send"
    if not may_write(now):
        _later(letter, next_morning(now))
        return "waits for the morning"
    today = _of_today(letter, timezone.localdate(now))
    if today is None:
        return "another was sent today"
    # Counted before it is tried: who dies over it has tried.
    if not Letter.objects.filter(pk=today.pk, sent_at=None, attempts=today.attempts).update(
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
    Letter.objects.filter(pk=today.pk).update(sent_at=now)
    return "sent"


def _of_today(letter: Letter, on: date) -> Letter | None:
    if letter.on >= on:
        return letter
    place = letter.establishment_id
    today, is_first = Letter.objects.get_or_create(
        person_id=letter.person_id, on=on, defaults={"establishment_id": place}
    )
    return today if is_first else None


def _send(letter: Letter) -> None:
    place = letter.establishment
    if place is None:
        line = _("Something is waiting for you, in more than one place.")
    else:
        line = format_lazy(_("Something is waiting for you at {school}."), school=place.name)
    how = _("You can choose under “Your account” whether to get a summary each week.")
    send_notice(letter.person, _("Something is waiting for you"), [line, how], reverse("dashboards:my"), school=place)


def _later(letter: Letter, at: datetime) -> None:
    send_letter.using(run_after=at if may_write(at) else next_morning(at)).enqueue(letter.pk)


def may_write(now: datetime) -> bool:
    """Say whether it is a time of day at which people are written to."""
    return BEGINS <= timezone.localtime(now).time() < ENDS


def next_morning(now: datetime) -> datetime:
    """Return when writing begins again."""
    here = timezone.localtime(now)
    day = here.date() if here.time() < BEGINS else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, BEGINS))


@task()
def send_letter(pk: int) -> str:
    """Send the letter of that number, if it is still to be sent; a worker calls it, so the clock is read here."""
    letter = Letter.objects.select_related("person", "establishment").get(pk=pk)
    return deliver(letter, timezone.now())
