"""Signing in with one click, in the demonstration alone: elsewhere these pages do not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from proviso.demonstration import visitors
from proviso.demonstration.build import is_demonstration
from proviso.records.people.actors import Public
from proviso.web.accounts.factors import prove

BACKEND = "proviso.web.accounts.adapters.PasswordBackend"


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Offer one person for each role of each place; a POST signs in as the person chosen."""
    if not settings.DEMONSTRATION or not is_demonstration():
        raise Http404("not in the demonstration")
    asking = Public(timezone.localdate())
    if request.method == "POST":
        person = visitors.somebody(asking, request.POST.get("person", ""))
        if person is None:
            raise Http404("nobody to sign in as")
        login(request, person, BACKEND)
        prove(request, person)
        return redirect("dashboards:my")
    return render(request, "demo/choose.html", {"places": visitors.offered(asking)})
