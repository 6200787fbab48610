"""How the policies of an establishment, and of the schools below it, stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import PolicyStatuses, lives_of
from proviso.records.policies.signatories import Figures


@dataclass(frozen=True)
class SchoolStanding:
    """How a school stands: its version in force, whether its review is late, and how far signing has come."""

    establishment: Establishment
    current: Version | None
    overdue: bool
    moved_on: bool
    figures: Figures | None = None

    @property
    def is_late(self) -> bool:
        """Whether somebody should look there: nothing in force, a late review, or late signatures."""
        return self.current is None or self.overdue or bool(self.figures and self.figures.overdue)


def policy_statuses(actor: Actor, establishment: Establishment) -> PolicyStatuses:
    """Return how the policy of an establishment stands, and of the schools below it; in one query."""
    if establishment.is_school:
        return lives_of(actor, Q(establishment=establishment))
    return lives_of(actor, Q(establishment=establishment) | Q(establishment__parent=establishment))


def statuses_of(actor: Actor, establishments: Iterable[Establishment]) -> PolicyStatuses:
    """Return how the policies of some establishments stand; in one query."""
    return lives_of(actor, Q(establishment__in=[each.pk for each in establishments]))


def standings(
    schools: list[Establishment], lives: PolicyStatuses, on: date, figures: Mapping[int, Figures] | None = None
) -> list[SchoolStanding]:
    """Return how each school stands, those first where something is late, else in the order given."""
    found = [_standing(school, lives, on, (figures or {}).get(school.pk)) for school in schools]
    return sorted(found, key=lambda standing: not standing.is_late)


def _standing(school: Establishment, lives: PolicyStatuses, on: date, figures: Figures | None) -> SchoolStanding:
    version = lives.in_force.get(school.pk)
    overdue = bool(version and version.review_on and version.review_on < on)
    newest = lives.models.get(school.parent_id or 0, 0)
    moved_on = bool(version and version.model_version_id and newest > version.model_number)
    return SchoolStanding(school, version, overdue, moved_on, figures)
