"""Locked out after too many wrong passwords: the page that says until when, and the notice to the account's owner."""

import logging
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.accounts import tell_of_lock_out

LOG = logging.getLogger(__name__)


def address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return by which e-mail address wrong passwords are counted."""
    said = (credentials or {}).get("email") or request.POST.get("login")
    if not said and request.user.is_authenticated:
        said = request.user.email
    return said.strip().lower()[:254] if said else None


def page(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """Say that nobody can sign in by this address for now, until when, and what to do."""
    return render(request, "account/locked.html", {"until": until(address(request, credentials))}, status=429)


def until(email: str | None) -> datetime | None:
    last = AccessAttempt.objects.filter(username=email).order_by("-attempt_time").first()
    return last.attempt_time + settings.AXES_COOLOFF_TIME if last else None


def locked(sender: Any, username: str | None, **_kwargs: Any) -> None:
    """Receive the lock-out's signal, which comes again with every try: the owner is told once."""
    lasts = int(settings.AXES_COOLOFF_TIME.total_seconds())
    if username and cache.add(f"locked-out:{username}", True, lasts):
        try:
            tell_of_lock_out(username, on=timezone.localdate(), now=timezone.now())
        except OSError:  # no mail server: the page that says so must be shown all the same
            LOG.exception("the notice of a lock-out was not sent")
