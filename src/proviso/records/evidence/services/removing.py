"""Seal what nobody may see, and remove what must not be kept; what is left is the record of it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.models import EvidenceItem, Retention
from proviso.records.evidence.owners import kind_of, name_of
from proviso.records.files import services as files
from proviso.records.people.actors import Actor, AnyActor
from proviso.records.people.change import NotPossible, change


@dataclass(frozen=True)
class Advice:
    """Who advised to remove something, such as a named officer, and under which reference."""

    adviser: str
    reference: str


def seal_unseen(actor: AnyActor, owner: Model, *, now: datetime) -> int:
    """Seal all evidence of an owner: nobody opens, shows, copies or exports it from then on; return how many items.

    The room that owns it calls this inside its own change, when a case turns into one about a sexual image of a child.
    """
    with change(actor, "evidence.sealed", owner, now) as changed:
        kept = EvidenceItem.objects.filter(owner=name_of(owner), state=EvidenceItem.State.KEPT).order_by("number")
        items = [changed.lock(item) for item in kept]
        for item in items:
            item.state = EvidenceItem.State.SEALED
            custody.note(changed, item, Event.SEALED)
        changed.details["owner"] = kind_of(owner).reference(owner)
        if not items:
            changed.nothing()
    return len(items)


def remove_on_advice(actor: Actor, item: EvidenceItem, advice: Advice, *, now: datetime) -> EvidenceItem:
    """Remove an item's content for good, as the police or another body advised; the record of it stays.

    Raises:
        Hidden, FreshSecondFactorNeeded: the actor does not handle the owner, or has to prove themselves anew.
        NotPossible: it was removed already, or the owner is on hold and the content was not sealed unseen.
        ValidationError: nobody is named who advised it.
    """
    adviser, reference = advice.adviser.strip(), advice.reference.strip()
    if not adviser:
        raise ValidationError({"adviser": _("Enter who advised it, and for whom they work.")})
    if not reference:
        raise ValidationError({"reference": _("Enter their reference, such as a police reference number.")})
    with change(actor, "evidence.removed", item, now) as changed:
        removed = changed.record
        held = Retention.objects.filter(owner=removed.owner).exclude(held_why="").first()
        if held is not None and item.state != EvidenceItem.State.SEALED:
            raise NotPossible(_("It is on hold, so nothing can be removed: %(why)s") % {"why": held.held_why})
        why = _("%(adviser)s, %(reference)s") % {"adviser": adviser, "reference": reference}
        files.delete(removed.file, f"removed on advice: {why}"[:200], now=now)
        changed.details |= {"adviser": adviser, "reference": reference}
        custody.note(changed, removed, Event.REMOVED, why=why)
    return removed
