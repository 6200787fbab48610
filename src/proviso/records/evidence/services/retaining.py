"""Until when what an owner has is kept, holds, and the deletion that a named person confirms."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.models import EvidenceItem, Retention
from proviso.records.evidence.owners import kind_of, name_of, owner_named
from proviso.records.files import services as files
from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.change import Change, NotPossible, change
from proviso.rules.rulebook import retention_rules

LONGEST = 300


def start_retention(
    actor: AnyActor, owner: Model, rule: str, starts_on: date, *, not_before: date | None = None, now: datetime
) -> Retention:
    """Say under which rule of the schedule an owner is kept, and from when it counts; a second time replaces the first.

    The room that owns it calls this inside its own change, when a case is closed. `not_before` is what the period
    gives way to where it is later, such as normal pension age.

    Raises:
        ValidationError: no such rule.
    """
    if rule not in retention_rules():
        words = {"rule": rule, "known": ", ".join(retention_rules())}
        raise ValidationError(_("There is no rule of retention called “%(rule)s”: use one of %(known)s.") % words)
    due_on = retention_rules()[rule].due_on(starts_on, not_before)
    with change(actor, "retention.started", owner, now) as changed:
        row = Retention.objects.filter(owner=name_of(owner)).first()
        if row is None:
            row = changed.add(Retention(owner=name_of(owner), rule=rule, starts_on=starts_on, due_on=due_on))
        else:
            row = changed.lock(row)
            row.rule, row.starts_on, row.due_on = rule, starts_on, due_on
        changed.named = changed.record
        changed.details |= {"owner": kind_of(owner).reference(owner), "until": due_on.isoformat()}
    return row


def hold(actor: Actor, retention: Retention, why: str, *, now: datetime) -> Retention:
    """Put what an owner has on hold, such as for an inquiry or a claim: nothing of it is deleted until it ends."""
    if not why.strip() or len(why) > LONGEST:
        raise ValidationError(
            {"why": _("Say why it is held, in at most %(count)d characters.") % {"count": LONGEST}}, code="why"
        )
    with change(actor, "retention.held", retention, now) as changed:
        held = changed.record
        if held.confirmed_at is not None:
            raise NotPossible(_("It was deleted already."))
        held.held_why, held.held_at, held.held_by = why.strip(), now, actor.person
        _name_owner(changed)
    return held


def release(actor: Actor, retention: Retention, *, now: datetime) -> Retention:
    """End a hold; what was due meanwhile is due now."""
    with change(actor, "retention.released", retention, now) as changed:
        held = changed.record
        if not held.held_why:
            raise NotPossible(_("It is not on hold."))
        held.held_why, held.held_at, held.held_by = "", None, None
        _name_owner(changed)
    return held


def confirm_deletion(actor: Actor, retention: Retention, why: str, *, now: datetime) -> Retention:
    """Delete what an owner has, because its time is over and the actor has reviewed it; its records stay as stubs.

    The key of its vault is destroyed: nobody reads its texts and files again, those in copies of the files neither.

    Raises:
        Hidden, FreshSecondFactorNeeded: see the permission table.
        NotPossible: it is not due, on hold, or deleted already.
        ValidationError: nothing says why it may go.
    """
    if not why.strip() or len(why) > LONGEST:
        raise ValidationError(
            {"why": _("Say what you reviewed, in at most %(count)d characters.") % {"count": LONGEST}}, code="why"
        )
    with change(actor, "retention.shredded", retention, now) as changed:
        row = changed.record
        owner = changed.lock(owner_named(row.owner))
        _check_due(row, owner, actor.on)
        for item in EvidenceItem.objects.filter(owner=row.owner).exclude(state=EvidenceItem.State.REMOVED):
            removed = changed.lock(item)
            removed.state = EvidenceItem.State.REMOVED
            custody.note(changed, removed, Event.REMOVED, why=f"{row.rule}: {why.strip()}")
        vault = kind_of(owner).vault(owner)
        files.shred(vault, f"retention `{row.rule}`, due {row.due_on}, confirmed by {actor.person.name}"[:200], now=now)
        row.confirmed_at, row.confirmed_by, row.confirmed_why = now, actor.person, why.strip()
        _name_owner(changed)
    return row


def _check_due(row: Retention, owner: Model, on: date) -> None:
    if row.confirmed_at is not None:
        raise NotPossible(_("It was deleted already."))
    if row.held_why or kind_of(owner).is_held(owner):
        raise NotPossible(_("It is on hold, so nothing of it can be deleted. End the hold first."))
    if row.due_on is None or row.due_on > on:
        day = row.due_on or _("further notice")
        raise NotPossible(_("Its time is not over: it is kept until %(day)s.") % {"day": day})


def _name_owner(changed: Change[Retention]) -> None:
    owner = owner_named(changed.record.owner)
    changed.named = owner
    changed.details["owner"] = kind_of(owner).reference(owner)
