"""What this room puts on the list of what needs whom: to sign, to approve, to decide, to review."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Role
from proviso.records.people.needs import ByDay, Need, Scope, SinceAsked, Target, Text, register
from proviso.records.people.permissions import may
from proviso.records.policies import campaigns, compiled
from proviso.records.policies.facts import yearly_clause
from proviso.records.policies.models import Approval, Campaign, Question, Version
from proviso.records.policies.models.versions import OPEN_STATES, in_force
from proviso.records.policies.selectors.acknowledgements import to_sign_in
from proviso.records.policies.signatories import (
    LatestAnswers,
    Signatory,
    SigningStatus,
    latest_answers,
    signatories_by_campaign,
)

WARN_BEFORE = (90, 30, 0)  # days before a review date
YEARLY_BEFORE = 30
FEW = 100  # people: of so many the approvals are asked for by name
LEADING_ABOVE = frozenset((Role.Kind.EXECUTIVE,))
FIGURES = ("signing.figures", "signing.names", "signing.exempt")


@dataclass(frozen=True)
class Signings:
    """The signings that are open in the establishments of a scope, by establishment: what people answered, and whom
    each asks, where somebody of the scope may see that."""

    campaigns: dict[int, Campaign]
    answers: LatestAnswers
    asked: dict[int, list[Signatory]]


def signings(scope: Scope) -> Signings:
    """Return the signings of a scope; use it by `scope.once`. It takes three queries."""
    return signings_in(scope, scope.establishments)


def signings_in(scope: Scope, places: Mapping[int, Establishment]) -> Signings:
    """Return the signings that people of a scope see in some establishments, be they in the scope or below it."""
    open_now = {each.version.establishment_id: each for each in campaigns.open_in(list(places), scope.on)}
    seen = [campaign for pk, campaign in open_now.items() if _is_seen(scope, places[pk])]
    people = [actor.person for actor in scope.actors]
    mine = Q() if len(seen) == len(open_now) else Q(campaign__in=seen) | Q(person__in=people)
    answers = latest_answers(mine, campaign__in=[*open_now.values()])
    asked = signatories_by_campaign(seen, answers, scope.on)
    return Signings(open_now, answers, {each.version.establishment_id: asked[each.pk] for each in seen})


def _is_seen(scope: Scope, establishment: Establishment) -> bool:
    return any(may(actor, action, establishment) for actor in scope.actors for action in FIGURES)


@register
def to_sign(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who is asked to sign, and has not answered."""
    open_now = scope.once(signings)
    for pk, campaign in open_now.campaigns.items():
        establishment = scope.establishments[pk]
        for actor in scope.actors_in(establishment):
            for waiting in to_sign_in(actor, [campaign], open_now.answers):
                yield (
                    actor,
                    Need(
                        key=f"sign:{campaign.pk}",
                        what=_("Read and sign the social media policy"),
                        target=Target("acknowledgements:sign", (establishment.slug,)),
                        due_on=waiting.due_on,
                        establishment=establishment,
                        overdue=waiting.standing is SigningStatus.OVERDUE,
                        stages=ByDay((7, 1)),
                        is_named=True,
                    ),
                )


@register
def to_approve(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who is asked by name to approve a version, and still works there or above."""
    actors = {actor.person.pk: actor for actor in scope.actors}
    for approval in scope.once(open_approvals):
        actor, establishment = actors.get(approval.person_id), approval.version.establishment
        if actor is None or not may(actor, "establishment.view", establishment):
            continue
        yield (
            actor,
            Need(
                key=f"approve:{approval.pk}",
                what=format_lazy(_("Approve version {number} of the policy"), number=approval.version.number),
                target=Target("policies:approve", (establishment.slug, approval.version.number)),
                due_on=localtime(approval.asked_at).date(),
                establishment=establishment,
                asked=True,
                stages=SinceAsked(),
                is_named=True,
            ),
        )


def open_approvals(scope: Scope) -> list[Approval]:
    """Return the approvals that people of a scope are asked for, or wait for because they prepare; in one query."""
    waiting = Approval.objects.filter(state=Approval.State.WAITING, version__state=Version.State.APPROVAL)
    if len(scope.actors) <= FEW:
        places = [pk for pk, place in scope.establishments.items() if any(scope.able("policy.prepare", place))]
        mine = Q(person__in=[actor.person for actor in scope.actors])
        waiting = waiting.filter(mine | Q(version__establishment__in=places))
    if not scope.everywhere:
        waiting = waiting.filter(version__establishment__in=scope.establishments)
    rows = waiting.select_related("version__establishment", "person")
    return list(rows.defer("version__text", "version__model_text"))


@register
def to_decide(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who decides on the exemptions that people ask for."""
    for pk, asked in scope.once(signings).asked.items():
        establishment = scope.establishments[pk]
        for row in asked:
            if row.standing is SigningStatus.EXEMPTION_ASKED and row.answer is not None:
                need = Need(
                    key=f"exemption:{row.answer.pk}",
                    what=format_lazy(_("Decide on the exemption that {name} asks for"), name=row.person.name),
                    unnamed=_("Decide on an exemption that is asked for"),
                    target=Target("acknowledgements:exemption", (establishment.slug, row.answer.pk)),
                    due_on=localtime(row.answer.at).date(),
                    establishment=establishment,
                    asked=True,
                    stages=SinceAsked(),
                    is_named=True,
                    stand_in="signing.exempt",
                )
                yield from ((actor, need) for actor in scope.able("signing.exempt", establishment))


@register
def not_signed(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who looks after those that have not signed in time."""
    open_now = scope.once(signings)
    for pk, asked in open_now.asked.items():
        establishment, campaign = scope.establishments[pk], open_now.campaigns[pk]
        late = sum(row.standing is SigningStatus.OVERDUE for row in asked)
        if not late:
            continue
        need = Need(
            key=f"unsigned:{campaign.pk}",
            what=_late(late),
            target=Target("acknowledgements:people", (establishment.slug,), "standing=overdue"),
            due_on=campaign.due_on,
            establishment=establishment,
            overdue=True,
            stages=ByDay(()),
            is_named=True,
            stand_in="signing.names",
        )
        yield from ((actor, need) for actor in scope.able("signing.names", establishment))


def _late(count: int) -> Text:
    return lazy(
        lambda: (
            ngettext("%(count)d person has not signed in time", "%(count)d people have not signed in time", count)
            % {"count": count}
        ),
        str,
    )()


@register
def to_ask(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who asks everybody to sign anew, where a clause wants that every year; from a month before."""
    for pk, campaign in scope.once(signings).campaigns.items():
        establishment = scope.establishments[pk]
        again_on = campaign.opened_on + relativedelta(years=1)
        if scope.on < again_on - timedelta(days=YEARLY_BEFORE):
            continue
        clause = yearly_clause(compiled.policy_of(campaign.version))
        if not clause:
            continue
        need = Need(
            key=f"yearly:{campaign.pk}",
            what=_("Ask everybody to sign anew, as every year"),
            target=Target("acknowledgements:ask", (establishment.slug,)),
            due_on=again_on,
            establishment=establishment,
            clause=clause,
            overdue=again_on < scope.on,
            stages=ByDay((YEARLY_BEFORE,)),
            is_named=True,
            stand_in="signing.ask",
        )
        yield from ((actor, need) for actor in scope.able("signing.ask", establishment))


@register
def to_review(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who sees to the review of the version in force: from 90 days before its day."""
    for pk, version in scope.once(versions_in_force).items():
        establishment, review_on = scope.establishments.get(pk), version.review_on
        if establishment is None or review_on is None or scope.on < review_on - timedelta(days=max(WARN_BEFORE)):
            continue
        need = Need(
            key=f"review:{version.pk}:{review_on}",
            what=_("Review the policy"),
            target=Target("policies:review", (establishment.slug, version.number)),
            due_on=review_on,
            establishment=establishment,
            overdue=review_on < scope.on,
            stages=ByDay(WARN_BEFORE, overdue=0),
            is_named=True,
            stand_in="policy.adopt",
        )
        yield from ((actor, need) for actor in scope.able("policy.adopt", establishment))


@register
def to_adopt(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who records the adoption of a version that everybody asked has approved."""
    for pk, version in scope.once(versions_approved).items():
        establishment = scope.establishments.get(pk)
        if establishment is None:
            continue
        need = Need(
            key=f"adopt:{version.pk}:{version.edition}",
            what=format_lazy(_("Record the adoption of version {number} of the policy"), number=version.number),
            target=Target("policies:adopt", (establishment.slug, version.number)),
            due_on=version.in_force_from or scope.on,
            establishment=establishment,
            overdue=version.in_force_from is not None and version.in_force_from < scope.on,
            stages=ByDay((7, 1)),
            is_named=True,
            stand_in="policy.adopt",
        )
        yield from ((actor, need) for actor in scope.able("policy.adopt", establishment))


@register
def schools_late(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who leads a trust or an authority, and has a school whose policy is not reviewed in time, or that has none."""
    for school in scope.once(late_schools):
        above = scope.establishments[school.parent_id or 0]
        review_on: date | None = getattr(school, "review_on", None)
        what = _("{school} has not reviewed its policy in time") if review_on else _("{school} has no policy in force")
        need = Need(
            key=f"school:{school.pk}:{review_on or 'none'}",
            what=format_lazy(what, school=school.name),
            target=Target("dashboards:establishment", (school.slug,)),
            due_on=review_on or scope.on,
            establishment=above,
            overdue=review_on is not None,
            stages=ByDay((), overdue=0),
            is_named=True,
        )
        for actor in scope.actors_in(above):
            if actor.kinds_in(above) & LEADING_ABOVE:
                yield actor, need


def late_schools(scope: Scope) -> list[Establishment]:
    """Return the schools led from a scope whose review is late (`review_on`), or without a policy; in one query."""
    above = [
        pk
        for pk, place in scope.establishments.items()
        if not place.is_school and any(each.kinds_in(place) & LEADING_ABOVE for each in scope.actors_in(place))
    ]
    if not above:
        return []
    in_force_now = Version.objects.in_force(scope.on).filter(establishment=OuterRef("pk")).order_by("-number")
    schools = Establishment.objects.filter(parent__in=above).annotate(
        review_on=Subquery(in_force_now.values("review_on")[:1]), has_policy=Exists(in_force_now)
    )
    return list(schools.filter(Q(has_policy=False) | Q(review_on__lt=scope.on)).order_by("name"))


def _versions_led(scope: Scope) -> list[Version]:
    """Return the versions in force or being prepared where somebody of a scope adopts, without texts; in one query."""
    places = [pk for pk, place in scope.establishments.items() if any(scope.able("policy.adopt", place))]
    unanswered = Question.objects.filter(version=OuterRef("pk"), answered_at=None).values("asked_at")[:1]
    preparer = Role.objects.on(scope.on).filter(person=OuterRef("prepared_by"), establishment=OuterRef("establishment"))
    versions = Version.objects.annotate(question_at=Subquery(unanswered), preparer_is_here=Exists(preparer))
    wanted = versions.filter(in_force(scope.on) | Q(state__in=OPEN_STATES), establishment__in=places)
    return list(wanted.without_texts()) if places else []


def versions_in_force(scope: Scope) -> Mapping[int, Version]:
    """Return the versions in force where somebody of a scope sees to reviews, by establishment, without their texts."""
    led = scope.once(_versions_led)
    return {version.establishment_id: version for version in led if version.in_force_on(scope.on)}


def versions_approved(scope: Scope) -> Mapping[int, Version]:
    """Return the versions that are approved and not adopted yet, by establishment, where somebody of a scope adopts."""
    led = scope.once(_versions_led)
    return {version.establishment_id: version for version in led if version.state == Version.State.APPROVED}


def versions_asked_about(scope: Scope) -> Mapping[int, Version]:
    """Return the versions being prepared about which an approver's question waits, by establishment."""
    return asked_about(scope.once(_versions_led))


def asked_about(versions: Iterable[Version]) -> dict[int, Version]:
    """Return, by establishment, the versions that are being prepared and about which a question waits."""
    return {
        version.establishment_id: version
        for version in versions
        if version.state in OPEN_STATES and getattr(version, "question_at", None) is not None
    }


@register
def to_answer(scope: Scope) -> Iterator[tuple[Actor, Need]]:
    """Who answers what an approver asked: whoever prepared the version, or where they have left, all who may."""
    for pk, version in scope.once(versions_asked_about).items():
        establishment, asked_at = scope.establishments.get(pk), getattr(version, "question_at", None)
        if establishment is None or asked_at is None:
            continue
        need = Need(
            key=f"question:{version.pk}:{asked_at.isoformat()}",
            what=format_lazy(_("Answer a question about version {number} of the policy"), number=version.number),
            target=Target("policies:version", (establishment.slug, version.number)),
            due_on=localtime(asked_at).date(),
            establishment=establishment,
            asked=True,
            stages=SinceAsked(),
            stand_in="policy.prepare",
        )
        able = list(scope.able("policy.prepare", establishment))
        if getattr(version, "preparer_is_here", True):
            able = [actor for actor in able if actor.person.pk == version.prepared_by_id]
        yield from ((actor, need) for actor in able)
