"""Take away somebody's second steps: for those who lost their telephone or key, and their recovery codes with it."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import account_emails
from proviso.records.people.actors import Actor, Job
from proviso.records.people.change import Change, NotPossible, change
from proviso.records.people.models import Establishment, Person
from proviso.records.people.permissions import require
from proviso.records.people.services import establishments_of, normal_email, out_of_reach

ACTION = "person.second_factor_taken_away"


SIGNING_IN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand in for one of these


def own_steps(actor: Actor) -> list[Authenticator]:
    """Return the actor's second steps: passkeys, an authenticator app, recovery codes."""
    return list(Authenticator.objects.filter(user=actor.person))


def has_any(actor: Actor, establishment: Establishment, person: Person) -> bool:
    """Say to whoever may change people whether somebody has a passkey, an authenticator app or recovery codes."""
    require(actor, "people.change", establishment)
    return _has_any(person)


def _has_any(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def check(actor: Actor, establishment: Establishment, person: Person) -> None:
    """Pass if the actor may take away somebody's second steps.

    Raises:
        ValidationError: one's own; somebody with a role where the actor may not change people, since they protect
            what that place keeps, too; somebody who has none.
    """
    require(actor, "people.second_step", establishment)
    if person.pk == actor.person.pk:
        raise NotPossible(
            _("You cannot remove your own second step here. Ask another administrator or the headteacher.")
        )
    elsewhere = out_of_reach(actor, person)
    if elsewhere is not None:
        raise NotPossible(
            _("%(person)s also holds a role at %(place)s: ask whoever runs Proviso to take away the second step.")
            % {"person": person.name, "place": elsewhere.name}
        )
    _check_has_any(person)


def _check_has_any(person: Person) -> None:
    if not _has_any(person):
        text = _("%(person)s has no second step: there is nothing to take away.")
        raise NotPossible(text % {"person": person.name})


def take_away(actor: Actor, establishment: Establishment, person: Person, *, now: datetime) -> None:
    """Take away every second step of somebody, recovery codes included; their sessions end and they are told.

    Raises:
        ValidationError: see `check`.
        FreshSecondFactorNeeded: the actor's own was not given in the last quarter of an hour.
    """
    with change(actor, ACTION, person, now, at=establishment) as taken:
        check(actor, establishment, taken.record)
        _take(taken)


def reset(email: str, *, now: datetime) -> Person:
    """Do the same for whoever runs the machine, who needs no role; return the person.

    Raises:
        ValidationError: an address that nobody has, or somebody without a second step.
    """
    person = Person.objects.filter(email=normal_email(email)).first() if normal_email(email) else None
    if person is None:
        raise ValidationError(_("Nobody has the email address “%(email)s”.") % {"email": email})
    with change(Job("reset-second-step", timezone.localdate(now)), ACTION, person, now) as taken:
        _check_has_any(taken.record)
        _take(taken)
    return taken.record


def _take(taken: Change[Person]) -> None:
    person = taken.record
    Authenticator.objects.filter(user=person).delete()
    person.signed_out_at = taken.now
    account_emails.second_step_taken_away(person)
    taken.details["person"] = person.name
    # Every place where the person holds a role finds it in its log.
    taken.logged_at |= establishments_of(person, taken.actor.on)
