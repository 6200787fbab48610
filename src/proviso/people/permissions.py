"""The one permission table: action × role × relation. What is not in it is refused.

`OWN` is a role in the establishment itself, `ABOVE` a role in the trust or authority over it. What
everybody may do with their own record (sign, do a task, set a language) is `SELF`.

Two sets beside it say what a password alone does not open: whoever has an action of `SECOND_STEP` signs in with two
steps, and one of `FRESH` asks for the second step again, unless it was given just now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.http import Http404

from proviso.people.actors import Actor
from proviso.people.models import Establishment, Person, Role

Kind = Role.Kind


class Relation(Enum):
    OWN = "own"
    ABOVE = "above"
    SELF = "self"


OWN, ABOVE, SELF = Relation.OWN, Relation.ABOVE, Relation.SELF

SIGNED_IN = frozenset(kind for kind in Kind if kind not in (Kind.PUPIL, Kind.PARENT))
LEADERS = frozenset((Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.DSL, Kind.DEPUTY_DSL))
GOVERNING = frozenset((Kind.CHAIR, Kind.GOVERNOR, Kind.TRUSTEE, Kind.CLERK))
PREPARING = frozenset((Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.CLERK, Kind.EXECUTIVE))
TOP = frozenset((Kind.EXECUTIVE, Kind.CLERK, Kind.CHAIR))
RUNNING = frozenset((Kind.ADMINISTRATOR, Kind.HEADTEACHER, Kind.EXECUTIVE))

Grants = Mapping[Relation, frozenset[Kind]]
TABLE: Mapping[str, Grants] = {
    # people
    "establishment.view": {OWN: SIGNED_IN, ABOVE: TOP | {Kind.ADMINISTRATOR}},
    "establishment.change": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "people.view": {OWN: LEADERS | RUNNING | {Kind.CLERK}, ABOVE: frozenset((Kind.ADMINISTRATOR, Kind.EXECUTIVE))},
    "people.change": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "people.address": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "people.second_step": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "people.export": {OWN: LEADERS | RUNNING | {Kind.CLERK}, ABOVE: frozenset((Kind.ADMINISTRATOR, Kind.EXECUTIVE))},
    "people.import": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "import.apply": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "roles.change": {OWN: RUNNING, ABOVE: frozenset((Kind.ADMINISTRATOR,))},
    "log.view": {
        OWN: frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.CLERK, Kind.DPO, Kind.EXECUTIVE, Kind.ADMINISTRATOR)),
        ABOVE: frozenset((Kind.EXECUTIVE, Kind.DPO)),
    },
    # the policy's life
    "policy.view": {OWN: LEADERS | GOVERNING | PREPARING, ABOVE: TOP},
    "policy.prepare": {OWN: PREPARING, ABOVE: frozenset()},
    "policy.approve": {
        OWN: frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.GOVERNOR, Kind.TRUSTEE, Kind.EXECUTIVE)),
        ABOVE: frozenset((Kind.EXECUTIVE, Kind.CHAIR)),
    },
    "policy.adopt": {OWN: PREPARING | {Kind.CHAIR}, ABOVE: frozenset()},
    "policy.review": {OWN: PREPARING | {Kind.CHAIR}, ABOVE: frozenset()},
    "policy.withdraw": {OWN: frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.EXECUTIVE)), ABOVE: frozenset()},
    "policy.publish": {OWN: frozenset((Kind.EXECUTIVE, Kind.CLERK)), ABOVE: frozenset()},
    # reading and signing
    "signing.sign": {SELF: SIGNED_IN},
    "signing.figures": {OWN: LEADERS | GOVERNING | PREPARING, ABOVE: TOP},
    "signing.names": {OWN: LEADERS | PREPARING, ABOVE: frozenset()},
    "signing.export": {OWN: LEADERS | PREPARING, ABOVE: frozenset()},
    "signing.record": {OWN: frozenset((Kind.HEADTEACHER, Kind.CLERK, Kind.EXECUTIVE)), ABOVE: frozenset()},
    "signing.exempt": {OWN: frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.EXECUTIVE)), ABOVE: frozenset()},
    "signing.ask": {OWN: PREPARING, ABOVE: frozenset()},
    # duties
    "tasks.do": {SELF: SIGNED_IN},
    "tasks.school": {OWN: LEADERS | PREPARING, ABOVE: frozenset()},
}
# What names many people, or decides for a place. A governor who only approves is asked when they approve.
SECOND_STEP = frozenset(
    (
        *("establishment.change", "log.view", "people.view", "people.change", "people.address", "people.second_step"),
        *("people.export", "people.import", "import.apply", "roles.change"),
        *("policy.prepare", "policy.adopt", "policy.review", "policy.withdraw", "policy.publish"),
        *("signing.names", "signing.export", "signing.record", "signing.exempt", "signing.ask", "tasks.school"),
    )
)
# What must not be done by whoever finds an open computer.
FRESH = frozenset(
    (
        *("people.address", "people.second_step", "people.export", "import.apply", "roles.change"),
        *("policy.approve", "policy.adopt", "policy.withdraw", "signing.export"),
    )
)
CONFIRMED_FOR = timedelta(minutes=15)
# Worked out of the table, so that a role which is given such an action later needs the second step from then on.
TWO_STEP_KINDS = frozenset(
    kind for action in SECOND_STEP for relation in (OWN, ABOVE) for kind in TABLE[action].get(relation, ())
)


class Refused(PermissionDenied):
    """The actor may see the place, but not do this."""


class FreshSecondFactorNeeded(Refused):
    """The actor may do this once they have given their second step again: the site asks for it and comes back."""


class Hidden(Http404):
    """For this actor it does not exist."""


def may(actor: Actor, action: str, establishment: Establishment, subject: Person | None = None) -> bool:
    """Say whether somebody may do an action in an establishment; to themselves, where `subject` is they.

    Raises:
        KeyError: an action that is not in the table: a mistake in the program.
    """
    grants = TABLE[action]
    own = actor.kinds_in(establishment)
    if subject is not None and subject.pk == actor.person.pk and own & grants.get(SELF, frozenset()):
        return True
    above = actor.kinds_in(establishment.parent_id) if establishment.parent_id else frozenset()
    return bool(own & grants.get(OWN, frozenset()) or above & grants.get(ABOVE, frozenset()))


def require(actor: Actor | None, action: str, establishment: Establishment, subject: Person | None = None) -> Actor:
    """Return the actor, who may do it.

    Raises:
        Hidden: nobody asks, or somebody for whom the place does not exist.
        Refused: somebody who may see the place, but not do this.
    """
    if actor is None:
        raise Hidden("nobody is asking")
    if may(actor, action, establishment, subject):
        return actor
    if may(actor, "establishment.view", establishment):
        raise Refused(action)
    raise Hidden(establishment.slug)


def allowed(actor: Actor, establishment: Establishment) -> frozenset[str]:
    """Return every action that somebody may do in an establishment, or there to themselves."""
    return frozenset(action for action in TABLE if may(actor, action, establishment, actor.person))


def require_fresh(actor: Actor, action: str, *, now: datetime, within: timedelta = CONFIRMED_FOR) -> None:
    """Pass if an action needs no fresh second step, or the actor gave theirs within that time.

    Raises:
        FreshSecondFactorNeeded: they did not; a proof that lies in the future, as when a clock was set back, is none.
    """
    if action not in FRESH:
        return
    if actor.second_factor_at is None or abs(now - actor.second_factor_at) > within:
        raise FreshSecondFactorNeeded(action)


def needs_second_factor(actor: Actor) -> bool:
    """Say whether somebody has a role, anywhere, whose actions a password alone does not open."""
    return any(role.kind in TWO_STEP_KINDS for role in actor.roles)
