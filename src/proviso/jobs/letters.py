"""What an email says that tells somebody of what waits: signing, approvals and tasks by name, all else as *something*.

It names the school, what is to be done and by when, and whom to ask; it says how to get there without its link, so that
nobody has to trust a link to do what their school asks of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person
from proviso.records.people.needs import Need, Text
from proviso.records.policies.whom_to_ask import whom_to_ask
from proviso.records.tasks.action_needed import needs_of, scope_of

SOON = timedelta(days=28)  # what is due later, and of which nobody is to be reminded now, is left out
MOST = 6  # things that an email lists


@dataclass(frozen=True)
class Letter:
    """What an email says: each text is put in the language of its reader when it is sent."""

    subject: Text
    lines: Sequence[Text]


def letter(person: Person, establishment: Establishment | None, on: date) -> Letter:
    """Return what to write to somebody about what waits for them; `establishment` where it is all of one."""
    needs = [need for need in needs_of(scope_of(Actor.of(person, on))) if _is_told(need, on)]
    named = [need for need in needs if need.is_named]
    if establishment is None or not named:
        return Letter(
            _("Something is waiting for you"),
            [_unnamed(establishment), *_each(named), *_how(establishment, person, on)],
        )
    asks = format_lazy(_("{school} asks you:"), school=establishment.name)
    rest = [_("Something else is waiting for you there, too.")] if len(named) < len(needs) else []
    return Letter(
        _subject(establishment, named), [asks, *_each(named, establishment), *rest, *_how(establishment, person, on)]
    )


def _is_told(need: Need, on: date) -> bool:
    return need.due_on <= on + SOON or bool(need.stages.stage(need.due_on, on))


def _unnamed(establishment: Establishment | None) -> Text:
    if establishment is None:
        return _("You have something to do, in more than one place.")
    return format_lazy(_("Something is waiting for you at {school}."), school=establishment.name)


def _subject(establishment: Establishment, named: Sequence[Need]) -> Text:
    if len(named) == 1:
        return format_lazy("{school}: {what}", school=establishment.name, what=_with_day(named[0]))
    count = lazy(
        lambda: (
            ngettext("%(count)d thing is waiting for you", "%(count)d things are waiting for you", len(named))
            % {"count": len(named)}
        ),
        str,
    )()
    return format_lazy("{school}: {count}", school=establishment.name, count=count)


def _each(named: Sequence[Need], establishment: Establishment | None = None) -> list[Text]:
    lines: list[Text] = []
    for need in named[:MOST]:
        place = "" if establishment is not None else f" ({need.establishment.name})"
        lines.append(format_lazy("– {what}{place}", what=_with_day(need), place=place))
    if len(named) > MOST:
        lines.append(format_lazy(_("– and {count} more"), count=len(named) - MOST))
    return lines


def _with_day(need: Need) -> Text:
    if need.asked:
        return need.without_names
    day = lazy(date_format, str)(need.due_on, "j F Y")
    if need.overdue:
        return format_lazy(_("{what} (was due by {day})"), what=need.without_names, day=day)
    return format_lazy(_("{what}, by {day}"), what=need.without_names, day=day)


def _how(establishment: Establishment | None, person: Person, on: date) -> list[Text]:
    """Return how to get there without the link, whom to ask, and how to get fewer emails."""
    way = format_lazy(
        _("You need not use a link: type {address} into your browser and sign in. The first page lists all of this."),
        address=settings.SITE_ADDRESS,
    )
    whom = whom_to_ask(establishment, person, on) if establishment is not None else []
    return [way, *whom, _("You can choose under “Your account” whether to get a summary each week.")]
