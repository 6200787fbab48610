"""What waits for somebody, in order of date: to sign, to approve, to do, to decide, to review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.people.actors import Actor
from proviso.people.models import Establishment
from proviso.people.permissions import may
from proviso.policies import library
from proviso.policies.facts import yearly_clause
from proviso.policies.models import Version
from proviso.policies.selectors import signing, tasks
from proviso.policies.selectors import versions as read
from proviso.policies.selectors.signing import Standing
from proviso.policies.selectors.versions import model_number
from proviso.policies.services.signing import current_campaign

WARN_BEFORE = 90  # days before a review date


@dataclass(frozen=True)
class Need:
    """One thing that waits: what, where it is done, by when, under which clause.

    With `asked` nobody set a day for it: `due_on` is when it was asked for.
    """

    what: str
    url: str
    due_on: date
    establishment: Establishment
    clause: str = ""
    overdue: bool = False
    asked: bool = False


def of(actor: Actor) -> list[Need]:
    """Return everything that waits for somebody, the most urgent first."""
    found = [*_signatures(actor), *_approvals(actor), *_tasks(actor)]
    for place in actor.establishments:
        found += _as_leader(actor, place)
    return sorted(found, key=lambda one: (one.due_on, one.what))


def _signatures(actor: Actor) -> Iterator[Need]:
    for one in signing.to_sign(actor):
        place = one.campaign.version.establishment
        yield Need(
            _("Read and sign the social media policy"),
            reverse("sign", args=[place.slug]),
            one.due_on,
            place,
            overdue=one.standing is Standing.OVERDUE,
        )


def _approvals(actor: Actor) -> Iterator[Need]:
    for one in read.approvals_waiting(actor):
        version = one.version
        yield Need(
            _("Approve version %(number)s of the policy") % {"number": version.number},
            reverse("version_approve", args=[version.establishment.slug, version.number]),
            localtime(one.asked_at).date(),
            version.establishment,
            asked=True,
        )


def _tasks(actor: Actor) -> Iterator[Need]:
    for task in tasks.my_tasks(actor):
        url = reverse("task", args=[task.pk])
        yield Need(task.what, url, task.due_on, task.establishment, task.clause, task.due_on < actor.on)


def _as_leader(actor: Actor, place: Establishment) -> Iterator[Need]:
    if may(actor, "tasks.school", place):
        for task in tasks.school_tasks(actor, place):
            url = reverse("task", args=[task.pk])
            what = _("For the school: %(what)s") % {"what": task.what}
            yield Need(what, url, task.due_on, place, task.clause, task.due_on < actor.on)
    if may(actor, "signing.exempt", place):
        for row in signing.exemptions_asked(actor, place, actor.on):
            yield Need(
                _("Decide on the exemption that %(name)s asks for") % {"name": row.person.name},
                reverse("exemption", args=[place.slug, row.pk]),
                localtime(row.at).date(),
                place,
                asked=True,
            )
    if may(actor, "signing.names", place):
        yield from _unsigned(actor, place)
    if may(actor, "signing.ask", place):
        yield from _yearly(actor, place)
    if may(actor, "policy.adopt", place):
        yield from _review(actor, place)


def _unsigned(actor: Actor, place: Establishment) -> Iterator[Need]:
    campaign = current_campaign(place.pk)
    if campaign is None:
        return
    late = signing.figures(actor, campaign, actor.on)[0].overdue
    if late:
        what = ngettext("%(count)d person has not signed in time", "%(count)d people have not signed in time", late)
        url = reverse("signing_people", args=[place.slug]) + "?standing=overdue"
        yield Need(what % {"count": late}, url, campaign.due_on, place, overdue=True)


def _yearly(actor: Actor, place: Establishment) -> Iterator[Need]:
    """Remind of the yearly signing, where a clause wants one, from a month before."""
    campaign = current_campaign(place.pk)
    if campaign is None:
        return
    again_on = campaign.opened_on + relativedelta(years=1)
    clause = yearly_clause(library.policy_of(campaign.version))
    if clause and again_on - timedelta(days=30) <= actor.on:
        what = _("Ask everybody to sign anew, as every year")
        yield Need(what, reverse("signing_ask", args=[place.slug]), again_on, place, clause, again_on < actor.on)


def _review(actor: Actor, place: Establishment) -> Iterator[Need]:
    current = read.public_version(place.slug, actor.on)
    if current and current.review_on and current.review_on - timedelta(days=WARN_BEFORE) <= actor.on:
        yield Need(
            _("Review the policy"),
            reverse("version_review", args=[place.slug, current.number]),
            current.review_on,
            place,
            overdue=current.review_on < actor.on,
        )


@dataclass(frozen=True)
class SchoolStanding:
    """How a school of a trust or authority stands."""

    establishment: Establishment
    current: Version | None
    overdue: bool
    moved_on: bool


def standings(actor: Actor, schools: list[Establishment], on: date) -> list[SchoolStanding]:
    """Return how each school stands: its version in force, review date and model, in two queries."""
    current = read.in_force_of(schools, on)
    newest = read.newest_published({one.parent_id for one in schools if one.parent_id})
    return [
        SchoolStanding(
            school,
            version := current.get(school.pk),
            bool(version and version.review_on and version.review_on < on),
            bool(version and version.model_version_id and newest.get(school.parent_id or 0, 0) > model_number(version)),
        )
        for school in schools
    ]
