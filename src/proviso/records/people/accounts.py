"""What people do to their own account, each logged: signing in and out, passwords, second steps, preferences."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from proviso.records.people.actors import Actor, AnyActor, Public
from proviso.records.people.change import Change, change
from proviso.records.people.mail import send_notice
from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import SIGNED_IN


@contextmanager
def account_change(actor: AnyActor, action: str, person: Person, now: datetime) -> Iterator[Change[Person]]:
    """Change an account, and log it at every establishment where the person holds a role, or once where nowhere."""
    with change(actor, action, person, now) as changed:
        held = Role.objects.on(actor.on).filter(person=person)
        changed.logged_at |= set(held.values_list("establishment", flat=True))
        changed.details["person"] = changed.record.name
        yield changed


def logged(person: Person, action: str, *, on: date, now: datetime, by: Person | None = None) -> None:
    """Log something of an account that the sign-in library did to it."""
    with account_change(Actor.of(by, on) if by is not None else Public(on), action, person, now):
        pass


def may_sign_in(person: Person, on: date) -> bool:
    """Say whether an account is of use: somebody with an address and a role that day, and not only a pupil's."""
    return bool(
        person.email
        and person.is_active
        and Role.objects.on(on).filter(person=person, kind__in=[kind.value for kind in SIGNED_IN]).exists()
    )


def sign_out_everywhere(actor: Actor, *, now: datetime) -> None:
    """End every session that the person has, on every device."""
    with account_change(actor, "person.signed_out_everywhere", actor.person, now) as changed:
        changed.record.signed_out_at = now


def change_preferences(actor: Actor, language: str, digest_weekly: bool, *, now: datetime) -> Person:
    """Set the person's own language (empty: the school's) and whether they get the weekly email.

    Raises:
        ValidationError: a language that there is not.
    """
    with account_change(actor, "person.preferences_changed", actor.person, now) as changed:
        changed.record.language, changed.record.digest_weekly = language, digest_weekly
        changed.record.full_clean(exclude=["password", "email", "given_name", "family_name"])
    return changed.record


def tell_of_lock_out(person: Person, *, on: date, now: datetime) -> None:
    """Log that somebody's account is locked, and warn them.

    Raises:
        OSError: the mail server did not take the warning.
    """
    logged(person, "person.locked_out", on=on, now=now)
    send_notice(
        person,
        _("Somebody tried to sign in as you"),
        [
            _("Somebody typed a wrong password for your account several times."),
            _("For 15 minutes nobody can sign in as you where you have not signed in before."),
            _("If it was you, wait, or use the link below to set a new password. Then you can sign in at once."),
            _("If it was not you, tell your school’s Proviso administrator. Your password still protects you."),
        ],
        reverse("account_reset_password"),
    )
