"""Entries of the custody log, and what may be done with an item: for the services of this room."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.evidence.owners import kind_of, name_of, owner_named
from proviso.records.people.change import Change, NotPossible

Event = CustodyEntry.Event


def note(changed: Change[Any], item: EvidenceItem, event: str, *, why: str = "", token: bytes = b"") -> CustodyEntry:
    """Add an entry about an item to the custody log, inside a change on its owner, the item or its retention."""
    owner = changed.record if name_of(changed.record) == item.owner else owner_named(item.owner)
    changed.details |= {"item": item.label, "owner": kind_of(owner).reference(owner)}
    changed.named = owner  # the log names the owner, and the sentence says which item
    entry = CustodyEntry(item=item, event=event, at=changed.now, by=changed.actor.person, why=why[:300], token=token)
    return changed.add(entry)


def check_takes_files(owner: Model) -> None:
    """Pass if files may come into an owner's evidence, and be seen.

    Raises:
        NotPossible: there may be a sexual image of a child: nobody adds, opens or copies anything.
    """
    if kind_of(owner).takes_files(owner):
        return
    raise NotPossible(
        _(
            "No file or copied text can be added, opened or copied here, because a sexual image of somebody under "
            "18 may be involved. Do not view, copy, print, share, store or ask for it. Follow the steps of the case "
            "and tell the police where it is."
        )
    )


def check_can_be_seen(owner: Model, item: EvidenceItem) -> None:
    """Pass if an item may be opened, shown and copied.

    Raises:
        NotPossible: it was sealed unseen or removed, or no file of its owner may be seen.
    """
    check_takes_files(owner)
    if item.state == EvidenceItem.State.SEALED:
        raise NotPossible(_("%(item)s is sealed unseen. Nobody can open or copy it.") % {"item": item.label})
    if item.state == EvidenceItem.State.REMOVED:
        raise NotPossible(_("%(item)s was removed. Only its record is left.") % {"item": item.label})
