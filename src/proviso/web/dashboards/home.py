"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone

from proviso.records.people.models import Establishment
from proviso.records.people.selectors import establishments_under
from proviso.records.people.site_health import site_faults
from proviso.records.policies.selectors import acknowledgements
from proviso.web.dashboards import action_needed
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page


def my(request: ActorRequest) -> HttpResponseBase:
    waiting = action_needed.waiting_for(request.actor)
    context = {
        "needs": waiting.needs,
        "site_faults": site_faults(request.actor, timezone.now()),
        "establishments": request.actor.establishments,
        "done": waiting.done[:5],
    }
    return render_page(request, "dashboards/my.html", context)


def signed(request: ActorRequest) -> HttpResponseBase:
    rows = acknowledgements.my_acknowledgements(request.actor)
    return render_page(request, "dashboards/signed.html", {"rows": rows})


@establishment_page("establishment.view")
def establishment(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    actor, key = request.actor, establishment.pk
    waiting = action_needed.waiting_for(actor, establishment)
    figures = key in waiting.asked and "signing.figures" in request.may
    context: dict[str, Any] = {
        "current": waiting.lives.in_force.get(key),
        "draft": waiting.lives.prepared.get(key) if "policy.view" in request.may else None,
        "campaign": waiting.campaigns[key] if figures else None,
        "figures": acknowledgements.figures_of(waiting.asked[key])[0] if figures else None,
        "mine": waiting.needs,
    }
    if not establishment.is_school:
        under = establishments_under(actor, establishment)
        context["under"] = action_needed.standings(under, waiting.lives, timezone.localdate())
    return render_page(request, "dashboards/establishment.html", context)
