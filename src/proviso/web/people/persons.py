"""One person: who they are, their roles, and the way in."""

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proviso.records.people import invitations, role_names, selectors, services, two_factor
from proviso.records.people.models import Establishment, Person
from proviso.records.people.permissions import Hidden, allowed, require
from proviso.records.people.services import PersonDetails, Term
from proviso.records.people.tasks import invite_all
from proviso.web.kit.requests import signed_in
from proviso.web.people.forms import ChangePersonForm, EndForm, NewPersonForm, TermForm
from proviso.web.places import confirmed, told

LOG = logging.getLogger(__name__)


def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    found = selectors.person_in(actor, school, pk)
    found.open_invitations = list(found.invitations.filter(used_at=None))  # type: ignore[attr-defined]  # for its standing
    may = allowed(actor, school)
    shown = {
        "person": found,
        "roles": [
            {
                "word": role_names.role(role.kind, school),
                "role": role,
                "ended": bool(role.ends_on and role.ends_on < actor.on),
            }
            for role in selectors.roles_of(actor, school, found)
        ],
        "standing": role_names.standing(found, actor.on),
        "may": may,
        "invitable": bool(found.email) and not found.has_usable_password() and "people.change" in may,
        "second_step": two_factor.has_any(found) if "people.change" in may else None,
        "oneself": found.pk == actor.person.pk,
        "identifier": found.identifiers.filter(establishment=school).first(),
    }
    return _page(request, "people/person.html", school, shown)


def add(request: HttpRequest, slug: str) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.change", school)
    confirmed(request, "roles.change")
    form = NewPersonForm(school, request.POST or None, initial={"starts_on": actor.on})
    if form.is_valid():
        said = form.cleaned_data
        details = PersonDetails(said["given_name"], said["family_name"], said["email"])
        term = Term(said["kind"], said["starts_on"], said["ends_on"])
        try:
            made = services.add_with_role(actor, school, details, term, now=timezone.now())
        except ValidationError as error:
            told(form, error)
        else:
            messages.success(request, _("%(person)s was added.") % {"person": made.name})
            if said["invite"] and made.email and not made.has_usable_password():
                _invite(request, school, made)
            return redirect("person", slug, made.pk)
    return _page(request, "people/person_add.html", school, {"form": form})


def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.change", school)
    found = selectors.person_in(actor, school, pk)
    confirmed(request, "people.address")
    name = found.name
    kept = {"given_name": found.given_name, "family_name": found.family_name, "email": found.email or ""}
    form = ChangePersonForm(request.POST or None, initial=kept | {"language": found.language or "school"})
    if form.is_valid():
        said = form.cleaned_data
        language = said.get("language", found.language)
        details = PersonDetails(
            said["given_name"], said["family_name"], said["email"], "" if language == "school" else language
        )
        try:
            services.change_person(actor, school, found, details, now=timezone.now())
        except ValidationError as error:
            told(form, error)
        else:
            messages.success(request, _("The details were changed."))
            return redirect("person", slug, pk)
    return _page(request, "people/person_change.html", school, {"form": form, "person": found, "name": name})


def role_add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "roles.change", school)
    found = selectors.person_in(actor, school, pk)
    confirmed(request, "roles.change")
    form = TermForm(school, request.POST or None, initial={"starts_on": actor.on})
    if form.is_valid():
        said = form.cleaned_data
        term = Term(said["kind"], said["starts_on"], said["ends_on"])
        try:
            services.start_role(actor, school, found, term, now=timezone.now())
        except ValidationError as error:
            told(form, error)
        else:
            messages.success(request, _("The role was added."))
            return redirect("person", slug, pk)
    return _page(request, "people/role_add.html", school, {"form": form, "person": found})


def role_end(request: HttpRequest, slug: str, pk: int, role: int) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "roles.change", school)
    found = selectors.person_in(actor, school, pk)
    confirmed(request, "roles.change")
    held = selectors.roles_of(actor, school, found).filter(pk=role).first()
    if held is None:
        raise Hidden(str(role))
    form = EndForm(request.POST or None, initial={"ends_on": held.ends_on or actor.on})
    if form.is_valid():
        try:
            services.end_role(actor, held, form.cleaned_data["ends_on"], now=timezone.now())
        except ValidationError as error:
            told(form, error)
        else:
            messages.success(request, _("The last day was set."))
            return redirect("person", slug, pk)
    shown = {"form": form, "person": found, "role": held, "word": role_names.role(held.kind, school)}
    return _page(request, "people/role_end.html", school, shown)


@require_POST
def invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    require(actor, "people.change", school)
    _invite(request, school, selectors.person_in(actor, school, pk))
    return redirect("person", slug, pk)


def _invite(request: HttpRequest, school: Establishment, found: Person) -> None:
    try:
        invitations.invite(signed_in(request), school, found, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except OSError:
        LOG.exception("an invitation was not sent")
        invitations.unsent(found)
        messages.error(
            request, _("The invitation could not be sent: the mail server did not take it. Try again later.")
        )
    else:
        messages.success(request, _("An invitation was sent to %(email)s.") % {"email": found.email})


def invite_everybody(request: HttpRequest, slug: str) -> HttpResponse:
    actor = signed_in(request)
    school = selectors.establishment_for(actor, slug)
    found = selectors.to_invite(actor, school, actor.on)
    if request.method == "POST":
        invite_all.enqueue(actor.person.pk, school.pk)
        messages.success(request, _("The invitations are being sent. This takes a few minutes."))
        return redirect("people", slug)
    return _page(request, "people/invite.html", school, {"many": found.count(), "some": found[:20]})


def _page(request: HttpRequest, template: str, school: Establishment, shown: dict[str, Any]) -> HttpResponse:
    form = shown.get("form")
    failed = form is not None and form.is_bound and not form.is_valid()
    return render(request, template, {"establishment": school, **shown}, status=400 if failed else 200)
