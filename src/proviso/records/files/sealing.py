"""Sealed content: AES-256-GCM in chunks, so that it is streamed, read from the middle, and every byte of it is proved.

A sealed file is a header (a mark and a random nonce prefix), then chunks of 64 KiB, each with its tag. The nonce of a
chunk is the prefix, the chunk's number, and whether it is the last: the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár (2015). So a chunk that is changed, moved, repeated, left out, or missing at the end is noticed. Each
file has a key of its own, so a nonce is never used twice with one.
"""

import io
import os
from typing import IO, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from proviso.records.files.errors import ContentChangedError

MARK = b"PROVISO1"
PREFIX_BYTES = 7
HEADER_BYTES = len(MARK) + PREFIX_BYTES
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16


def new_key() -> bytes:
    """Return a data key for one file: 32 random bytes."""
    return AESGCM.generate_key(bit_length=256)


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class Sealer:
    """Writes sealed content; holds one chunk in memory. Nothing is whole before `close`."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        self._target, self._cipher = target, AESGCM(key)
        self._prefix = os.urandom(PREFIX_BYTES)
        self._header = MARK + self._prefix
        self._waiting = bytearray()
        self._number = 0
        target.write(self._header)

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > CHUNK_BYTES:  # what might be the last chunk waits until `close`
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]

    def close(self) -> None:
        """Write the last chunk; the target stays open."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads sealed content, in order or from anywhere; holds one chunk in memory.

    Raises:
        ContentChangedError: when opened or read, at the first chunk that is not as it was written.
    """

    def __init__(self, source: IO[bytes] | BinaryIO, key: bytes) -> None:
        self._source, self._cipher = source, AESGCM(key)
        sealed_bytes = source.seek(0, os.SEEK_END)
        body = sealed_bytes - HEADER_BYTES
        self._chunks = max(1, -(-body // (CHUNK_BYTES + TAG_BYTES)))
        self.size = body - self._chunks * TAG_BYTES
        source.seek(0)
        self._header = source.read(HEADER_BYTES)
        if self.size < 0 or not self._header.startswith(MARK):
            raise ContentChangedError("the stored content is not a sealed file")
        self._position = 0
        self._number, self._chunk = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("a position before the start")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # Buffer has no len before 3.12
        number, offset = divmod(self._position, CHUNK_BYTES)
        if self._position >= self.size:
            self._opened(self._chunks - 1)  # the end is proved too: content that was cut off is not taken to be whole
            return 0
        part = self._opened(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def _opened(self, number: int) -> bytes:
        if number != self._number:
            self._source.seek(HEADER_BYTES + number * (CHUNK_BYTES + TAG_BYTES))
            sealed = self._source.read(CHUNK_BYTES + TAG_BYTES)
            nonce = _nonce(self._header[len(MARK) :], number, number == self._chunks - 1)
            try:
                self._chunk = self._cipher.decrypt(nonce, sealed, self._header)
            except InvalidTag:
                raise ContentChangedError(f"the stored content was changed or cut off at chunk {number}") from None
            self._number = number
        return self._chunk

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


def opened(source: IO[bytes] | BinaryIO, key: bytes) -> io.BufferedReader:
    """Return the content of a sealed file as a file to read and seek in; closing it closes the source.

    Raises:
        ContentChangedError: see `SealedReader`.
    """
    return io.BufferedReader(SealedReader(source, key), CHUNK_BYTES)
