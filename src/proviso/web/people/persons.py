"""One person: who they are, their roles, and the way in."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proviso.records.people import invitations, role_names, selectors, services, two_factor
from proviso.records.people.models import Establishment, Person
from proviso.records.people.services import PersonDetails, Term
from proviso.records.people.tasks import invite_all
from proviso.records.tasks.selectors.absences import absences_seen
from proviso.web.kit.confirm import confirm_page, refusal_page
from proviso.web.kit.forms import FormPage, add_refusal, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.web.people.forms import ChangePersonForm, EndForm, NewPersonForm, TermForm

LOG = logging.getLogger(__name__)
MOST_NAMES = 20  # of those who would be invited, before it says that there are more


@establishment_page("people.view")
def person(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    actor = request.actor
    person = selectors.profile_of(actor, establishment, pk)
    changes = "people.change" in request.may
    context = {
        "person": person,
        "roles": [
            {
                "name": role_names.role(role.kind, establishment),
                "role": role,
                "ended": bool(role.ends_on and role.ends_on < actor.on),
            }
            for role in selectors.roles_of(actor, establishment, person)
        ],
        "standing": role_names.standing(person, actor.on),
        "invitable": bool(person.email) and not person.has_usable_password() and changes,
        "second_step": two_factor.has_any(actor, establishment, person) if changes else None,
        "is_oneself": person.pk == actor.person.pk,
        "identifier": selectors.identifier_of(actor, establishment, person),
        "absences": absences_seen(actor, establishment, person),
    }
    return render_page(request, "people/person.html", context)


@establishment_page("people.change", "roles.change")
def add(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    form = NewPersonForm(establishment, posted(request), initial={"starts_on": request.actor.on})
    if form.is_valid():
        try:
            person = services.add_with_role(
                request.actor, establishment, _details(form), _term(form), now=timezone.now()
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("%(person)s was added.") % {"person": person.name})
            if form.cleaned_data["invite"] and person.email and not person.has_usable_password():
                _invite(request, establishment, person)
            return redirect("people:person", establishment.slug, person.pk)
    return form_page(request, form, FormPage(_("Add somebody"), _("Add")))


@establishment_page("people.change", "people.address")
def change(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    person = selectors.person_in(request.actor, establishment, pk)
    name = person.name
    before = {"given_name": person.given_name, "family_name": person.family_name, "email": person.email or ""}
    form = ChangePersonForm(posted(request), initial=before | {"language": person.language or "school"})

    def save() -> None:
        language = form.cleaned_data.get("language", person.language)
        details = _details(form, "" if language == "school" else language)
        services.change_person(request.actor, establishment, person, details, now=timezone.now())

    if saved(form, save):
        return done(request, _("The details were changed."), "people:person", establishment.slug, pk)
    return form_page(request, form, FormPage(_("Change details"), _("Save"), caption=name), {"person": person})


@establishment_page("roles.change")
def role_add(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    person = selectors.person_in(request.actor, establishment, pk)
    form = TermForm(establishment, posted(request), initial={"starts_on": request.actor.on})
    if saved(form, lambda: services.start_role(request.actor, establishment, person, _term(form), now=timezone.now())):
        return done(request, _("The role was added."), "people:person", establishment.slug, pk)
    page = FormPage(_("Add a role"), _("Add the role"), caption=person.name)
    return form_page(request, form, page, {"person": person})


@establishment_page("roles.change")
def role_end(request: ActorRequest, establishment: Establishment, pk: int, role: int) -> HttpResponseBase:
    person = selectors.person_in(request.actor, establishment, pk)
    held = selectors.role_in(request.actor, establishment, person, role)
    form = EndForm(posted(request), initial={"ends_on": held.ends_on or request.actor.on})
    if saved(form, lambda: services.end_role(request.actor, held, form.cleaned_data["ends_on"], now=timezone.now())):
        return done(request, _("The last day was set."), "people:person", establishment.slug, pk)
    page = FormPage(
        _("When does this role end?"),
        _("Save"),
        caption=f"{person.name}: {role_names.role(held.kind, establishment)}",
        lead=_("The role stays on record, and so does all that was done in it."),
    )
    return form_page(request, form, page, {"person": person})


@require_POST
@establishment_page("people.change")
def invite(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    _invite(request, establishment, selectors.person_in(request.actor, establishment, pk))
    return redirect("people:person", establishment.slug, pk)


def _invite(request: ActorRequest, establishment: Establishment, person: Person) -> None:
    try:
        invitations.invite(request.actor, establishment, person, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except OSError:
        LOG.exception("an invitation was not sent")
        invitations.unsent(request.actor, establishment, person, now=timezone.now())
        messages.error(
            request, _("The invitation could not be sent, because the mail server did not accept it. Try again later.")
        )
    else:
        messages.success(request, _("An invitation was sent to %(email)s.") % {"email": person.email})


@establishment_page("people.change")
def invite_everybody(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    people = selectors.to_invite(request.actor, establishment, request.actor.on)
    count = people.count()
    title = _("Invite everybody not yet invited")
    if not count and request.method != "POST":
        return refusal_page(request, FormPage(title, ""), _("There is nobody to invite."))
    page = FormPage(
        title,
        _("Send the invitations"),
        lead=ngettext(
            "%(many)s person has an email address and a role, but no account and no invitation that still holds.",
            "%(many)s people have an email address and a role, but no account and no invitation that still holds.",
            count,
        )
        % {"many": count},
        points=[*(person.name for person in people[:MOST_NAMES]), *(["…"] if count > MOST_NAMES else [])],
    )
    return confirm_page(
        request,
        page,
        lambda: invite_all.enqueue(request.actor.person.pk, establishment.pk),
        lambda: done(
            request,
            _("The invitations are being sent. This takes a few minutes."),
            "people:people",
            establishment.slug,
        ),
    )


def _details(form: NewPersonForm | ChangePersonForm, language: str = "") -> PersonDetails:
    given = form.cleaned_data
    return PersonDetails(given["given_name"], given["family_name"], given["email"], language)


def _term(form: TermForm) -> Term:
    given = form.cleaned_data
    return Term(given["kind"], given["starts_on"], given["ends_on"])
