"""What a file is, by its content; and what may come in as evidence. The name only has to agree."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from proviso.records.evidence.formats import captures, emails, pictures, zips
from proviso.records.evidence.formats.contents import MOST_TEXT, Contents, decoded
from proviso.records.evidence.models import EvidenceItem
from proviso.records.files.content_types import DOCX, PPTX, TEXT, XLSX, ZIP, content_type
from proviso.records.files.errors import FileRefusedError

Kind = EvidenceItem.Kind
PDF, EML, MSG = "application/pdf", "message/rfc822", "application/vnd.ms-outlook"
MHTML, WARC, WACZ = "multipart/related", "application/warc", "application/wacz"
OFFICE = (DOCX, XLSX, PPTX)
HEAD_BYTES = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = re.compile(rb"^(from|to|cc|subject|date|message-id|received|mime-version|return-path|reply-to):", re.I | re.M)
_CAPTURE = re.compile(rb"^(snapshot-content-location:|content-type:\s*multipart/related)", re.I | re.M)
# What a name promises. A file of another kind under such a name was renamed, or is not what somebody believes.
_PROMISES = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"), tuple(pictures.FORMATS.values())),
    ".pdf": (PDF,),
    ".docx": (DOCX,),
    ".xlsx": (XLSX,),
    ".pptx": (PPTX,),
    ".msg": (MSG,),
    ".eml": (EML, MHTML),
    **dict.fromkeys((".mht", ".mhtml"), (MHTML, EML)),
    ".warc": (WARC,),
    ".wacz": (WACZ,),
}


@dataclass(frozen=True)
class Recognised:
    """What a file turned out to be."""

    media_type: str
    kind: str
    picture_hash: str = ""


def recognise(content: IO[bytes], name: str) -> Recognised:
    """Return what a file is, having read enough of it to know that it is whole.

    Raises:
        FileRefusedError: not among what is accepted, not what its name says, damaged, or made to do harm.
    """
    media_type = _media_type(content, name)
    promised = _PROMISES.get(os.path.splitext(name.lower())[1])
    if promised and media_type not in promised:
        raise FileRefusedError(
            _("“%(file)s” is a different kind of file (%(kind)s) from what its name says.")
            % {"file": name, "kind": media_type or _("unknown")},
            _("Add the file as it was saved, under the name that it had."),
        )
    if not media_type:
        raise FileRefusedError(
            _("“%(file)s” is not a kind of file that is accepted here.") % {"file": name},
            _("Add a picture, PDF, Word or Excel file, text, email (.eml, .msg) or saved page (.mhtml, .warc, .wacz)."),
        )
    if media_type in pictures.FORMATS.values():
        return Recognised(media_type, Kind.SCREENSHOT, pictures.picture_hash(content))
    contents_of(content, media_type)
    return Recognised(media_type, _KINDS.get(media_type, Kind.FILE))


def contents_of(content: IO[bytes], media_type: str) -> Contents:
    """Return what is shown of a file besides its picture.

    Raises:
        FileRefusedError: it cannot be read.
    """
    content.seek(0)
    return _READERS.get(media_type, _nothing)(content)


def _media_type(content: IO[bytes], name: str) -> str:
    """Return the type of what is accepted here; empty for anything else."""
    content.seek(0)
    head = content.read(HEAD_BYTES)
    if head.startswith(_OLE):
        return MSG if name.lower().endswith(".msg") else ""
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and ".warc" in name.lower()):
        return WARC
    found = content_type(content, name)
    if found in pictures.FORMATS.values() or found in OFFICE or found == PDF:
        return found
    if found == ZIP:
        return WACZ if _is_wacz(content) else ""
    if head.startswith(b"BM") and name.lower().endswith(".bmp"):
        return pictures.FORMATS["BMP"]
    return _text_type(head, found)


def _text_type(head: bytes, found: str) -> str:
    top = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len({match.lower() for match in _HEADER.findall(top)}) >= 2:
        return MHTML if _CAPTURE.search(top) else EML
    return TEXT if found.startswith("text/") or "svg" in found or "xml" in found else ""


def _is_wacz(content: IO[bytes]) -> bool:
    with zips.opened(content) as archive:
        names = archive.namelist()
    return "datapackage.json" in names and any(name.startswith("archive/") for name in names)


def _read_text(content: IO[bytes]) -> Contents:
    return Contents.of((), decoded(content.read(4 * MOST_TEXT + 4)))


def _read_zip(content: IO[bytes]) -> Contents:
    zips.opened(content).close()
    return Contents()


def _nothing(_content: IO[bytes]) -> Contents:
    return Contents()


_READERS: dict[str, Callable[[IO[bytes]], Contents]] = {
    TEXT: _read_text,
    EML: emails.read_eml,
    MSG: emails.read_msg,
    MHTML: captures.read_mhtml,
    WARC: captures.read_warc,
    WACZ: captures.read_wacz,
    **dict.fromkeys(OFFICE, _read_zip),
    **dict.fromkeys(pictures.FORMATS.values(), pictures.read),
}
_KINDS: dict[str, str] = {
    EML: Kind.EMAIL,
    MSG: Kind.EMAIL,
    MHTML: Kind.WEB_CAPTURE,
    WARC: Kind.WEB_CAPTURE,
    WACZ: Kind.WEB_CAPTURE,
}
