"""Zips, and documents that are zips: opened without trusting what they say of themselves."""

import zipfile
from typing import IO

from django.utils.translation import gettext as _

from proviso.records.files.errors import FileRefusedError
from proviso.records.imports.archives import DAMAGED, directory_bytes

__all__ = ["DAMAGED", "opened", "too_large"]

MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 5_000
MOST_DIRECTORY = 2_000_000
MOST_RATIO = 200  # no office document packs better; a bomb packs a thousand to one
SMALL = 10_000_000
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def opened(content: IO[bytes]) -> zipfile.ZipFile:
    """Return a zip that holds no more than it may.

    Raises:
        FileRefusedError: damaged, locked, or it would unpack to too much.
    """
    try:
        if directory_bytes(content) > MOST_DIRECTORY:
            raise too_large(MOST_UNPACKED)
        archive = zipfile.ZipFile(content)
        members = archive.infolist()
    except FileRefusedError:
        raise
    except DAMAGED as error:
        raise _damaged() from error
    unpacked, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    is_bomb = unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or is_bomb:
        raise too_large(MOST_UNPACKED)
    if any(each.compress_type not in _WAYS or each.flag_bits & 1 for each in members):
        raise _damaged()
    return archive


def too_large(most: int) -> FileRefusedError:
    """Return what is said of a file that would unpack to more than it may."""
    what = _("This file would unpack to more than %(size)d MB, or far more than it should.") % {"size": most // 10**6}
    return FileRefusedError(what, _("Add the parts that matter as files of their own."))


def _damaged() -> FileRefusedError:
    return FileRefusedError(
        _("The file is damaged, cut off, or locked by a password."), _("Add it again without a password.")
    )
