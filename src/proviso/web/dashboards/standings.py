"""How the policies of an establishment, and of the schools below it, stand."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import PolicyStatuses, lives_of


@dataclass(frozen=True)
class SchoolStanding:
    """How a school of a trust or authority stands."""

    establishment: Establishment
    current: Version | None
    overdue: bool
    moved_on: bool


def policy_statuses(actor: Actor, establishment: Establishment) -> PolicyStatuses:
    """Return how the policy of an establishment stands, and of the schools below it; in one query."""
    if establishment.is_school:
        return lives_of(actor, Q(establishment=establishment))
    return lives_of(actor, Q(establishment=establishment) | Q(establishment__parent=establishment))


def standings(schools: list[Establishment], lives: PolicyStatuses, on: date) -> list[SchoolStanding]:
    """Return how each school stands: its version in force, review date and model."""
    return [_standing(school, lives, on) for school in schools]


def _standing(school: Establishment, lives: PolicyStatuses, on: date) -> SchoolStanding:
    version = lives.in_force.get(school.pk)
    overdue = bool(version and version.review_on and version.review_on < on)
    newest = lives.models.get(school.parent_id or 0, 0)
    return SchoolStanding(
        school, version, overdue, bool(version and version.model_version_id and newest > version.model_number)
    )
