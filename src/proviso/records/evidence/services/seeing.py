"""Open an item, show it, take its original out: each time it stands in the custody log."""

import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.formats import pictures
from proviso.records.evidence.formats.contents import Contents
from proviso.records.evidence.formats.recognition import contents_of
from proviso.records.evidence.models import EvidenceItem
from proviso.records.evidence.owners import kind_of, owner_named
from proviso.records.evidence.verification import fault_of
from proviso.records.files import services as files
from proviso.records.files.errors import FileRefusedError, FileUnreadableError
from proviso.records.files.vaults import read_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible, change


@dataclass(frozen=True)
class Opened:
    """An item as its page shows it: its texts, and what was read of its content. `unreadable` says why nothing was."""

    item: EvidenceItem
    name: str = ""
    address: str = ""
    note: str = ""
    contents: Contents = Contents()
    is_picture: bool = False
    unreadable: str = ""


@dataclass(frozen=True)
class Original:
    """The content of an item as it came in, open to read from its start, and the name under which it goes out."""

    content: io.BufferedReader
    name: str
    media_type: str


def open_item(actor: Actor, item: EvidenceItem, *, now: datetime) -> Opened:
    """Open an item: its texts and what it holds. What is sealed or removed shows its record alone.

    Raises:
        Hidden: the actor does not handle the owner.
    """
    owner = owner_named(item.owner)
    with change(actor, "evidence.opened", owner, now) as changed:
        current = _current(item)
        custody.note(changed, current, Event.OPENED)
        if not current.is_kept or not kind_of(changed.record).takes_files(changed.record):
            return Opened(current)
    name, address, note = (read_text(current.vault, text) for text in (current.name, current.address, current.note))
    is_picture = current.file.content_type in pictures.FORMATS.values()
    try:
        with files.open_file(current.file) as content:
            contents = contents_of(content, current.file.content_type)
    except (FileUnreadableError, FileRefusedError) as error:
        return Opened(current, name, address, note, unreadable=str(error))
    return Opened(current, name, address, note, contents, is_picture)


def show_picture(actor: Actor, item: EvidenceItem, *, now: datetime) -> bytes:
    """Return a picture made anew as PNG, at most 1600 pixels a side.

    Raises:
        Hidden: the actor does not handle the owner.
        NotPossible: it is sealed or removed, no file of its owner may be seen, or it is not a picture.
    """
    owner = owner_named(item.owner)
    with change(actor, "evidence.previewed", owner, now) as changed:
        current = _current(item)
        custody.check_can_be_seen(changed.record, current)
        if current.file.content_type not in pictures.FORMATS.values():
            raise NotPossible(_("%(item)s is not a picture.") % {"item": current.label})
        custody.note(changed, current, Event.PREVIEWED)
    try:
        with files.open_file(current.file) as content:
            return pictures.shown(content)
    except FileRefusedError as error:
        raise NotPossible(str(error)) from error


def take_original(actor: Actor, item: EvidenceItem, *, now: datetime) -> Original:
    """Return the original of an item, to be kept outside; the caller closes it.

    Raises:
        Hidden, FreshSecondFactorNeeded: the actor does not handle the owner, or has to prove themselves anew.
        NotPossible: it is sealed or removed, or no file of its owner may be copied.
        FileUnreadableError: its bytes were changed, or are gone.
    """
    owner = owner_named(item.owner)
    with change(actor, "evidence.exported", owner, now) as changed:
        current = _current(item)
        custody.check_can_be_seen(changed.record, current)
        custody.note(changed, current, Event.EXPORTED)
        content = files.open_file(current.file)
    return Original(content, read_text(current.vault, current.name), current.file.content_type)


def check_item(actor: Actor, item: EvidenceItem, *, now: datetime) -> str:
    """Read an item to its end and compare it with its hash; return what is wrong, empty if nothing; errors as above.

    Nobody sees anything of it, so what is sealed can be checked, too.
    """
    owner = owner_named(item.owner)
    with change(actor, "evidence.checked", owner, now) as changed:
        current = _current(item)
        if current.state == EvidenceItem.State.REMOVED:
            raise NotPossible(_("%(item)s was removed. Only its record is left.") % {"item": current.label})
        fault = fault_of(current)
        custody.note(changed, current, Event.VERIFIED, why=fault)
    return fault


def _current(item: EvidenceItem) -> EvidenceItem:
    rows = EvidenceItem.objects.select_related("file__vault", "vault", "captured_by", "derived_from", "duplicate_of")
    return rows.get(pk=item.pk)
