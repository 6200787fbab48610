"""Review dates and tasks as a calendar that other programs fetch: titles and days, nothing more, and nobody’s name."""

import hashlib
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from icalendar import Calendar as Feed
from icalendar import Event

from proviso.records.people.actors import Actor, Public
from proviso.records.people.needs import Need
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.records.tasks.selectors.calendars import address_of, owner_by
from proviso.records.tasks.services.calendars import renew_address
from proviso.web.kit.pages import ActorRequest, render_page


def address(request: ActorRequest) -> HttpResponse:
    """Show the secret address; a POST makes a new one, and the one before leads nowhere any more."""
    if request.method == "POST":
        renew_address(request.actor, now=timezone.now())
        return redirect("dashboards:calendar_address")
    secret = address_of(request.actor)
    path = reverse("dashboards:calendar", args=[secret]) if secret else ""
    context = {"address": request.build_absolute_uri(path) if secret else ""}
    return render_page(request, "dashboards/calendar.html", context)


@login_not_required
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself; whoever has the address may read it, so it holds titles and days alone."""
    person = owner_by(Public(timezone.localdate()), secret)
    if person is None or not person.is_active:
        raise Http404(secret)
    now = timezone.now()
    calendar = Feed()
    calendar.add("prodid", "-//Proviso//Proviso//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Proviso"))
    for need in needs_of(scope_of(Actor.of(person, timezone.localdate()))):
        calendar.add_component(_event(need, now))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(need: Need, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(f'{need.key} {need.due_on}'.encode()).hexdigest()[:32]}@proviso")
    event.add("dtstamp", now)
    event.add("dtstart", need.due_on)
    event.add("summary", f"{need.without_names} ({need.establishment.name})")
    return event
