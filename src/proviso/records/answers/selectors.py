"""Read what readers thought of answers, for an actor."""

from django.db.models import QuerySet

from proviso.records.answers.models import OpinionCount
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import require


def opinions_of(actor: Actor, establishment: Establishment) -> QuerySet[OpinionCount]:
    """Return the opinions on an establishment's answers by clause and day, the latest first, with added questions."""
    require(actor, "answers.view", establishment)
    return (
        OpinionCount.objects.select_related("establishment")
        .prefetch_related("questions")
        .filter(establishment=establishment)
    )
