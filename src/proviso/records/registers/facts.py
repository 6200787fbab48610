"""Records become facts: an acknowledged tie, once its bearer says that a question is about it. The only bridge."""

from collections.abc import Collection, Mapping

from proviso.records.people.actors import Actor
from proviso.records.registers.models import Declaration

Kind, Other = Declaration.Kind, Declaration.Other
DECLARED = "declared"
_TIE: Mapping[str, Mapping[str, bool]] = {
    Kind.FAMILY: {"own_family": True},
    Kind.OWN_CHILD: {"own_family": True},
    Kind.FRIEND_BEFORE: {"friend_before": True},
    Kind.SHARED_CIRCLE: {"outside_tie": True},
    Kind.CONFLICT: {"conflict_of_interest": True},
}
_WITH: Mapping[str, frozenset[str]] = {
    Other.PUPIL: frozenset(("pupil",)),
    Other.PARENT: frozenset(("parent", "family")),
    Other.FAMILY: frozenset(("pupil", "parent", "family")),
}


def acknowledged_ties(actor: Actor, slug: str) -> list[Declaration]:
    """Return somebody's own acknowledged ties where they have a role, those past their review left out."""
    if not any(role.establishment.slug == slug for role in actor.roles):
        return []
    mine = Declaration.objects.filter(person=actor.person, establishment__slug=slug)
    return list(mine.filter(state=Declaration.State.ACKNOWLEDGED, review_on__gte=actor.on).order_by("name", "pk"))


def facts_of(tie: Declaration) -> dict[str, bool]:
    """Return what a tie makes known of a situation that is about its person, and of no other."""
    return {DECLARED: True, **_TIE.get(tie.kind, {})}


def may_be_about(tie: Declaration, others: Collection[str] | None) -> bool:
    """Say whether a question with these values of `with` can be about a tie; None: it does not say."""
    return others is None or not _WITH[tie.other].isdisjoint(others)
