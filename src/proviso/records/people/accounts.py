"""What people do to their own account, each logged: signing in and out, passwords, second steps, preferences."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from proviso.records.audit.services import Act, record_all
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.mail import send_notice
from proviso.records.people.models import Person, Role
from proviso.records.people.permissions import SIGNED_IN


@transaction.atomic
def logged(person: Person, action: str, *, on: date, now: datetime, by: Person | None = None) -> None:
    """Log something of an account at every place where the person holds a role, or once where they hold none."""
    places = sorted(set(Role.objects.on(on).filter(person=person).values_list("establishment", flat=True)))
    told = {"person": person.name}
    acts = [Act(action, place, about(person), told) for place in places] or [Act(action, None, about(person), told)]
    record_all(by, acts, now=now)


def may_sign_in(person: Person, on: date) -> bool:
    """Say whether an account is of use: somebody with an address and a role that day, and not only a pupil's."""
    return bool(
        person.email
        and person.is_active
        and Role.objects.on(on).filter(person=person, kind__in=[kind.value for kind in SIGNED_IN]).exists()
    )


@transaction.atomic
def sign_out_everywhere(actor: Actor, *, now: datetime) -> None:
    """End every session that the person has, on every device."""
    actor.person.signed_out_at = now
    actor.person.save(update_fields=["signed_out_at"])
    logged(actor.person, "person.signed_out_everywhere", on=actor.on, now=now, by=actor.person)


@transaction.atomic
def set_password(person: Person, password: str, *, on: date, now: datetime, action: str) -> None:
    """Give somebody the password that they chose.

    Raises:
        ValidationError: a password that is short, common or like the name.
    """
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    logged(person, action, on=on, now=now, by=person)


@transaction.atomic
def change_preferences(actor: Actor, language: str, digest_weekly: bool, *, now: datetime) -> None:
    """Set the person's own language (empty: the school's) and whether they get the weekly e-mail.

    Raises:
        ValidationError: a language that there is not.
    """
    person = actor.person
    person.language, person.digest_weekly = language, digest_weekly
    person.full_clean(exclude=["password", "email", "given_name", "family_name"])
    person.save(update_fields=["language", "digest_weekly"])
    logged(person, "person.preferences_changed", on=actor.on, now=now, by=person)


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
            _("If it was you, wait, or set a new password with the link below: then you can sign in at once."),
            _("If it was not you, tell whoever looks after Proviso at your school. Your password still protects you."),
        ],
        reverse("account_reset_password"),
    )
