"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import establishments_under
from proviso.records.people.site_health import site_faults
from proviso.records.policies.models import Version
from proviso.records.policies.needs import (
    approvals_waiting,
    asked_about,
    asked_of,
    signings,
    versions_approved,
    versions_asked_about,
    versions_in_force,
)
from proviso.records.policies.selectors import acknowledgements
from proviso.records.policies.signatories import figures_of
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.records.tasks.needs import done_lately
from proviso.web.dashboards import waiting
from proviso.web.dashboards.standings import policy_statuses, schools_list, standings
from proviso.web.kit.charts import Bar, Bars
from proviso.web.kit.lists import table_of
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page


def my(request: ActorRequest) -> HttpResponseBase:
    actor, scope = request.actor, scope_of(request.actor)
    context: dict[str, Any] = {
        "needs": needs_of(scope),
        "site_faults": site_faults(actor, timezone.now()),
        "establishments": actor.establishments,
        "done": done_lately(scope),
    }
    waiting.keep(request, len(context["needs"]))
    return render_page(request, "dashboards/my.html", context)


def signed(request: ActorRequest) -> HttpResponseBase:
    rows = acknowledgements.my_acknowledgements(request.actor)
    return render_page(request, "dashboards/signed.html", {"rows": rows})


@establishment_page("establishment.view")
def establishment(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    actor, key = request.actor, establishment.pk
    scope, statuses = scope_of(actor, establishment), policy_statuses(actor, establishment)
    # These are read above, for more than the list needs.
    scope.memo[versions_in_force] = statuses.in_force
    prepared = statuses.prepared.get(key)
    is_approved = prepared is not None and prepared.state == Version.State.APPROVED
    scope.memo[versions_approved] = {key: prepared} if is_approved else {}
    scope.memo[versions_asked_about] = asked_about([prepared] if prepared else [])
    scope.memo[approvals_waiting] = asked_of(actor, prepared)
    open_now = scope.once(signings)
    figures = key in open_now.asked and "signing.figures" in request.may
    context: dict[str, Any] = {
        "current": statuses.in_force.get(key),
        "draft": statuses.prepared.get(key) if "policy.view" in request.may else None,
        "campaign": open_now.campaigns[key] if figures else None,
        "figures": figures_of(open_now.asked[key])[0] if figures else None,
        "mine": needs_of(scope),
    }
    if not establishment.is_school:
        under = establishments_under(actor, establishment)
        context["schools"] = table_of(request, schools_list(standings(under, statuses, timezone.localdate())))
        context["signing"] = _signing(actor, under)
    return render_page(request, "dashboards/establishment.html", context)


def _signing(actor: Actor, schools: list[Establishment]) -> Bars:
    """Return how far signing has come in each school where it is going on, the least far first."""
    figures = acknowledgements.figures_under(actor, schools, actor.on)
    bars = [
        Bar(
            school.name,
            figures[school.pk].signed,
            figures[school.pk].asked,
            ngettext("%(count)s overdue", "%(count)s overdue", overdue) % {"count": overdue} if overdue else "",
            reverse("acknowledgements:overview", args=[school.slug]),
        )
        for school in schools
        if school.pk in figures
        for overdue in (figures[school.pk].overdue,)
    ]
    return Bars(_("Signed, by school"), sorted(bars, key=lambda bar: bar.percent))
