"""Files on their way in: counted, hashed and sealed while they arrive, so that no limit is noticed too late.

What does not fit in memory goes to a temporary file, sealed with a key that is in memory alone.
"""

import hashlib
import os
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from proviso.records.files import sealing
from proviso.records.files.errors import FileRefusedError

MEMORY_BYTES = 1_000_000
MEGABYTE = 1_000_000


class SealedUpload(UploadedFile[bytes]):
    """A file that has come in, sealed. Reading it gives its content; `sealed` is what is stored.

    `most_bytes` is the limit under which it was taken; of a file beyond it nothing is kept, and `is_too_large` says so.
    """

    def __init__(self, name: str, sealed: IO[bytes], key: bytes, intake: "_Intake") -> None:
        self.sealed, self.key = sealed, key
        self.sha256, self.most_bytes = intake.sha256, intake.most_bytes
        self.is_too_large = intake.is_too_large
        self.content = sealing.opened(sealed, key)
        super().__init__(file=self.content, name=name, size=intake.size)

    def check_size(self) -> None:
        """Refuse what is beyond the limit, or nothing at all.

        Raises:
            FileRefusedError: with the limit in its words.
        """
        if self.is_too_large:
            size = {"size": self.most_bytes // MEGABYTE}
            raise FileRefusedError(_("The file is larger than %(size)d MB.") % size, _("Choose a smaller file."))
        if not self.size:
            raise FileRefusedError(_("The file is empty."), _("Choose a file with something in it."))


class _Intake:
    """Takes chunks; gives a sealed upload. Beyond the limit it lets go of what it has and only goes on counting."""

    def __init__(self, name: str, most_bytes: int) -> None:
        self.name, self.most_bytes = name, most_bytes
        self.size = 0
        self._hash = hashlib.sha256()
        self._start()

    def _start(self) -> None:
        self._key = sealing.new_key()
        self._target: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115  # it outlives this function: the upload closes it
        self._sealer = sealing.Sealer(self._target, self._key)

    @property
    def is_too_large(self) -> bool:
        return self.size > self.most_bytes

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def take(self, chunk: bytes) -> None:
        was_too_large = self.is_too_large
        self.size += len(chunk)
        if not self.is_too_large:
            self._hash.update(chunk)
            self._sealer.write(chunk)
        elif not was_too_large:
            self.drop()
            self._start()

    def drop(self) -> None:
        self._target.close()

    def complete(self) -> SealedUpload:
        self._sealer.close()
        return SealedUpload(self.name, self._target, self._key, self)


class LimitedUploadHandler(FileUploadHandler):
    """Django's way in: for a request that may carry files of so many bytes each, and none at all for 0.

    Whoever sets it has looked at the length of the whole body first; see `web/kit/uploads.py`.
    """

    chunk_size = sealing.CHUNK_BYTES

    def __init__(self, request: HttpRequest | None = None, most_bytes: int = 0) -> None:
        super().__init__(request)
        self.most_bytes = most_bytes
        self._intake: _Intake | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # passed on as Django gives it
        self._intake = _Intake(self.file_name or "", self.most_bytes)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._intake is not None:
            self._intake.take(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload | None:
        intake, self._intake = self._intake, None
        return intake.complete() if intake is not None else None

    def upload_interrupted(self) -> None:
        if self._intake is not None:
            self._intake.drop()
            self._intake = None


def sealed_upload(chunks: Iterable[bytes], name: str, most_bytes: int) -> SealedUpload:
    """Take in a file that does not come by a request: made by the program, or read from a disk.

    Stops reading at the limit, and the upload says `is_too_large`.
    """
    intake = _Intake(os.path.basename(name), most_bytes)
    for chunk in chunks:
        intake.take(chunk)
        if intake.is_too_large:
            break
    return intake.complete()
