"""Locked out after too many wrong passwords: the page that says until when, and the notice to the account's owner."""

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.actors import Public
from proviso.records.people.models import Person
from proviso.records.people.selectors import person_signing_in
from proviso.web.accounts.known_browsers import nonce_of
from proviso.web.accounts.tasks import tell_owner_of_lock

_BROWSER = " in browser "  # no email address holds a space


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return under what wrong passwords are counted: the email address, and the browser where the person uses it."""
    typed = (credentials or {}).get("email") or request.POST.get("login")
    if not typed and request.user.is_authenticated:
        typed = request.user.email
    if not typed:
        return None
    email = typed.strip().lower()[:200]
    nonce = nonce_of(request, email)
    return f"{email}{_BROWSER}{nonce}" if nonce else email


def page(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Say that nobody can sign in by this address here for now, until when, and what to do."""
    return render(request, "account/locked.html", {"until": _until(counted_as(request, credentials))}, status=429)


def _until(counted: str | None) -> datetime | None:
    last = AccessAttempt.objects.filter(username=counted).order_by("-attempt_time").first()
    return last.attempt_time + settings.AXES_COOLOFF_TIME if last else None


def lift(person: Person) -> None:
    """Forget the wrong passwords of somebody who has set a new one."""
    if person.email:
        AccessAttempt.objects.filter(
            Q(username=person.email) | Q(username__startswith=f"{person.email}{_BROWSER}")
        ).delete()


def locked(sender: Any, username: str | None, **_kwargs: Any) -> None:
    """Receive the lock-out's signal, which comes again with every try: the owner is told once."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    email = (username or "").partition(_BROWSER)[0]
    if email and cache.add(f"locked-out:{email}", True, seconds):
        person = person_signing_in(Public(timezone.localdate()), [email])
        tell_owner_of_lock.enqueue(person.pk if person else 0)  # for nobody too, so that it takes as long
