"""Whether anything works in the background, as administrators see it on their page."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, get_date_max

from proviso.jobs.models import Schedule, Worker
from proviso.records.people.site_health import SiteFault

SILENT_FOR = timedelta(minutes=15)  # a worker is seen each minute, and `proviso tick` every few minutes
WAITING_FOR = timedelta(hours=1)  # a worker that is seen, but takes nothing, is stuck


def background_fault(now: datetime) -> SiteFault | None:
    """Return that nothing works in the background, or that what waits there is not taken; None if all is well."""
    last = last_sign_of_life()
    if last is None or last < now - SILENT_FOR:
        return _silent(last)
    before = now - WAITING_FOR
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=before)
    waiting = DBTaskResult.objects.ready().filter(at_once | Q(run_after__lt=before)).order_by("enqueued_at")
    since = waiting.values_list("enqueued_at", flat=True).first()
    if since is not None:
        return SiteFault(
            key="background-waits",
            title=_("Work in the background is not being done"),
            text=_("Something has been waiting since %(when)s. Tell whoever runs this site.")
            % {"when": _in_words(since)},
            log_line=f"a task has waited in the background since {since:%Y-%m-%d %H:%M %Z}: is a worker stuck?",
        )
    return None


def last_sign_of_life() -> datetime | None:
    """Return when a worker was last seen, or a job last done by `proviso tick`; None: never."""
    seen = Worker.objects.aggregate(last=Max("seen_at"))["last"]
    done = Schedule.objects.aggregate(last=Max("last_at"))["last"]
    return max((moment for moment in (seen, done) if moment), default=None)


def _silent(last: datetime | None) -> SiteFault:
    no_letters = _(
        "Until this works again, nobody gets emails or reminders, and no import runs. Tell the person who "
        "runs this site."
    )
    if last is None:
        since, logged = _("No worker has ever been seen."), "never"
    else:
        since = _("No worker has been seen since %(when)s.") % {"when": _in_words(last)}
        logged = f"last at {last:%Y-%m-%d %H:%M %Z}"
    return SiteFault(
        key="background-silent",
        title=_("Nothing is working in the background"),
        text=f"{since} {no_letters}",
        log_line=f"no background worker was seen for {SILENT_FOR}, {logged}: is `proviso work` running?",
    )


def _in_words(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y, H:i")
