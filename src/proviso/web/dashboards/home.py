"""What is waiting for whoever signs in, what they wait for, and how their schools stand; and one school at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.people.needs import Need, Scope
from proviso.records.people.permissions import may
from proviso.records.people.selectors import establishments_under
from proviso.records.people.site_health import site_faults
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.needs import (
    asked_about,
    signings,
    versions_approved,
    versions_asked_about,
    versions_in_force,
)
from proviso.records.policies.selectors import acknowledgements
from proviso.records.policies.selectors.versions import PolicyStatuses
from proviso.records.policies.signatories import Figures, figures_of
from proviso.records.tasks.action_needed import awaited_by, needs_of, scope_of
from proviso.records.tasks.needs import done_lately
from proviso.web.dashboards import waiting
from proviso.web.dashboards.overview import overview, policy_lives, schools_table
from proviso.web.dashboards.setting_up import setting_up
from proviso.web.dashboards.standings import SchoolStanding, policy_statuses, standings, statuses_of
from proviso.web.kit.charts import Bar, Bars
from proviso.web.kit.frame import home_of
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page

AT_ONCE = 4  # schools whose standing is shown without a touch


@dataclass(frozen=True)
class NeedLine:
    """Something that needs somebody, and the number of the clause behind it, as the policy has it."""

    need: Need
    clause: str


def my(request: ActorRequest) -> HttpResponseBase:
    actor, scope = request.actor, scope_of(request.actor)
    statuses = statuses_of(actor, actor.establishments)
    _remember(scope, statuses)
    figures = _figures(scope)
    schools = standings(actor.establishments, statuses, actor.on, figures)
    new = next((each.establishment for each in schools if each.current is None), None)
    lines = _with_clauses(needs_of(scope), scope)
    main = home_of(actor) if actor.establishments else None
    context = {
        "lines": lines,
        "awaited": awaited_by(scope),
        "several": len(schools) > 1,
        "schools": schools[:AT_ONCE],
        "more_schools": schools[AT_ONCE:],
        "overview": overview(scope, main) if main and not (new and main.is_school) else None,
        "setting_up": setting_up(actor, new) if new else None,
        "site_faults": site_faults(actor, timezone.now()),
        "done": done_lately(scope),
    }
    waiting.keep(request, len(lines))
    return render_page(request, "dashboards/my.html", context)


def _remember(scope: Scope, statuses: PolicyStatuses) -> None:
    """Let the list of what is waiting use what is read for the page anyhow."""
    approved = {key: each for key, each in statuses.prepared.items() if each.state == Version.State.APPROVED}
    scope.memo[policy_lives] = statuses
    scope.memo[versions_in_force], scope.memo[versions_approved] = statuses.in_force, approved
    scope.memo[versions_asked_about] = asked_about(list(statuses.prepared.values()))


def _figures(scope: Scope) -> dict[int, Figures]:
    """Return how far signing has come, by establishment, where the person of a scope may see that."""
    me, asked = scope.actors[0], scope.once(signings).asked
    return {
        pk: figures_of(rows)[0] for pk, rows in asked.items() if may(me, "signing.figures", scope.establishments[pk])
    }


def _is_unsigned(standing: SchoolStanding) -> bool:
    """Whether nobody has signed there yet, as far as the reader may see."""
    return standing.current is None or (standing.figures is not None and not standing.figures.signed)


def _with_clauses(needs: Sequence[Need], scope: Scope) -> list[NeedLine]:
    """Return needs with the numbers of their clauses, from the texts that are being signed: these are read anyhow."""
    campaigns = scope.once(signings).campaigns
    lines = []
    for need in needs:
        campaign = campaigns.get(need.establishment.pk) if need.clause else None
        policy = compiled.policy_of(campaign.version) if campaign else None
        known = policy is not None and any(clause.id == need.clause for clause in policy.clauses)
        lines.append(NeedLine(need, policy.label(need.clause) if policy and known else ""))
    return lines


def signed(request: ActorRequest) -> HttpResponseBase:
    rows = acknowledgements.my_acknowledgements(request.actor)
    return render_page(request, "dashboards/signed.html", {"rows": rows})


@establishment_page("establishment.view")
def establishment(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    actor, statuses = request.actor, policy_statuses(request.actor, establishment)
    under = [] if establishment.is_school else establishments_under(actor, establishment)
    shown, figures = None, {}
    if establishment.is_school:
        scope = Scope(actor.on, [actor], {establishment.pk: establishment})
        scope.memo[policy_lives] = statuses
        shown, figures = overview(scope, establishment), _figures(scope)
    else:
        figures = acknowledgements.figures_under(actor, [establishment, *under], actor.on)
    own = standings([establishment], statuses, actor.on, figures)[0]
    context: dict[str, Any] = {
        "current": own.current,
        "draft": statuses.prepared.get(establishment.pk) if "policy.view" in request.may else None,
        "figures": own.figures,
        "overview": shown,
        "setting_up": setting_up(actor, establishment) if _is_unsigned(own) else None,
    }
    if under:
        context["schools"] = schools_table(request, under, statuses, actor.on, figures)
        context["signing"] = _signing(under, figures)
    return render_page(request, "dashboards/establishment.html", context)


def _signing(schools: list[Establishment], figures: Mapping[int, Figures]) -> Bars:
    """Return how far signing has come in each school where it is going on, the least far first."""
    bars = [
        Bar(
            school.name,
            figures[school.pk].signed,
            figures[school.pk].asked,
            _("%(count)s overdue") % {"count": overdue} if overdue else "",
            reverse("acknowledgements:overview", args=[school.slug]),
        )
        for school in schools
        if school.pk in figures
        for overdue in (figures[school.pk].overdue,)
    ]
    return Bars(_("Signed, by school"), sorted(bars, key=lambda bar: bar.percent))
