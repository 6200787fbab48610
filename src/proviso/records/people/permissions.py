"""The one permission table: action × relation × role. What is not in it is refused.

Each room registers its rows in its `actions.py`. Whoever a record is about (a *subject*) is refused
every action on it, whatever their roles give them, and is not told that it exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from proviso.records.people.actors import CONFIRMED_FOR, Actor, AnyActor, Job, Public, Receipt
from proviso.records.people.models import Establishment, Role
from proviso.records.people.relations import Relations, relations_of

Kind = Role.Kind
Kinds = frozenset[Kind]

NOBODY: Kinds = frozenset()
SIGNED_IN = frozenset(kind for kind in Kind if kind not in (Kind.PUPIL, Kind.PARENT))
LEADERS = frozenset((Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.DSL, Kind.DEPUTY_DSL))
GOVERNING = frozenset((Kind.CHAIR, Kind.GOVERNOR, Kind.TRUSTEE, Kind.CLERK))
PREPARING = frozenset((Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.CLERK, Kind.EXECUTIVE))
TOP = frozenset((Kind.EXECUTIVE, Kind.CLERK, Kind.CHAIR))
RUNNING = frozenset((Kind.ADMINISTRATOR, Kind.HEADTEACHER, Kind.EXECUTIVE))


@dataclass(frozen=True)
class Permission:
    """A row of the table: which roles give an action, by how their holder stands to the record.

    own: in the record's establishment. above: in the trust or authority over it. itself: whose record it
    is, with one of these roles there (or anywhere, where the record belongs to no establishment).
    handler, reporter: who handles it (or stands in for whoever does) or shared it; a reporter may hold a receipt.
    public, job: anybody at all; the program itself.
    fresh: asks for a second factor proved in the last quarter of an hour.
    second_step: a role that gives this needs a second step for signing in.
    logged: each reading is written to the log.
    secret: who may not do it is not told that the record exists.
    """

    own: Kinds = NOBODY
    above: Kinds = NOBODY
    itself: Kinds = NOBODY
    handler: bool = False
    reporter: bool = False
    public: bool = False
    job: bool = False
    fresh: bool = False
    second_step: bool = False
    logged: bool = False
    secret: bool = False


_TABLE: dict[str, Permission] = {}


class Refused(PermissionDenied):
    """The actor may see the establishment, but not do this."""


class FreshSecondFactorNeeded(Refused):
    """The actor may do this once they have given their second step again: the site asks for it and comes back."""


class Hidden(Http404):
    """For this actor it does not exist."""


def register(rows: Mapping[str, Permission]) -> None:
    """Add a room's rows to the table.

    Raises:
        ValueError: an action that another room has, with another row.
    """
    for action, row in rows.items():
        if _TABLE.setdefault(action, row) != row:
            raise ValueError(f"the permission {action!r} is registered twice")


def row_of(action: str) -> Permission:
    """Return an action's row.

    Raises:
        KeyError: an action that is not in the table: a mistake in the program.
    """
    return _TABLE[action]


def table() -> Mapping[str, Permission]:
    """Return the whole table."""
    return _TABLE


def may(actor: AnyActor | None, action: str, record: Any, at: Establishment | None = None) -> bool:
    """Say whether somebody may do an action on a record, or at an establishment in general.

    `at` says at which establishment, for a record that belongs to many, such as a person.

    Raises:
        KeyError, LookupError: an action that is not in the table, or a record that nobody registered.
    """
    row, relations = row_of(action), relations_of(record)
    if actor is None:
        return False
    if isinstance(actor, Job):
        return row.job
    if isinstance(actor, Public):
        return row.public
    if isinstance(actor, Receipt):
        return row.public or (row.reporter and actor.digest in relations.receipts(record))
    if is_subject(actor, record):
        return False
    return row.public or _by_role(actor, row, record, at) or _by_tie(actor, row, relations, record)


def is_subject(actor: Actor, record: Any) -> bool:
    """Say whether a record is about the actor, whom nothing gives any action on it."""
    return actor.person.pk in relations_of(record).subjects(record)


def _by_tie(actor: Actor, row: Permission, relations: Relations, record: Any) -> bool:
    me = actor.person.pk
    if row.handler and (me in relations.handlers(record) or me in relations.stand_ins(record, actor.on)):
        return True
    return row.reporter and me in relations.reporters(record)


def _by_role(actor: Actor, row: Permission, record: Any, at: Establishment | None) -> bool:
    relations = relations_of(record)
    establishment = at or relations.establishment(record)
    mine = relations.person(record) == actor.person.pk
    if establishment is None:
        return mine and bool(row.itself)
    own = actor.kinds_in(establishment)
    above = actor.kinds_in(establishment.parent_id) if establishment.parent_id else NOBODY
    return bool(own & row.own or above & row.above or (mine and own & row.itself))


def require(actor: Actor | None, action: str, record: Any, at: Establishment | None = None) -> Actor:
    """Return the actor, a person, who may do it; see `may`.

    Raises:
        Hidden: nobody asks, or somebody for whom the record or its establishment does not exist.
        Refused: somebody who may see the establishment, but not do this.
        RuntimeError: a permission whose every use is logged: a mistake in the program.
    """
    if actor is None:
        raise Hidden("nobody is asking")
    if row_of(action).logged:
        raise RuntimeError(f"each reading by {action!r} is logged: read it by `change.reading`")
    require_any(actor, action, record, at)
    return actor


def require_any(actor: AnyActor, action: str, record: Any, at: Establishment | None = None) -> None:
    """Pass if any kind of actor may do it; errors as `require`."""
    if may(actor, action, record, at):
        return
    establishment = at or relations_of(record).establishment(record)
    if row_of(action).secret or not isinstance(actor, Actor) or is_subject(actor, record):
        raise Hidden(action)
    if establishment is None or may(actor, "establishment.view", establishment):
        raise Refused(action)
    raise Hidden(establishment.slug)


def allowed(actor: Actor, establishment: Establishment) -> frozenset[str]:
    """Return every action that somebody may do in an establishment."""
    return frozenset(action for action in _TABLE if may(actor, action, establishment))


def require_fresh(actor: Actor, action: str, *, now: datetime, within: timedelta = CONFIRMED_FOR) -> None:
    """Pass if an action needs no fresh second step, or the actor gave theirs within that time.

    Raises:
        FreshSecondFactorNeeded: they did not; a proof that lies in the future, as when a clock was set back, is none.
    """
    if row_of(action).fresh and not actor.confirmed(now, within):
        raise FreshSecondFactorNeeded(action)


def needs_second_factor(actor: Actor) -> bool:
    """Say whether a role of the actor gives something for which a password alone is not enough."""
    return any(role.kind in guarded_kinds() for role in actor.roles)


def guarded_kinds() -> Kinds:
    """Return the roles that give an action which asks for a second step."""
    guarded = (row for row in _TABLE.values() if row.second_step)
    return frozenset(kind for row in guarded for kind in row.own | row.above)
