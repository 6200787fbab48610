"""The action log of an establishment: by period, by what was done and by who did it, and as a file."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.records.audit.models import Entry
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import LogQuery, log_of
from proviso.web.kit.lists import Column, Export, Filter, ListPage, Query, list_page
from proviso.web.kit.pages import ActorRequest, Text, establishment_page


@dataclass(frozen=True)
class Period:
    """How far back the log is shown."""

    words: Text
    length: timedelta


@dataclass(frozen=True)
class Subject:
    """What something is done to, with the beginnings of its actions' names: `version` of `version.adopted`."""

    words: Text
    kinds: tuple[str, ...]


PERIODS = {
    "week": Period(gettext_lazy("The last 7 days"), timedelta(days=7)),
    "month": Period(gettext_lazy("The last 30 days"), timedelta(days=30)),
    "year": Period(gettext_lazy("The last 12 months"), timedelta(days=365)),
}
SUBJECTS = {
    "policy": Subject(gettext_lazy("The policy"), ("version", "approver", "review")),
    "signing": Subject(gettext_lazy("Signing"), ("signing",)),
    "answers": Subject(gettext_lazy("Feedback on answers"), ("answer", "answers")),
    "people": Subject(gettext_lazy("People and roles"), ("person", "role", "people", "absence")),
    "tasks": Subject(gettext_lazy("Tasks and holidays"), ("task", "tasks", "school_task", "calendar", "holiday")),
    "concerns": Subject(gettext_lazy("Concerns"), ("concern",)),
    "cases": Subject(gettext_lazy("Cases and letters"), ("case", "letter", "letter_template")),
    "evidence": Subject(gettext_lazy("Evidence and retention"), ("evidence", "retention")),
    "registers": Subject(gettext_lazy("Declared ties and consents"), ("declaration", "consent", "consents")),
    "establishment": Subject(gettext_lazy("The establishment itself"), ("establishment",)),
}


@establishment_page("log.view")
def log(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    page = ListPage(
        title=_("Log"),
        lead=_("Every change made here, who made it and when. Nobody can remove anything from the log."),
        rows=lambda query: log_of(request.actor, establishment, _wanted(query, request.actor.on)),
        columns=[
            Column(_("When"), lambda entry: entry.at, name="when", sort=("number",)),
            Column(_("What was done"), _done, cell=_done_by, only="page"),
            Column(_("Who"), _who, only="file"),
            Column(_("What was done"), _done, only="file"),
            Column(_("Number"), lambda entry: entry.number, only="file"),
        ],
        filters=[
            Filter("period", _("Period"), [(name, period.words) for name, period in PERIODS.items()]),
            Filter("subject", _("About"), [(name, subject.words) for name, subject in SUBJECTS.items()]),
        ],
        search=_("Who did it"),
        export=Export(f"{establishment.slug}-log"),
        count=lambda count: ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count},
        empty=_("Nothing yet."),
        sorted_by="-when",
    )
    return list_page(request, page)


def _wanted(query: Query, today: date) -> LogQuery:
    period, subject = query.choice("period"), query.choice("subject")
    return LogQuery(
        by=query.find,
        since=today - PERIODS[period].length if period else None,
        kinds=SUBJECTS[subject].kinds if subject else (),
    )


def _who(entry: Entry) -> str:
    return entry.actor.name if entry.actor else "Proviso"


def _done(entry: Entry) -> str:
    return entry.sentence


def _done_by(entry: Entry) -> str:
    return format_html("<b>{}</b> {}", _who(entry), entry.sentence)
