"""The pages of people's own accounts, and the invitation that makes one."""

import logging

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as provider
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_changed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from proviso.records.people import role_names
from proviso.records.people.accounts import change_preferences, sign_out_everywhere
from proviso.records.people.invitations import InvitationError, accept, waiting
from proviso.records.people.models import Person
from proviso.records.people.permissions import needs_second_factor
from proviso.records.people.two_factor import own_steps
from proviso.records.tasks.selectors.absences import my_absences
from proviso.web.accounts import library_pages
from proviso.web.accounts.forms import PreferencesForm, WelcomeForm
from proviso.web.accounts.lockout import lift
from proviso.web.kit.forms import FormPage, form_page
from proviso.web.kit.requests import signed_in

LOG = logging.getLogger(__name__)


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    actor = signed_in(request)
    person = actor.person
    chosen_before = {"language": person.language or "school", "digest_weekly": person.digest_weekly}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=chosen_before)
    if form.is_valid():
        chosen = form.cleaned_data.get("language", person.language)
        change_preferences(
            actor, "" if chosen == "school" else chosen, form.cleaned_data["digest_weekly"], now=timezone.now()
        )
        messages.success(request, _("Your account was changed."))
        changed = redirect("account")
        if "language" in form.changed_data:  # what was switched to on this device would hide the choice
            changed.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return changed
    steps = own_steps(actor)
    context = {
        "form": form,
        "person": person,
        "roles": [(role_names.role(role.kind, role.establishment), role.establishment.name) for role in actor.roles],
        "app": any(step.type == Authenticator.Type.TOTP for step in steps),
        "passkeys": [step for step in steps if step.type == Authenticator.Type.WEBAUTHN],
        "steps": steps,
        "required": needs_second_factor(actor),
        "has_password": person.has_usable_password(),
        "absences": my_absences(actor),
        "establishments": actor.establishments,
        "account_itself": True,
    }
    return render(request, "account/account.html", context, status=400 if form.is_bound else 200)


def second_factor_first(request: HttpRequest) -> HttpResponse:
    actor = signed_in(request)
    names = {role_names.role(role.kind, role.establishment) for role in actor.roles}
    context = {"then": get_next_redirect_url(request), "required": needs_second_factor(actor), "roles": sorted(names)}
    return render(request, "account/second_factor_first.html", context)


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out on every device, this one too."""
    sign_out_everywhere(signed_in(request), now=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """One page: a password, and in."""
    now = timezone.now()
    try:
        invited = waiting(secret, now=now)
        form = WelcomeForm(invited.person, request.POST if request.method == "POST" else None)
        if form.is_valid():
            return _welcome(request, accept(secret, form.cleaned_data["password"], now=now), form)
    except InvitationError as error:
        context = {"why": error.why, "error": error.messages[0]}
        return render(request, "account/invitation_gone.html", context, status=410 if error.why != "unknown" else 404)
    page = FormPage(
        _("Hello %(name)s, choose a password") % {"name": invited.person.given_name},
        _("Set the password and sign in"),
        caption=invited.establishment.name,
        lead=_("You will sign in with it and your email address, %(email)s.") % {"email": invited.person.email},
    )
    return form_page(request, form, page, {"establishment": invited.establishment, "may": ()})


def _welcome(request: HttpRequest, person: Person, form: WelcomeForm) -> HttpResponse:
    """Sign somebody in who has just set their first password, by all the steps that they have."""
    password_changed(form.cleaned_data["password"], person)
    lift(person)
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)
    credentials = {"email": person.email}
    answer: HttpResponse = perform_password_login(request, credentials, Login(user=person, email=person.email))
    return answer


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Send a link to set a new password; where no email can be sent, say so and keep what was typed."""
    try:
        return library_pages.password_reset(request)
    except OSError:  # every fault of a mail server is one
        LOG.exception("the link to set a new password was not sent")
        return render(request, "account/not_sent.html", {"email": request.POST.get("email", "")}, status=503)


@login_not_required
def with_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the school's own sign-in; where it cannot be reached, say so."""
    try:
        answer: HttpResponse = provider.login(request, provider_id)
    except (OSError, OAuth2Error):  # every fault of the network is the first
        LOG.exception("the provider %s cannot be reached", provider_id)
        return render(request, "socialaccount/authentication_error.html", status=502)
    return answer
