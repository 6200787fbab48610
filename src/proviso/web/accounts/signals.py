"""What the sign-in library tells, written into the action log."""

from typing import Any

from allauth.mfa import signals as factors
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from proviso.records.people.accounts import logged
from proviso.records.people.models import Person
from proviso.web.accounts.known_browsers import remember
from proviso.web.accounts.lockout import locked


def _log(person: Person, action: str) -> None:
    logged(person, action, on=timezone.localdate(), now=timezone.now(), by=person)


def _signed_in(sender: Any, user: Person, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    _log(user, "person.signed_in")
    if request is not None:
        remember(request, user)


def _added(sender: Any, user: Person, authenticator: Any, **_kwargs: Any) -> None:
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        _log(user, "person.second_factor_added")


def _removed(sender: Any, user: Person, authenticator: Any, **_kwargs: Any) -> None:
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        _log(user, "person.second_factor_removed")


def connect() -> None:
    """Connect them once, when the site starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="proviso.signed_in")
    factors.authenticator_added.connect(_added, dispatch_uid="proviso.second_factor_added")
    factors.authenticator_removed.connect(_removed, dispatch_uid="proviso.second_factor_removed")
    user_locked_out.connect(locked, dispatch_uid="proviso.locked_out")
