"""Enter that somebody will be away, and who stands in for them; and that they are back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN
from proviso.records.tasks.models import Absence


@dataclass(frozen=True)
class AbsenceDetails:
    """When somebody is away, both days included, and who stands in."""

    starts_on: date
    ends_on: date
    deputy: Person


def record_absence(
    actor: Actor, establishment: Establishment, person: Person, details: AbsenceDetails, *, now: datetime
) -> Absence:
    """Enter that somebody is away from an establishment: themselves, or whoever leads it for them.

    Raises:
        ValidationError: no role there, a last day before the first or in the past, days that are entered already, or a
            deputy who does not work there.
    """
    with change(actor, "absence.recorded", person, now, at=establishment) as recorded:
        _check_role(person, establishment, actor.on, _("%(person)s holds no role here."))
        absence = Absence(person=recorded.record, establishment=establishment)
        _fill(absence, details, actor.on)
        recorded.add(absence)
        recorded.details |= _words(absence)
    return absence


def change_absence(actor: Actor, absence: Absence, details: AbsenceDetails, *, now: datetime) -> Absence:
    """Change the days of an absence, or who stands in; errors as `record_absence`."""
    with change(actor, "absence.changed", absence, now) as changed:
        _fill(changed.record, details, actor.on)
        changed.details |= _words(changed.record)
    return changed.record


def end_absence(actor: Actor, absence: Absence, *, now: datetime) -> None:
    """End an absence because somebody is back, or take it away where it has not begun; the log keeps it."""
    with change(actor, "absence.ended", absence, now) as ended:
        ended.details |= _words(ended.record)
        if ended.record.starts_on < actor.on:
            ended.record.ends_on = actor.on - timedelta(days=1)
        else:
            Absence.objects.filter(pk=ended.record.pk).delete()


def _fill(absence: Absence, details: AbsenceDetails, on: date) -> None:
    absence.starts_on, absence.ends_on, absence.deputy = details.starts_on, details.ends_on, details.deputy
    if absence.ends_on < absence.starts_on:
        raise ValidationError({"ends_on": _("The last day must not come before the first.")})
    if absence.ends_on < on:
        raise ValidationError({"ends_on": _("The last day must be today or in the future.")})
    if absence.deputy_id == absence.person_id:
        raise ValidationError({"deputy": _("Choose somebody else.")})
    _check_role(details.deputy, absence.establishment, on, _("%(person)s does not work here."), "deputy")
    others = Absence.objects.filter(person=absence.person_id, establishment=absence.establishment)
    overlapping = others.filter(starts_on__lte=absence.ends_on, ends_on__gte=absence.starts_on)
    if overlapping.exclude(pk=absence.pk).exists():
        raise ValidationError({"starts_on": _("An absence in these days is entered already: change that one.")})


def _check_role(person: Person, establishment: Establishment, on: date, message: str, field: str = "") -> None:
    roles = Role.objects.on(on).filter(person=person, establishment=establishment, kind__in=SIGNED_IN)
    if not person.is_active or not roles.exists():
        words = message % {"person": person.name}
        raise ValidationError({field: words} if field else words)


def _words(absence: Absence) -> dict[str, str]:
    return {
        "person": absence.person.name,
        "deputy": absence.deputy.name,
        "starts_on": absence.starts_on.isoformat(),
        "ends_on": absence.ends_on.isoformat(),
    }
