"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.people.selectors import establishments_under
from proviso.records.people.site_health import site_faults
from proviso.records.policies.models import Version
from proviso.records.policies.needs import (
    approvals_waiting,
    asked_of,
    signings,
    versions_approved,
    versions_in_force,
)
from proviso.records.policies.selectors import acknowledgements
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.records.tasks.needs import done_lately
from proviso.web.dashboards.standings import policy_statuses, standings
from proviso.web.places import ActorRequest, page, place


def my(request: ActorRequest) -> HttpResponse:
    actor, scope = request.actor, scope_of(request.actor)
    context = {
        "needs": needs_of(scope),
        "site_faults": site_faults(actor, timezone.now()),
        "places": actor.establishments,
        "today": timezone.localdate(),
        "done": done_lately(scope),
    }
    return render(request, "schools/my.html", context)


def signed(request: ActorRequest) -> HttpResponse:
    return render(request, "schools/signed.html", {"rows": acknowledgements.my_acknowledgements(request.actor)})


@place()
def school(request: ActorRequest, school: Establishment) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    scope, statuses = scope_of(actor, school), policy_statuses(actor, school)
    # These are read above, for more than the list needs.
    scope.memo[versions_in_force] = statuses.in_force
    prepared = statuses.prepared.get(school.pk)
    is_approved = prepared is not None and prepared.state == Version.State.APPROVED
    scope.memo[versions_approved] = {school.pk: prepared} if is_approved else {}
    scope.memo[approvals_waiting] = asked_of(actor, statuses.prepared.get(school.pk))
    open_now = scope.once(signings)
    figures = school.pk in open_now.asked and may(actor, "signing.figures", school)
    context: dict[str, object] = {
        "current": statuses.in_force.get(school.pk),
        "draft": statuses.prepared.get(school.pk) if may(actor, "policy.view", school) else None,
        "campaign": open_now.campaigns[school.pk] if figures else None,
        "figures": acknowledgements.figures_of(open_now.asked[school.pk])[0] if figures else None,
        "mine": needs_of(scope),
    }
    if not school.is_school:
        context["under"] = standings(establishments_under(actor, school), statuses, today)
    return page(request, school, "schools/school.html", context)
