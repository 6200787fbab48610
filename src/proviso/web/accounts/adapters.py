"""What the sign-in library asks of us: who may come in, what errors say, what is written and what is sent."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proviso.records.people.accounts import logged, may_sign_in
from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Person
from proviso.records.people.permissions import needs_second_factor
from proviso.records.people.selectors import person_signing_in
from proviso.records.people.two_factor import SIGNING_IN, own_steps
from proviso.web.accounts.known_browsers import remember
from proviso.web.accounts.lockout import lift
from proviso.web.accounts.openid import CheckingProvider, check_nonce

WRONG_CODE = _("The code is wrong. Enter the code that your app shows now, or a recovery code that you have not used.")
TOO_MANY = _("Too many wrong codes. Wait five minutes, then try again.")


class PasswordBackend(AuthenticationBackend):
    """Somebody by the address that stands in their record, and by no other."""

    def _authenticate_by_email(self, email: str, password: str) -> Person | None:
        person = person_signing_in(Public(timezone.localdate()), [email])
        return person if person is not None and self._check_password(person, password) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with a password, and the pages about it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password is not right."),
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # no address at all, such as `//[x`
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: wrong passwords are counted once, in the database, by the lock-out."""

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **login: Any) -> HttpResponse | None:
        if may_sign_in(cast(Person, user), timezone.localdate()):
            return None
        return render(request, "account/no_role.html", status=403)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        person = self.authenticate(self.request, email=cast(Person, user).email, password=password)
        return person is not None and person.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Somebody who has just signed in has just proved who they are.
        if isinstance(self.request.user, AnonymousUser):
            return True
        proofs = get_authentication_records(self.request, self.request.user)
        return not proofs or time.time() - proofs[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        person = cast(Person, user)
        super().set_password(person, password)
        logged(person, "person.password_set", on=timezone.localdate(), now=timezone.now(), by=person)
        lift(person)
        remember(self.request, person)

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: our own pages say what happened."""


class FactorAdapter(DefaultMFAAdapter):
    """The second step: passkeys and authenticator apps."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _("Your role needs a second step. Add another one before you remove this one."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        actor = Actor.of(authenticator.user, timezone.localdate())
        if not needs_second_factor(actor):
            return True
        return any(step.type in SIGNING_IN and step.pk != authenticator.pk for step in own_steps(actor))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Proviso"}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in with the school's Microsoft or Google account, for people who are here already. Nothing of it is kept."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> CheckingProvider:
        app = super().get_provider(request, provider, client_id).app
        return CheckingProvider(request, app=app)  # every one of ours speaks OpenID Connect

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        check_nonce(request, sociallogin)
        person = None
        if sociallogin.state.get("process", "login") == "login":
            person = person_signing_in(Public(timezone.localdate()), _verified(sociallogin))
        if person is None:
            context = {"provider": sociallogin.provider.name}
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", context, status=403))
        sociallogin.user = person


def _verified(sociallogin: SocialLogin) -> list[str]:
    trusted = sociallogin.provider.app.settings.get("trusted", False)
    return [
        address.email.lower()
        for address in sociallogin.email_addresses
        if address.email and (address.verified is True or trusted)
    ]
