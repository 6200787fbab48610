"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.people.models import Establishment
from proviso.people.permissions import may
from proviso.people.selectors import establishments_under
from proviso.people.site_health import site_faults
from proviso.policies.selectors import signing
from proviso.web.places import ActorRequest, page, place
from proviso.web.schools import needs


def my(request: ActorRequest) -> HttpResponse:
    waiting = needs.waiting_for(request.actor)
    shown = {
        "needs": waiting.needs,
        "site_faults": site_faults(request.actor, timezone.now()),
        "places": request.actor.establishments,
        "today": timezone.localdate(),
        "done": waiting.done[:5],
    }
    return render(request, "schools/my.html", shown)


def signed(request: ActorRequest) -> HttpResponse:
    return render(request, "schools/signed.html", {"rows": signing.my_acknowledgements(request.actor)})


@place()
def school(request: ActorRequest, school: Establishment) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    waiting = needs.waiting_for(actor, school)
    figures = school.pk in waiting.asked and may(actor, "signing.figures", school)
    shown: dict[str, object] = {
        "current": waiting.lives.in_force.get(school.pk),
        "draft": waiting.lives.prepared.get(school.pk) if may(actor, "policy.view", school) else None,
        "campaign": waiting.campaigns[school.pk] if figures else None,
        "figures": signing.figures_of(waiting.asked[school.pk])[0] if figures else None,
        "mine": waiting.needs,
    }
    if not school.is_school:
        shown["under"] = needs.standings(establishments_under(actor, school), waiting.lives, today)
    return page(request, school, "schools/school.html", shown)
