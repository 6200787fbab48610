"""The one way to change a record: authorise, lock, check the declared move, save and log, in one transaction.

    with change(actor, "version.withdrawn", version, now) as withdrawal:
        withdrawal.record.in_force_until = until
        withdrawal.details["until"] = until.isoformat()

`withdrawal.record` is the row as it is now, locked, whatever the caller held before. What differs at
the end is saved, effects that other rooms registered follow, and the sentence is logged; an error
undoes all of it. A change inside another joins it: one transaction, its sentences in order at the end.
Something new is added to its parent's change: `changed.add(record)`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from proviso.records.audit import actions as log_sentences
from proviso.records.audit import proofs
from proviso.records.audit.services import Act, record_all
from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, require_any, require_fresh
from proviso.records.people.relations import relations_of

M = TypeVar("M", bound=models.Model)
N = TypeVar("N", bound=models.Model)


class NotPossible(ValidationError):
    """The state of things does not allow it; the message says why and what to do."""


@dataclass(frozen=True)
class Action:
    """Something that is done to a record: its sentence in the log, and the row of the table that gives it.

    `moves` says from which state to which it leads; a state that leads to itself only says when the
    action is possible. Without moves it is possible in every state.
    """

    sentence: str
    permission: str
    moves: Mapping[str, str] = field(default_factory=dict)


_ACTIONS: dict[str, Action] = {}
_EFFECTS: dict[str, list["Effect"]] = {}


def register(actions: Mapping[str, Action]) -> None:
    """Add a room's actions, and their sentences to the log's."""
    log_sentences.register({name: action.sentence for name, action in actions.items()})
    _ACTIONS.update(actions)


def registered() -> Mapping[str, Action]:
    """Return every action by its name in the log."""
    return _ACTIONS


def after(*names: str) -> Callable[["Effect"], "Effect"]:
    """Let a function follow some actions, in the same transaction; it gets the change before it is logged."""

    def wrap(effect: "Effect") -> "Effect":
        for name in names:
            _EFFECTS.setdefault(name, []).append(effect)
        return effect

    return wrap


@dataclass
class _Locked:
    """A locked row and its values as they are in the database."""

    record: models.Model
    stored: dict[str, Any]

    @classmethod
    def of(cls, record: models.Model) -> "_Locked":
        return cls(record, _values(record))

    def save(self) -> None:
        """Save what differs."""
        values = _values(self.record)
        changed = [name for name, value in values.items() if value != self.stored[name]]
        if changed:
            self.record.save(update_fields=changed)
            self.stored = _values(self.record)


def _values(record: models.Model) -> dict[str, Any]:
    return {each.attname: deepcopy(getattr(record, each.attname)) for each in record._meta.concrete_fields}


@dataclass(frozen=True)
class _Entry:
    """Something to be logged when everything is saved."""

    actor: AnyActor
    now: datetime
    act: Act


@dataclass
class _Transaction:
    """The outermost change: the rows that it holds, and what is to be logged at its end."""

    locked: dict[tuple[type[models.Model], Any], _Locked] = field(default_factory=dict)
    entries: list["_Entry"] = field(default_factory=list)
    added: list[models.Model] = field(default_factory=list)

    def prove(self) -> None:
        """Have the last entry keep the digests of all that was made or changed."""
        made = proofs.proofs_of([*self.added, *(locked.record for locked in self.locked.values())])
        if made and self.entries:
            last = self.entries[-1]
            details = {**(last.act.details or {}), proofs.KEY: made}
            self.entries[-1] = replace(last, act=replace(last.act, details=details))


_CURRENT: ContextVar[_Transaction | None] = ContextVar("change", default=None)


@dataclass
class Change(Generic[M]):
    """An open change. `details` are the words of its sentence; `logged_at` further establishments that find it.

    `named` is what the log names, where that is not the first thing added, or else the record.
    """

    actor: AnyActor
    action: str
    record: M
    now: datetime
    at: Establishment | None
    details: dict[str, Any] = field(default_factory=dict)
    logged_at: set[int] = field(default_factory=set)
    added: list[models.Model] = field(default_factory=list)
    named: models.Model | None = None
    is_quiet: bool = False

    def add(self, record: N) -> N:
        """Save something new; the first thing added is what the log names, unless `named` says otherwise."""
        record.save(force_insert=True)
        self.added.append(record)
        _current().added.append(record)
        return record

    def lock(self, record: N) -> N:
        """Return another record as it is now, locked; what differs at the end is saved with the rest."""
        return _lock(record)

    def nothing(self) -> None:
        """Say that nothing changed after all: nothing is logged."""
        self.is_quiet = True


Effect = Callable[[Change[Any]], None]


def is_open() -> bool:
    """Say whether a change is open: what writes to records is called inside one."""
    return _CURRENT.get() is not None


@contextmanager
def change(
    actor: AnyActor, action: str, record: M, now: datetime, *, at: Establishment | None = None
) -> Iterator[Change[M]]:
    """Change a record, or what stands below it; see the top of this module.

    `at` says at which establishment, for a record that belongs to many, such as a person.

    Raises:
        Hidden, Refused: the permission table does not give it to this actor.
        FreshSecondFactorNeeded: it does, but asks for a second factor proved just now.
        NotPossible: the record is not in a state from which this action leads, or somebody else did
            the same at the same moment.
        LookupError: an action that nobody registered: a mistake in the program.
    """
    declared = _declared(action)
    with _joined() as outer:
        row = _lock(record)
        _authorise(actor, declared.permission, row, now, at)
        target = _move(declared, row)
        changed = Change(actor, action, row, now, at or relations_of(row).establishment(row))
        yield changed
        _check_arrived(row, target)
        outer.locked[_key(row)].save()
        for effect in _EFFECTS.get(action, ()):
            effect(changed)
        outer.entries += _entries(changed)


@contextmanager
def together() -> Iterator[None]:
    """Make the changes inside one: all of them happen, and are logged in their order, or none."""
    with _joined():
        yield


@contextmanager
def creation(actor: AnyActor, action: str, record: M, now: datetime) -> Iterator[Change[M]]:
    """Save the first of its kind, which stands below nothing; otherwise as `change`."""
    declared = _declared(action)
    with _joined() as outer:
        require_any(actor, declared.permission, record)
        record.save(force_insert=True)
        outer.added.append(record)
        created = Change(actor, action, record, now, relations_of(record).establishment(record))
        yield created
        for effect in _EFFECTS.get(action, ()):
            effect(created)
        outer.entries += _entries(created)


@contextmanager
def change_many(
    actor: AnyActor, action: str, parent: M, records: Iterable[N], now: datetime
) -> Iterator[tuple[Change[M], list[N]]]:
    """Change many records of one parent, each locked, under one sentence about the parent; errors as `change`.

    The action's moves are those of the records; `%(count)s` in its sentence is how many there were.
    """
    declared = _declared(action)
    with _joined() as outer:
        row = _lock(parent)
        _authorise(actor, declared.permission, row, now, None)
        rows = [_lock(record) for record in records]
        targets = [_move(declared, each) for each in rows]
        changed = Change(actor, action, row, now, relations_of(row).establishment(row), {"count": len(rows)})
        yield changed, rows
        for each, target in zip(rows, targets, strict=True):
            _check_arrived(each, target)
        outer.locked[_key(row)].save()
        for each in rows:
            outer.locked[_key(each)].save()
        for effect in _EFFECTS.get(action, ()):
            effect(changed)
        outer.entries += _entries(changed)


def reading(actor: AnyActor, action: str, record: M, now: datetime, *, at: Establishment | None = None) -> M:
    """Return a record as it is now for reading, and log that it was read; errors as `change`.

    It is the only way to read by a permission whose every use is logged, such as that of a case.
    """
    with change(actor, action, record, now, at=at) as opened:
        return opened.record


def _declared(action: str) -> Action:
    try:
        return _ACTIONS[action]
    except KeyError:
        raise LookupError(f"the action {action!r} is not registered") from None


@contextmanager
def _joined() -> Iterator[_Transaction]:
    """Join the change that is open, or open one and log at its end, so that the end of the log is locked briefly."""
    outer = _CURRENT.get()
    if outer is not None:
        with transaction.atomic():
            yield outer
        return
    opened = _Transaction()
    token = _CURRENT.set(opened)
    try:
        with transaction.atomic():
            yield opened
            for locked in opened.locked.values():
                locked.save()
            opened.prove()
            for (person, now), entries in groupby(opened.entries, lambda entry: (entry.actor.person, entry.now)):
                record_all(person, [entry.act for entry in entries], now=now)
    except IntegrityError as error:
        raise NotPossible(
            _(
                "Somebody else did the same thing at the same time. Check what it says now, and try again if you "
                "still need to."
            )
        ) from error
    finally:
        _CURRENT.reset(token)


def _current() -> _Transaction:
    current = _CURRENT.get()
    if current is None:
        raise RuntimeError("records are locked and added inside a change")
    return current


def _lock(record: M) -> M:
    """Return a record as it is in the database, locked until the outermost change ends."""
    current = _current()
    key = _key(record)
    if key not in current.locked:
        rows = record._meta.model._default_manager.select_for_update(of=("self",))
        row = rows.select_related(*relations_of(record).fetch).filter(pk=record.pk).first()
        if row is None:
            raise Hidden(str(record.pk))
        current.locked[key] = _Locked.of(row)
    return cast(M, current.locked[key].record)


def _key(record: models.Model) -> tuple[type[models.Model], Any]:
    return record._meta.model, record.pk  # its class would be a stand-in's, where it is fetched late, as `request.user`


def _authorise(actor: AnyActor, permission: str, record: models.Model, now: datetime, at: Establishment | None) -> None:
    require_any(actor, permission, record, at)
    if isinstance(actor, Actor):
        require_fresh(actor, permission, now=now)


def _move(declared: Action, record: models.Model) -> str | None:
    """Set the state to which an action leads, and return it; None for an action that leads nowhere."""
    if not declared.moves:
        return None
    name = relations_of(record).state
    state = getattr(record, name)
    if state not in declared.moves:
        words = getattr(record, f"get_{name}_display", lambda: state)()
        raise NotPossible(_("You cannot do that any more: this is now “%(state)s”.") % {"state": words})
    target = declared.moves[state]
    if name in {each.attname for each in record._meta.concrete_fields}:
        setattr(record, name, target)
        return None
    return target


def _check_arrived(record: models.Model, target: str | None) -> None:
    """Check a state that follows from other values, which the service sets."""
    state = getattr(record, relations_of(record).state, None)
    if target is not None and state != target:
        raise RuntimeError(f"the change should have led to {target!r}, and led to {state!r}")


def _entries(changed: Change[Any]) -> list[_Entry]:
    if changed.is_quiet:
        return []
    named = about(changed.named or (changed.added[0] if changed.added else changed.record))
    where: list[int | None] = sorted({*([changed.at.pk] if changed.at else ()), *changed.logged_at}) or [None]
    acts = [Act(changed.action, establishment, named, dict(changed.details)) for establishment in where]
    return [_Entry(changed.actor, changed.now, act) for act in acts]


def about(record: models.Model) -> str:
    """Return how the log names a record: `person:12`."""
    return proofs.about(record)
