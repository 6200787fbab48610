"""Signing in with one click, in the demonstration alone: elsewhere these pages do not exist."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from proviso.demonstration.build import is_demonstration
from proviso.records.people import role_names
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN
from proviso.web.accounts.factors import prove

BACKEND = "proviso.web.accounts.adapters.PasswordBackend"


@dataclass(frozen=True)
class Offered:
    """Somebody of the demonstration as whom to sign in."""

    person: Person
    role: str


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Offer one person for each role of each place; a POST signs in as the person chosen."""
    if not settings.DEMONSTRATION or not is_demonstration():
        raise Http404("not in the demonstration")
    today = timezone.localdate()
    if request.method == "POST":
        number = request.POST.get("person", "")
        held = Role.objects.on(today).filter(kind__in=SIGNED_IN)
        person = get_object_or_404(
            Person.objects.filter(pk__in=held.values("person")), pk=int(number) if number.isdigit() else 0
        )
        login(request, person, BACKEND)
        prove(request, person)
        return redirect("dashboards:my")
    return render(request, "demo/choose.html", {"places": _places()})


def _places() -> list[tuple[Establishment, list[Offered]]]:
    today = timezone.localdate()
    first: dict[tuple[int, str], Role] = {}
    for role in Role.objects.on(today).filter(kind__in=SIGNED_IN).select_related("person", "establishment"):
        first.setdefault((role.establishment_id, role.kind), role)
    places: dict[Establishment, list[Offered]] = {}
    order = [kind.value for kind in Role.Kind]
    for role in sorted(first.values(), key=lambda one: order.index(one.kind)):
        offered = Offered(role.person, role_names.role(role.kind, role.establishment))
        places.setdefault(role.establishment, []).append(offered)
    return sorted(places.items(), key=lambda one: (one[0].kind == Establishment.Kind.SCHOOL, one[0].name))
