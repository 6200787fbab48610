"""What is kept until when, and what is due for review, for those who may confirm its deletion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from proviso.records.evidence.models import Retention
from proviso.records.evidence.owners import kind_of, name_of, owner_named
from proviso.records.people.actors import Actor, AnyActor, Job
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, may, require
from proviso.records.people.relations import relations_of
from proviso.rules.rulebook import RetentionRule, retention_rules


@dataclass(frozen=True)
class DueReview:
    """Something whose time is over, how it is called, and the rule under which it was kept."""

    retention: Retention
    reference: str
    rule: RetentionRule | None
    is_held: bool


def retention_of(actor: Actor, owner: Model) -> Retention | None:
    """Return until when an owner is kept, if that was said; for those who handle it."""
    require(actor, "evidence.view", owner)
    return Retention.objects.filter(owner=name_of(owner)).first()


def due_reviews(actor: AnyActor, establishment: Establishment, on: date) -> Sequence[DueReview]:
    """Return what is due for review in an establishment, the longest first; each only for whoever may confirm it."""
    found = []
    rows = Retention.objects.filter(due_on__lte=on, confirmed_at=None).order_by("due_on", "pk")
    for row in rows.select_related("held_by"):
        owner = owner_named(row.owner)
        place = relations_of(owner).establishment(owner)
        if place is not None and place.pk == establishment.pk and _may_review(actor, owner):
            held = bool(row.held_why) or kind_of(owner).is_held(owner)
            found.append(DueReview(row, kind_of(owner).reference(owner), retention_rules().get(row.rule), held))
    return found


def review_for(actor: Actor, establishment: Establishment, pk: int) -> DueReview:
    """Return one thing that is due for review.

    Raises:
        Hidden: there is none, or none for this actor.
    """
    for review in due_reviews(actor, establishment, actor.on):
        if review.retention.pk == pk:
            return review
    raise Hidden(f"retention {pk}")


def _may_review(actor: AnyActor, owner: Model) -> bool:
    return isinstance(actor, Job) or may(actor, "retention.confirm", owner)
