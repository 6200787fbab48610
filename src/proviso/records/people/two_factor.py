"""Take away somebody's second steps: for those who lost their telephone or key, and their recovery codes with it."""

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record_all
from proviso.records.people import account_emails
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import require, require_fresh
from proviso.records.people.services import normal_email, out_of_reach


def has_any(person: Person) -> bool:
    """Say whether somebody has a passkey, an authenticator app or recovery codes."""
    return Authenticator.objects.filter(user=person).exists()


def check(actor: Actor, school: Establishment, person: Person) -> None:
    """Pass if the actor may take away somebody's second steps.

    Raises:
        ValidationError: one's own; somebody with a role where the actor may not change people, since they protect
            what that place keeps, too; somebody who has none.
    """
    require(actor, "people.second_step", school)
    told = {"person": person.name}
    if person.pk == actor.person.pk:
        raise ValidationError(
            _("Nobody can take away their own second step here: ask another administrator or the headteacher.")
        )
    elsewhere = out_of_reach(actor, person)
    if elsewhere is not None:
        raise ValidationError(
            _("%(person)s also holds a role at %(place)s: ask whoever runs Proviso to take away the second step.")
            % {**told, "place": elsewhere.name}
        )
    if not has_any(person):
        raise ValidationError(_("%(person)s has no second step: there is nothing to take away.") % told)


@transaction.atomic
def take_away(actor: Actor, school: Establishment, person: Person, *, now: datetime) -> None:
    """Take away every second step of somebody, recovery codes included; their sessions end and they are told.

    Raises:
        ValidationError: see `check`.
        FreshSecondFactorNeeded: the actor's own was not given in the last quarter of an hour.
    """
    require_fresh(actor, "people.second_step", now=now)
    check(actor, school, person)
    _take(person, actor.person, {school.pk}, now)


@transaction.atomic
def reset(email: str, *, now: datetime) -> Person:
    """Do the same for whoever runs the machine, who needs no role; return the person.

    Raises:
        ValidationError: an address that nobody has, or somebody without a second step.
    """
    person = Person.objects.filter(email=normal_email(email)).first() if normal_email(email) else None
    if person is None:
        raise ValidationError(_("Nobody has the e-mail address “%(email)s”.") % {"email": email})
    if not has_any(person):
        raise ValidationError(
            _("%(person)s has no second step: there is nothing to take away.") % {"person": person.name}
        )
    _take(person, None, (), now)
    return person


def _take(person: Person, by: Person | None, places: Collection[int], now: datetime) -> None:
    Authenticator.objects.filter(user=person).delete()
    person.signed_out_at = now
    person.save(update_fields=["signed_out_at"])
    account_emails.second_step_taken_away(person)
    held = Role.objects.on(timezone.localdate(now)).filter(person=person).values_list("establishment", flat=True)
    # Every place where the person holds a role finds it in its log.
    told: list[int | None] = [*sorted({*held, *places})] or [None]
    acts = [Act("person.second_factor_taken_away", one, about(person), {"person": person.name}) for one in told]
    record_all(by, acts, now=now)
