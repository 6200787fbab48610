"""Several files as one ZIP with a manifest, which says of each its size and SHA-256; and the check of such a ZIP."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from proviso.documents._glyphs import without_controls

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 64 * 2**20  # bytes: room for several hundred thousand files
_PIECE = 2**16  # bytes that are read at a time
_LONGEST_NAME = 120  # characters of a file or folder: a path of some levels stays within Windows' 260
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_TAKEN = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # devices of Windows
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class UnsafeName(ValueError):
    """A file may not have this name in an archive."""


@dataclass(frozen=True)
class ArchiveFile:
    """A file for an archive: its path there, with `/` between folders, and its bytes or a file open to read."""

    name: str
    content: bytes | IO[bytes]


@dataclass(frozen=True)
class ManifestEntry:
    """A file as the manifest lists it: path, bytes, and SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive holds and when it was made; `sha256` is that of the manifest itself, to be kept elsewhere."""

    made_at: datetime
    entries: tuple[ManifestEntry, ...]
    sha256: str


@dataclass(frozen=True)
class ArchiveFault:
    """What is wrong with an archive. `name` is the file, or empty where it is the archive as a whole.

    `not_an_archive`: no ZIP; `no_manifest`: none in it, or none that can be understood; `missing`: listed but not
    there; `added`: there but not listed, or there twice; `altered`: other bytes than listed, or none that can be read.
    """

    kind: Literal["not_an_archive", "no_manifest", "missing", "added", "altered"]
    name: str = ""


def safe_name(text: str, otherwise: str = "file") -> str:
    """Return a name that every system takes for one file or folder, as near to the text as may be.

    `otherwise` is the name where nothing of the text can stand.
    """
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", without_controls(text))).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if len(text) > _LONGEST_NAME:
        text = f"{stem[: _LONGEST_NAME - 12]}{dot}{ending[:11]}" if dot else text[:_LONGEST_NAME]
    text = text.strip(" .") or otherwise
    return f"_{text}" if _TAKEN.fullmatch(text) else text


def write_archive(target: IO[bytes], files: Iterable[ArchiveFile], made_at: datetime) -> Manifest:
    """Write files in their order as a ZIP, the manifest last, and return the manifest.

    Files are read piece by piece. The same files at the same moment give the same bytes. `made_at` knows its time zone.
    UnsafeName where a part of a path is not as `safe_name` makes it, or two paths differ only in case.
    """
    moment = made_at.astimezone(UTC)
    taken = {MANIFEST.casefold()}
    entries = []
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in files:
            _check_name(file.name, taken)
            entries.append(_write(archive, file, moment))
        about = {"made_at": moment.isoformat(timespec="seconds"), "files": [asdict(entry) for entry in entries]}
        listed = json.dumps(about, ensure_ascii=False, indent=1).encode()
        manifest = _write(archive, ArchiveFile(MANIFEST, listed), moment)
    return Manifest(moment.replace(microsecond=0), tuple(entries), manifest.sha256)


def read_manifest(source: IO[bytes]) -> Manifest:
    """Return the manifest of an archive; ValueError where there is none that can be understood."""
    try:
        with ZipFile(source) as archive:
            return _manifest(archive)
    except _UNREADABLE as error:
        raise ValueError("this is not a ZIP") from error


def verify_archive(source: IO[bytes]) -> tuple[ArchiveFault, ...]:
    """Return what is wrong with an archive, in the order of its manifest; nothing where each file is as it was listed.

    It cannot see that files and manifest were changed together: compare the SHA-256 of the manifest with the one kept.
    """
    try:
        with ZipFile(source) as archive:
            return tuple(_faults(archive))
    except _UNREADABLE:
        return (ArchiveFault("not_an_archive"),)


def _check_name(name: str, taken: set[str]) -> None:
    parts = name.split("/")
    if any(part != safe_name(part) for part in parts) or len(name) > 2 * _LONGEST_NAME:
        raise UnsafeName(f"`{name}` may not be a file's name; nearest: `{'/'.join(map(safe_name, parts))}`")
    if name.casefold() in taken:
        raise UnsafeName(f"`{name}` is there already; number it")
    taken.add(name.casefold())


def _write(archive: ZipFile, file: ArchiveFile, moment: datetime) -> ManifestEntry:
    entry = ZipInfo(file.name, moment.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o600 << 16  # the same on every machine
    whole = isinstance(file.content, bytes)
    source = BytesIO(file.content) if isinstance(file.content, bytes) else file.content
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=not whole) as written:
        while piece := source.read(_PIECE):
            written.write(piece)
            digest.update(piece)
            size += len(piece)
    return ManifestEntry(file.name, size, digest.hexdigest())


def _manifest(archive: ZipFile) -> Manifest:
    try:
        with archive.open(MANIFEST) as source:
            listed = source.read(_LARGEST_MANIFEST)
        about = json.loads(listed)
        entries = tuple(
            ManifestEntry(str(file["name"]), int(file["size"]), str(file["sha256"])) for file in about["files"]
        )
        return Manifest(datetime.fromisoformat(about["made_at"]), entries, hashlib.sha256(listed).hexdigest())
    except (KeyError, TypeError, ValueError, *_UNREADABLE) as error:
        raise ValueError("there is no manifest that can be understood") from error


def _faults(archive: ZipFile) -> Iterator[ArchiveFault]:
    try:
        manifest = _manifest(archive)
    except ValueError:
        yield ArchiveFault("no_manifest")
        return
    there = Counter(entry.filename for entry in archive.infolist())
    for entry in manifest.entries:
        if entry.name not in there:
            yield ArchiveFault("missing", entry.name)
        elif not _is_as_listed(archive, entry):
            yield ArchiveFault("altered", entry.name)
    there.subtract([MANIFEST, *(entry.name for entry in manifest.entries)])
    yield from (ArchiveFault("added", name) for name, many in there.items() if many > 0)


def _is_as_listed(archive: ZipFile, entry: ManifestEntry) -> bool:
    """Whether a file has its bytes. No more than were listed are read, however much it would unpack to."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(entry.name) as file:
            while size <= entry.size and (piece := file.read(_PIECE)):
                digest.update(piece)
                size += len(piece)
    except _UNREADABLE:
        return False
    return size == entry.size and digest.hexdigest() == entry.sha256
