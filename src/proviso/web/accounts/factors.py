"""The second step of signing in: when somebody last proved it, whether they have one."""

from datetime import UTC, datetime

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from proviso.records.people.actors import Actor
from proviso.records.people.models import Person
from proviso.records.people.two_factor import SIGNING_IN, own_steps

DEMONSTRATION = "demonstration"


def second_factor_at(request: HttpRequest, person: Person) -> datetime | None:
    """Return when this session was last proved by a passkey, a code of an app or a recovery code."""
    proofs = [record for record in get_authentication_records(request, person) if record.get("method") == "mfa"]
    if proofs and settings.DEMONSTRATION and proofs[-1].get("type") == DEMONSTRATION:
        return timezone.now()
    return datetime.fromtimestamp(proofs[-1]["at"], UTC) if proofs else None


def has_second_factor(actor: Actor) -> bool:
    """Say whether somebody has a passkey or an authenticator app."""
    return any(step.type in SIGNING_IN for step in own_steps(actor))


def prove(request: HttpRequest, person: Person) -> None:
    """Take a session as proved by a second step: for the demonstration, where nobody has one."""
    record_authentication(request, person, method="mfa", type=DEMONSTRATION)


def confirmation(request: HttpRequest) -> HttpResponseRedirect:
    """Return a way to give the second step once more, or to set one up, and to come back here by GET."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return HttpResponseRedirect(reverse("account_login"))
    return HttpResponseRedirect(f"{reverse(_way(actor))}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def _way(actor: Actor) -> str:
    kinds = {step.type for step in own_steps(actor)}
    if Authenticator.Type.WEBAUTHN in kinds and Authenticator.Type.TOTP not in kinds:
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "second_factor_first"
