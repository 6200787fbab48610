"""The second step of signing in: when somebody last proved it, whether they have one."""

from datetime import UTC, datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from proviso.people.models import Person

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_factor_at(request: HttpRequest, person: Person) -> datetime | None:
    """Return when this session was last proved by a passkey, a code of an app or a recovery code."""
    proofs = [one["at"] for one in get_authentication_records(request, person) if one.get("method") == "mfa"]
    return datetime.fromtimestamp(proofs[-1], UTC) if proofs else None


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=KINDS).exists()


def prove(request: HttpRequest, person: Person) -> None:
    """Take a session as proved by a second step: for the demonstration, where nobody has one."""
    record_authentication(request, person, method="mfa", type="demonstration")


def needs_confirmation(request: HttpRequest, within: timedelta = timedelta(minutes=5)) -> HttpResponseRedirect | None:
    """Return a way to confirm by the second step and come back here, or None if that was done just now.

    For what must not be done by whoever finds an open computer, such as approving a policy. The page
    that calls it must be one that can be come back to by GET. Who has no second step is led to set one up.
    """
    person = request.user
    if not isinstance(person, Person):
        return HttpResponseRedirect(reverse("account_login"))
    last = second_factor_at(request, person)
    if last is not None and timezone.now() - last < within:
        return None
    page = _way(person)
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def _way(person: Person) -> str:
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in kinds and Authenticator.Type.TOTP not in kinds:
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "second_factor_first"
