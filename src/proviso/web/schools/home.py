"""What is waiting for whoever signs in, wherever they have roles; and an establishment at a glance."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.people.models import Establishment
from proviso.people.permissions import may
from proviso.people.selectors import establishments_under
from proviso.policies.selectors import signing, tasks
from proviso.policies.selectors import versions as read
from proviso.web.places import ActorRequest, page, place
from proviso.web.schools import needs


def my(request: ActorRequest) -> HttpResponse:
    shown = {
        "needs": needs.of(request.actor),
        "places": request.actor.establishments,
        "today": timezone.localdate(),
        "done": tasks.done_tasks(request.actor)[:5],
    }
    return render(request, "schools/my.html", shown)


def signed(request: ActorRequest) -> HttpResponse:
    return render(request, "schools/signed.html", {"rows": signing.my_acknowledgements(request.actor)})


@place()
def school(request: ActorRequest, school: Establishment) -> HttpResponse:
    today, actor = timezone.localdate(), request.actor
    campaign = signing.campaign_of(actor, school) if may(actor, "signing.figures", school) else None
    shown: dict[str, object] = {
        "current": read.public_version(school.slug, today),
        "draft": read.being_prepared(actor, school) if may(actor, "policy.view", school) else None,
        "campaign": campaign,
        "figures": signing.figures(actor, campaign, today)[0] if campaign else None,
        "tasks": tasks.school_tasks(actor, school) if may(actor, "tasks.school", school) else [],
        "mine": [one for one in needs.of(actor) if one.establishment.pk == school.pk],
    }
    if not school.is_school:
        shown["under"] = needs.standings(actor, establishments_under(actor, school), today)
    return page(request, school, "schools/school.html", shown)
