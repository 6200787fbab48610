"""Help for somebody who lost their second step: an administrator or the headteacher takes it away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import selectors, two_factor
from proviso.records.people.permissions import require
from proviso.web.kit.requests import signed_in
from proviso.web.places import confirmed


def take_away(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what will happen, or why it cannot; then do it."""
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.second_step", school)
    found = selectors.person_in(actor, school, pk)
    confirmed(request, "people.second_step")
    shown = {"establishment": school, "person": found, "refusal": ""}
    try:
        if request.method != "POST":
            two_factor.check(actor, school, found)
        else:
            two_factor.take_away(actor, school, found, now=timezone.now())
            told = _("The second step of %(person)s was taken away.") % {"person": found.name}
            messages.success(request, told)
            return redirect("person", slug, pk)
    except ValidationError as error:
        shown["refusal"] = " ".join(error.messages)
    return render(request, "people/second_step.html", shown, status=400 if request.method == "POST" else 200)
