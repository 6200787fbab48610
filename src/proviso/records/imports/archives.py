"""Zips, opened without trusting what they say of themselves: no more is unpacked than a school's export can be."""

import os
import zipfile
from collections.abc import Callable
from typing import IO

from django.utils.translation import gettext as _

from proviso.records.imports.parsed import UnreadableError

MOST_UNPACKED = 20_000_000
MOST_MEMBERS = 200
MOST_DIRECTORY = 100_000  # bytes of a zip's list of members, which is read before anything can be counted
_END = b"PK\x05\x06"
_END_BYTES = 22
_COMMENT_BYTES = 65_535
_ZIP64_LOCATOR = b"PK\x06\x07"
# Other ways of packing may ask for gigabytes of memory to unpack a few bytes.
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def open_archive(content: IO[bytes], wanted: Callable[[str], bool]) -> zipfile.ZipFile:
    """Open a zip of whose members those that are `wanted`, by name, will be read. What a member says of its size bounds
    what is read of it, so the sum of them is all that can come out.

    Raises:
        UnreadableError: damaged, locked, packed in a way that no office program uses, or larger than any export.
    """
    try:
        if directory_bytes(content) > MOST_DIRECTORY:
            raise too_large()
        archive = zipfile.ZipFile(content)
        members = [member for member in archive.infolist() if wanted(member.filename)]
    except DAMAGED as error:
        raise error if isinstance(error, UnreadableError) else damaged() from error
    if len(archive.infolist()) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise too_large()
    if any(member.compress_type not in _WAYS or member.flag_bits & 1 for member in members):
        raise damaged()
    return archive


def damaged() -> UnreadableError:
    """Return what is said of a zip that cannot be opened."""
    return UnreadableError(_("The zip is damaged or locked by a password."), _("Export it again and choose that file."))


def too_large() -> UnreadableError:
    """Return what is said of a zip that holds more than it may."""
    what = _("The file would unpack to more than %(size)d MB.") % {"size": MOST_UNPACKED // 1_000_000}
    return UnreadableError(what, _("Export one school at a time, with people and their roles only."))


def directory_bytes(content: IO[bytes]) -> int:
    """Return how long the list of members is; the long form of zips (zip64) counts as too long."""
    size = content.seek(0, os.SEEK_END)
    content.seek(max(0, size - _END_BYTES - _COMMENT_BYTES))
    tail = content.read()
    content.seek(0)
    end = tail.rfind(_END)
    if end < 0:
        raise zipfile.BadZipFile("no end of the list of members")
    if _ZIP64_LOCATOR in tail[:end]:
        return MOST_DIRECTORY + 1
    return int.from_bytes(tail[end + 12 : end + 16], "little")
