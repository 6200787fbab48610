"""What waits for somebody, in order of date: to sign, to approve, to do, to decide, to review."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.policies import compiled
from proviso.records.policies.facts import yearly_clause
from proviso.records.policies.models import Campaign, Task, Version
from proviso.records.policies.selectors import acknowledgements, tasks
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.selectors.acknowledgements import Asked, Standing, ToSign
from proviso.records.policies.selectors.tasks import what_is_asked
from proviso.records.policies.selectors.versions import Lives, model_number
from proviso.wording.welsh_grammar import is_welsh

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


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody, and what had to be read to know it: by establishment, how its policy stands,
    the signing that is open, and whom that asks, where they may see it."""

    needs: list[Need]
    done: list[Task]
    lives: Lives
    campaigns: dict[int, Campaign]
    asked: dict[int, list[Asked]]


def of(actor: Actor) -> list[Need]:
    """Return everything that waits for somebody, the most urgent first."""
    return waiting_for(actor).needs


def waiting_for(actor: Actor, place: Establishment | None = None) -> Waiting:
    """Return what waits for somebody wherever they have roles, or in one place; the most urgent first.

    It takes at most six queries, however many places, people and tasks there are.
    """
    places = [place] if place else actor.establishments
    ids = [one.pk for one in places]
    campaigns = {one.version.establishment_id: one for one in acknowledgements.open_campaigns(ids)}
    seen = [campaigns[one.pk] for one in places if one.pk in campaigns and _sees(actor, one)]
    mine = Q() if len(seen) == len(campaigns) else Q(campaign__in=seen) | Q(person=actor.person)
    said = acknowledgements.latest_of(mine, campaign__in=[*campaigns.values()])
    by_campaign = acknowledgements.asked_as_said(seen, said, actor.on)
    asked = {one.version.establishment_id: by_campaign[one.pk] for one in seen}
    leading = [one.pk for one in places if may(actor, "tasks.school", one)]
    own = tasks.tasks_waiting(actor, ids, leading)
    lives = _lives(actor, places, place)
    needs = [*_signatures(acknowledgements.to_sign_in(actor, campaigns.values(), said)), *_tasks(actor, own)]
    needs += _approvals(_approvals_in(place, lives) if place else _approvals_of(actor))
    for one in places:
        needs += _as_leader(actor, one, campaigns.get(one.pk), asked.get(one.pk, []))
        needs += _yearly(actor, one, campaigns.get(one.pk))
        needs += _review(actor, one, lives.in_force.get(one.pk))
    done = sorted((one for one in own if one.done_at), key=lambda one: str(one.done_at), reverse=True)
    return Waiting(sorted(needs, key=lambda one: (one.due_on, one.what)), done, lives, campaigns, asked)


def _sees(actor: Actor, place: Establishment) -> bool:
    return any(may(actor, action, place) for action in ("signing.figures", "signing.names", "signing.exempt"))


def _lives(actor: Actor, places: list[Establishment], place: Establishment | None) -> Lives:
    if place is not None:
        return read.lives_of(actor, Q(establishment=place) | Q(establishment__parent=place))
    reviewing = [one.pk for one in places if may(actor, "policy.adopt", one)]
    return read.lives_of(actor, Q(establishment__in=reviewing)) if reviewing else Lives()


def _signatures(waiting: list[ToSign]) -> Iterator[Need]:
    for one in waiting:
        place = one.campaign.version.establishment
        yield Need(
            _("Read and sign the social media policy"),
            reverse("acknowledgements:sign", args=[place.slug]),
            one.due_on,
            place,
            overdue=one.standing is Standing.OVERDUE,
        )


Asking = tuple[Version, datetime]


def _approvals_in(place: Establishment, lives: Lives) -> list[Asking]:
    version = lives.prepared.get(place.pk)
    asked_at = getattr(version, "asked_at", None)
    if version is None or version.state != Version.State.APPROVAL or asked_at is None:
        return []
    return [(version, asked_at)]


def _approvals_of(actor: Actor) -> list[Asking]:
    return [(one.version, one.asked_at) for one in read.approvals_waiting(actor)]


def _approvals(waiting: Iterable[Asking]) -> Iterator[Need]:
    for version, asked_at in waiting:
        yield Need(
            _("Approve version %(number)s of the policy") % {"number": version.number},
            reverse("policies:approve", args=[version.establishment.slug, version.number]),
            localtime(asked_at).date(),
            version.establishment,
            asked=True,
        )


def _tasks(actor: Actor, found: list[Task]) -> Iterator[Need]:
    if is_welsh():  # the versions have the Welsh of what their duties ask for
        prefetch_related_objects(found, "version")
    for task in found:
        if task.is_open:
            said = what_is_asked(task)
            what = said if task.person_id else _("Shared duty: %(what)s") % {"what": said}
            url = reverse("tasks:task", args=[task.pk])
            yield Need(what, url, task.due_on, task.establishment, task.clause, task.due_on < actor.on)


def _as_leader(actor: Actor, place: Establishment, campaign: Campaign | None, asked: list[Asked]) -> Iterator[Need]:
    if may(actor, "signing.exempt", place):
        for one in asked:
            if one.standing is Standing.EXEMPTION_ASKED and one.said is not None:
                yield Need(
                    _("Decide on the exemption that %(name)s asks for") % {"name": one.person.name},
                    reverse("acknowledgements:exemption", args=[place.slug, one.said.pk]),
                    localtime(one.said.at).date(),
                    place,
                    asked=True,
                )
    late = sum(one.standing is Standing.OVERDUE for one in asked)
    if campaign and late and may(actor, "signing.names", place):
        what = ngettext("%(count)d person has not signed in time", "%(count)d people have not signed in time", late)
        url = reverse("acknowledgements:people", args=[place.slug]) + "?standing=overdue"
        yield Need(what % {"count": late}, url, campaign.due_on, place, overdue=True)


def _yearly(actor: Actor, place: Establishment, campaign: Campaign | None) -> Iterator[Need]:
    """Remind of the yearly signing, where a clause wants one, from a month before."""
    if campaign is None or not may(actor, "signing.ask", place):
        return
    again_on = campaign.opened_on + relativedelta(years=1)
    clause = yearly_clause(compiled.policy_of(campaign.version))
    if clause and again_on - timedelta(days=30) <= actor.on:
        what = _("Ask everybody to sign anew, as every year")
        yield Need(
            what, reverse("acknowledgements:ask", args=[place.slug]), again_on, place, clause, again_on < actor.on
        )


def _review(actor: Actor, place: Establishment, current: Version | None) -> Iterator[Need]:
    if current is None or current.review_on is None or not may(actor, "policy.adopt", place):
        return
    if current.review_on - timedelta(days=WARN_BEFORE) <= actor.on:
        yield Need(
            _("Review the policy"),
            reverse("policies:review", args=[place.slug, current.number]),
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


def standings(schools: list[Establishment], lives: Lives, on: date) -> list[SchoolStanding]:
    """Return how each school stands: its version in force, review date and model."""
    return [_standing(school, lives, on) for school in schools]


def _standing(school: Establishment, lives: Lives, on: date) -> SchoolStanding:
    version = lives.in_force.get(school.pk)
    overdue = bool(version and version.review_on and version.review_on < on)
    newest = lives.models.get(school.parent_id or 0, 0)
    return SchoolStanding(
        school, version, overdue, bool(version and version.model_version_id and newest > model_number(version))
    )
