"""Black something out: that makes an item of its own, and leaves the original as it is."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.evidence import custody
from proviso.records.evidence.custody import Event
from proviso.records.evidence.formats import pictures
from proviso.records.evidence.formats.contents import decoded
from proviso.records.evidence.formats.pictures import Box
from proviso.records.evidence.formats.recognition import contents_of
from proviso.records.evidence.models import EvidenceItem
from proviso.records.evidence.owners import owner_named
from proviso.records.evidence.services.entering import enter_derived
from proviso.records.files import services as files
from proviso.records.files.content_types import TEXT
from proviso.records.files.services import Blob
from proviso.records.files.uploads import sealed_upload
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible, change
from proviso.records.people.permissions import require_any

BLACK = "█"
MOST_BOXES = 100


def redact_text(
    actor: Actor, item: EvidenceItem, ranges: Sequence[tuple[int, int]], note: str, *, now: datetime
) -> EvidenceItem:
    """Make a copy of an item's text in which ranges of characters, `(first, after the last)`, are black.

    Raises:
        Hidden: the actor does not handle the owner.
        NotPossible: it cannot be seen, or holds no text.
        ValidationError: no range that lies in the text.
    """
    text = _text_of(actor, item)
    inside = [(start, end) for start, end in ranges if 0 <= start < end <= len(text)]
    if not inside or len(inside) != len(ranges):
        raise ValidationError(_("Say what is to be blacked out: nothing in the text matches."))
    return _derived(actor, item, blacked_out(text, inside).encode(), TEXT, note, now)


def redact_words(
    actor: Actor, item: EvidenceItem, phrases: Sequence[str], lines: Sequence[int], note: str, *, now: datetime
) -> EvidenceItem:
    """Make a copy of an item's text in which phrases, wherever they stand, and whole lines are black.

    Raises:
        ValidationError: a phrase or line that is not there: a slip of the pen must not leave a name in the copy.
        Others as `redact_text`.
    """
    text = _text_of(actor, item)
    for phrase in (each.strip() for each in phrases):
        if phrase and not ranges_of(text, [phrase]):
            raise ValidationError({"words": _("“%(phrase)s” is not in the text.") % {"phrase": phrase}})
    last = len(text.splitlines())
    if any(not 0 < number <= last for number in lines):
        raise ValidationError({"lines": _("The text has %(count)d lines.") % {"count": last}})
    return redact_text(actor, item, ranges_of(text, phrases, lines), note, now=now)


def redact_picture(actor: Actor, item: EvidenceItem, boxes: Sequence[Box], note: str, *, now: datetime) -> EvidenceItem:
    """Make a copy of a picture in which boxes are black, with nothing but its pixels; errors as `redact_text`."""
    owner = owner_named(item.owner)
    require_any(actor, "evidence.add", owner)
    custody.check_can_be_seen(owner, item)
    if item.file.content_type not in pictures.FORMATS.values():
        raise NotPossible(_("%(item)s is not a picture.") % {"item": item.label})
    with files.open_file(item.file) as content:
        width, height = pictures.shown_size(content)
        if not 0 < len(boxes) <= MOST_BOXES or not all(_lies_in(box, width, height) for box in boxes):
            size = {"width": width, "height": height}
            raise ValidationError(
                _("Each box must lie within the picture, which is %(width)d wide and %(height)d high.") % size
            )
        made = pictures.blacked_out(content, boxes)
    return _derived(actor, item, made, pictures.PNG, note, now)


def ranges_of(text: str, phrases: Iterable[str], lines: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Return where phrases stand in a text, whatever their case, and where whole lines do, counted from 1."""
    found = [
        (match.start(), match.end())
        for phrase in phrases
        if phrase.strip()
        for match in re.finditer(re.escape(phrase.strip()), text, re.IGNORECASE)
    ]
    starts, position = [], 0
    for line in text.splitlines(keepends=True):
        starts.append((position, position + len(line.rstrip("\r\n"))))
        position += len(line)
    return found + [starts[number - 1] for number in lines if 0 < number <= len(starts)]


def blacked_out(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length with black in place of ranges; line ends and spaces stay."""
    letters = list(text)
    for start, end in ranges:
        letters[start:end] = [letter if letter.isspace() else BLACK for letter in letters[start:end]]
    return "".join(letters)


def _text_of(actor: Actor, item: EvidenceItem) -> str:
    owner = owner_named(item.owner)
    require_any(actor, "evidence.add", owner)
    custody.check_can_be_seen(owner, item)
    with files.open_file(item.file) as content:
        if item.file.content_type == TEXT:
            text = decoded(content.read())
        else:
            text = contents_of(content, item.file.content_type).text
    if not text:
        raise NotPossible(_("%(item)s holds no text.") % {"item": item.label})
    return text


def _derived(actor: Actor, item: EvidenceItem, made: bytes, media_type: str, note: str, now: datetime) -> EvidenceItem:
    upload = sealed_upload([made], "redacted", len(made))
    blob = files.write_blob(upload, (), kind=media_type)
    hashed = pictures.picture_hash(upload.content) if media_type == pictures.PNG else ""
    try:
        return _entered(actor, item, blob, hashed, note, now)
    except BaseException:
        files.discard_blob(blob)
        raise


def _entered(actor: Actor, item: EvidenceItem, blob: Blob, hashed: str, note: str, now: datetime) -> EvidenceItem:
    with change(actor, "evidence.redacted", owner_named(item.owner), now) as changed:
        current = EvidenceItem.objects.get(pk=item.pk)
        custody.check_can_be_seen(changed.record, current)
        derived = enter_derived(changed, current, blob, hashed, note)
        custody.note(changed, derived, Event.ENTERED, why=_("redacted from %(item)s") % {"item": item.label})
    return derived


def _lies_in(box: Box, width: int, height: int) -> bool:
    return (
        box.left >= 0
        and box.top >= 0
        and box.width > 0
        and box.height > 0
        and box.left + box.width <= width
        and box.top + box.height <= height
    )
