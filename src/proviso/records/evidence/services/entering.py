"""Keep something as evidence, exactly as it came in."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.formats.recognition import Recognised, recognise
from proviso.records.evidence.models import EvidenceItem
from proviso.records.evidence.owners import kind_of, name_of
from proviso.records.files import services as files
from proviso.records.files.content_types import TEXT
from proviso.records.files.errors import FileRefusedError
from proviso.records.files.services import Blob
from proviso.records.files.uploads import SealedUpload, sealed_upload
from proviso.records.files.vaults import seal_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, NotPossible, change
from proviso.records.people.permissions import require_any

LONGEST_TEXT = 500_000
MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Found:
    """Where and when something was seen, and what there is to say about it.

    `form` says which sent form this is: one that is sent twice adds what it holds once.
    """

    address: str = ""
    seen_at: datetime | None = None
    note: str = ""
    form: str = ""


@dataclass(frozen=True)
class _Prepared:
    """A file that was recognised and lies sealed in the storage, and that no row knows yet."""

    name: str
    recognised: Recognised
    blob: Blob


def capture_files(
    actor: Actor, owner: Model, uploads: Sequence[SealedUpload], found: Found, *, now: datetime
) -> list[EvidenceItem]:
    """Keep files as evidence of an owner, all of them or none; a copy of what is there is marked as one.

    Raises:
        Hidden, Refused: the actor does not handle the owner.
        NotPossible: the owner takes no files, or there is no room for them.
        ValidationError: a file that is not accepted, with its name and what to do.
    """
    _check_may_enter(actor, owner)
    if len(uploads) > MOST_AT_ONCE:
        raise ValidationError(
            {"uploads": _("Add at most %(count)d files at a time.") % {"count": MOST_AT_ONCE}}, code="too_many"
        )
    prepared: list[_Prepared] = []
    try:
        for upload in uploads:
            prepared.append(_prepared(upload))
        return _entered(actor, owner, prepared, found, now)
    except OSError as error:
        _let_go(prepared)
        raise _no_room() from error
    except BaseException:
        _let_go(prepared)
        raise


def capture_text(actor: Actor, owner: Model, text: str, found: Found, *, now: datetime) -> EvidenceItem:
    """Keep a pasted text as evidence of an owner; errors as `capture_files`."""
    _check_may_enter(actor, owner)
    if not text.strip():
        raise ValidationError({"text": _("Paste the text that you saw.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            {"text": _("The text is longer than %(count)d characters. Add it as a file.") % {"count": LONGEST_TEXT}}
        )
    raw = text.encode("utf-8", "replace")
    upload = sealed_upload([raw], _("pasted text.txt"), len(raw))
    recognised = Recognised(TEXT, EvidenceItem.Kind.TEXT)
    try:
        prepared = _Prepared(upload.name or "", recognised, files.write_blob(upload, (), kind=TEXT))
    except OSError as error:
        raise _no_room() from error
    try:
        return _entered(actor, owner, [prepared], found, now)[0]
    except BaseException:
        _let_go([prepared])
        raise


def enter_derived(changed: Change[Model], item: EvidenceItem, blob: Blob, hashed: str, note: str) -> EvidenceItem:
    """Keep what was made from an item, inside the change that makes it."""
    ending = "txt" if blob.content_type == TEXT else "png"
    name = _("redacted %(name)s") % {"name": f"{item.label}.{ending}"}
    made = _new_item(changed, _Prepared(name, Recognised(blob.content_type, item.kind, hashed), blob), Found(note=note))
    made.derived_from = item
    return changed.add(made)


def _check_may_enter(actor: Actor, owner: Model) -> None:
    """Refuse before a byte is stored what the change would refuse later."""
    require_any(actor, "evidence.add", owner)
    custody.check_takes_files(owner)


def _prepared(upload: SealedUpload) -> _Prepared:
    name = upload.name or ""
    try:
        upload.check_size()
        recognised = recognise(upload.content, name)
        return _Prepared(name, recognised, files.write_blob(upload, (), kind=recognised.media_type))
    except FileRefusedError as error:
        named = str(error) if name and name in str(error) else f"“{name}”: {error}"
        raise ValidationError({"uploads": f"{named} {error.do}"}, code="refused") from error


def _entered(
    actor: Actor, owner: Model, prepared: Iterable[_Prepared], found: Found, now: datetime
) -> list[EvidenceItem]:
    items: list[EvidenceItem] = []
    with change(actor, "evidence.added", owner, now) as changed:
        custody.check_takes_files(changed.record)
        if _is_there(changed.record, found.form):
            raise NotPossible(_("This was added already: the same form was sent twice."))
        for place, each in enumerate(prepared):
            item = _new_item(changed, each, found)
            item.form = f"{found.form}:{place}" if found.form else ""
            items.append(changed.add(item))
            custody.note(changed, item, Event.ENTERED)
        changed.details["item"] = ", ".join(item.label for item in items)
    return items


def _is_there(owner: Model, form: str) -> bool:
    return bool(form) and EvidenceItem.objects.filter(owner=name_of(owner), form=f"{form}:0").exists()


def _new_item(changed: Change[Model], prepared: _Prepared, found: Found) -> EvidenceItem:
    owner, blob = changed.record, prepared.blob
    vault, name = kind_of(owner).vault(owner), name_of(owner)
    there = EvidenceItem.objects.filter(owner=name)
    number = (there.aggregate(last=Max("number"))["last"] or 0) + 1
    # The name under which a file lies says nothing: what it was called is sealed with the rest.
    stored = files.keep(_renamed(blob, f"E{number}"), name, now=changed.now, vault=vault)
    return EvidenceItem(
        owner=name,
        number=number,
        kind=prepared.recognised.kind,
        vault=vault,
        file=stored,
        sha256=blob.sha256,
        name=seal_text(vault, prepared.name),
        address=seal_text(vault, found.address.strip()),
        seen_at=found.seen_at,
        note=seal_text(vault, found.note.strip()),
        captured_at=changed.now,
        captured_by=changed.actor.person,
        duplicate_of=there.filter(sha256=blob.sha256).order_by("number").first(),
        picture_hash=prepared.recognised.picture_hash,
    )


def _renamed(blob: Blob, name: str) -> Blob:
    return Blob(name, blob.content_type, blob.size, blob.sha256, blob.blob, blob.key, blob.scan)


def _no_room() -> NotPossible:
    return NotPossible(
        _(
            "It could not be stored: there is no room, or the storage cannot be reached. Nothing was kept. Keep your "
            "files, tell whoever runs this site, and try again later."
        )
    )


def _let_go(prepared: Iterable[_Prepared]) -> None:
    for each in prepared:
        with suppress(OSError):  # what stays is removed with the other blobs that no row knows
            files.discard_blob(each.blob)
