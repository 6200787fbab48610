"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.people.selectors import establishments_under
from proviso.records.people.site_health import site_faults
from proviso.records.policies.selectors import acknowledgements
from proviso.web.dashboards import action_needed
from proviso.web.places import ActorRequest, page, place


def my(request: ActorRequest) -> HttpResponse:
    waiting = action_needed.waiting_for(request.actor)
    shown = {
        "needs": waiting.needs,
        "site_faults": site_faults(request.actor, timezone.now()),
        "places": request.actor.establishments,
        "today": timezone.localdate(),
        "done": waiting.done[:5],
    }
    return render(request, "schools/my.html", shown)


def signed(request: ActorRequest) -> HttpResponse:
    return render(request, "schools/signed.html", {"rows": acknowledgements.my_acknowledgements(request.actor)})


@place()
def school(request: ActorRequest, school: Establishment) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    waiting = action_needed.waiting_for(actor, school)
    figures = school.pk in waiting.asked and may(actor, "signing.figures", school)
    shown: dict[str, object] = {
        "current": waiting.lives.in_force.get(school.pk),
        "draft": waiting.lives.prepared.get(school.pk) if may(actor, "policy.view", school) else None,
        "campaign": waiting.campaigns[school.pk] if figures else None,
        "figures": acknowledgements.figures_of(waiting.asked[school.pk])[0] if figures else None,
        "mine": waiting.needs,
    }
    if not school.is_school:
        shown["under"] = action_needed.standings(establishments_under(actor, school), waiting.lives, today)
    return page(request, school, "schools/school.html", shown)
