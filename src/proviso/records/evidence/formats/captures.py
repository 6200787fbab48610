"""Pages that a person saved: MHTML, WARC and WACZ. What is in them is listed; nothing is fetched and nothing run."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from proviso.records.evidence.formats import zips
from proviso.records.evidence.formats.contents import Contents, Part, decoded
from proviso.records.evidence.formats.emails import parsed, size_of, words_of
from proviso.records.files.errors import FileRefusedError

MOST_RECORDS = 5_000
MOST_UNPACKED = 500_000_000
MOST_LISTING = 2_000_000  # bytes of a list inside a capture
PIECE = 1_000_000
_BROKEN = (ArchiveLoadFailed, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error)


def read_mhtml(content: IO[bytes]) -> Contents:
    """Return what a page that a browser saved as one file holds.

    Raises:
        FileRefusedError: it cannot be taken apart.
    """
    try:
        message = parsed(content)
        fields = [(name, message.get(name)) for name in ("Snapshot-Content-Location", "Subject", "Date", "From")]
        pages = [part for part in message.walk() if not part.is_multipart()]
        first = next((part for part in pages if part.get_content_type() == "text/html"), None)
        text = words_of(str(first.get_content())) if first is not None else ""
        parts = [Part(page.get("Content-Location", ""), page.get_content_type(), size_of(page)) for page in pages]
        return Contents.of(fields, text, parts)
    except (*_BROKEN, RecursionError) as error:
        raise _unreadable() from error


def read_warc(content: IO[bytes]) -> Contents:
    """Return what a WARC lists, packed or not.

    Raises:
        FileRefusedError: cut off, damaged, or it would unpack to too much.
    """
    try:
        _check_unpacked(content)
        content.seek(0)
        fields: list[tuple[str, object]] = []
        return Contents.of(fields, "", [*_resources(content, fields)])
    except FileRefusedError:
        raise
    except _BROKEN as error:
        raise _unreadable() from error


def read_wacz(content: IO[bytes]) -> Contents:
    """Return what a WACZ lists: its own words, its pages and its files.

    Raises:
        FileRefusedError: damaged, or it would unpack to too much.
    """
    with zips.opened(content) as archive:
        try:
            about = json.loads(_listing(archive, "datapackage.json"))
            names = ("title", "description", "created", "software", "mainPageUrl")
            fields = [(name, about.get(name)) for name in names]
            files = [Part(file["path"], "", int(file.get("bytes") or 0)) for file in about.get("resources", ())]
            return Contents.of(fields, "", [*_pages(archive), *files])
        except (*_BROKEN, *zips.DAMAGED) as error:
            raise _unreadable() from error


def _check_unpacked(content: IO[bytes]) -> None:
    content.seek(0)
    if content.read(2) != b"\x1f\x8b":
        return
    content.seek(0)
    unpacked = 0
    with gzip.GzipFile(fileobj=content) as file:
        while piece := file.read(PIECE):
            unpacked += len(piece)
            if unpacked > MOST_UNPACKED:
                raise zips.too_large(MOST_UNPACKED)


def _resources(content: IO[bytes], fields: list[tuple[str, object]]) -> Iterator[Part]:
    for number, record in enumerate(ArchiveIterator(content)):
        if number >= MOST_RECORDS:
            raise FileRefusedError(
                _("This capture holds more than %(count)d records.") % {"count": MOST_RECORDS},
                _("Save only the pages that matter."),
            )
        headers = record.rec_headers
        if record.rec_type == "warcinfo":
            about = decoded(record.content_stream().read(10_000))
            fields += [(name, value) for name, colon, value in (line.partition(":") for line in about.splitlines())][
                :10
            ]
        elif record.rec_type in ("response", "resource"):
            length = headers.get_header("Content-Length") or ""
            media_type = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
            date = headers.get_header("WARC-Date") or ""
            name = f"{headers.get_header('WARC-Target-URI') or ''} ({date})"
            yield Part(name, media_type or "", int(length) if length.isdigit() else None)


def _pages(archive: zipfile.ZipFile) -> Iterator[Part]:
    if "pages/pages.jsonl" not in archive.namelist():
        return
    for line in _listing(archive, "pages/pages.jsonl").splitlines():
        page: dict[str, Any] = json.loads(line)
        if page.get("url"):
            yield Part(f"{page['url']} ({page.get('ts') or ''})", str(page.get("title") or ""))


def _listing(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return decoded(file.read(MOST_LISTING))


def _unreadable() -> FileRefusedError:
    return FileRefusedError(
        _("This saved page cannot be read: the file is cut off, damaged, or something else."),
        _("Save the page again, or take a screenshot."),
    )
