"""Several files as one: nothing in it can be changed unseen, and no name does harm where it is unpacked."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from proviso.documents import (
    ArchiveFault,
    ArchiveFile,
    UnsafeName,
    read_manifest,
    safe_name,
    verify_archive,
    write_archive,
)

AT = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
POLICY = ArchiveFile("policy.pdf", b"%PDF- of the policy")
LETTER = ArchiveFile("letters/Sian's letter.txt", "Annwyl Siân".encode())


def packed(*files: ArchiveFile, at: datetime = AT) -> io.BytesIO:
    target = io.BytesIO()
    write_archive(target, files, at)
    target.seek(0)
    return target


def altered(archive: io.BytesIO, **changes: bytes | None) -> io.BytesIO:
    """Return an archive in which files (by name, dots written as underscores) have other bytes, or are gone."""
    target = io.BytesIO()
    with ZipFile(archive) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = changes.get(name.replace(".", "_"), before.read(name))
            if content is not None:
                after.writestr(name, content)
    return target


def test_the_manifest_says_what_is_in_it() -> None:
    with ZipFile(packed(POLICY, LETTER)) as archive:
        assert archive.namelist() == ["policy.pdf", "letters/Sian's letter.txt", "manifest.json"]
        assert archive.read("letters/Sian's letter.txt") == LETTER.content
        assert json.loads(archive.read("manifest.json")) == {
            "made_at": "2026-11-21T09:30:15+00:00",
            "files": [  # as sha256sum says
                {
                    "name": "policy.pdf",
                    "size": 19,
                    "sha256": "345ef1d8b5d77162ba751b71dc5a065cf4efb6cd9645e79422cbcf7386d65d30",
                },
                {
                    "name": "letters/Sian's letter.txt",
                    "size": 12,
                    "sha256": "c5252ecdfa02ab0b913c3564f0034a9cc64186b2017bcb26b1ee0da7ecebf50c",
                },
            ],
        }


def test_writing_and_reading_give_the_same_manifest() -> None:
    target = io.BytesIO()
    manifest = write_archive(target, [POLICY, LETTER], AT)
    assert read_manifest(target) == manifest
    assert manifest.made_at == AT
    with ZipFile(target) as archive:
        assert manifest.sha256 == hashlib.sha256(archive.read("manifest.json")).hexdigest()


def test_the_same_files_give_the_same_bytes_wherever_the_clock_stands() -> None:
    summer = timezone(timedelta(hours=1))
    assert packed(POLICY, LETTER).getvalue() == packed(POLICY, LETTER, at=AT.astimezone(summer)).getvalue()
    assert packed(POLICY).getvalue() != packed(POLICY, at=AT + timedelta(days=1)).getvalue()


def test_a_file_may_be_read_as_it_is_written() -> None:
    opened = packed(ArchiveFile("policy.pdf", io.BytesIO(b"ab" * 100_000)))
    [entry] = read_manifest(opened).entries
    assert (entry.name, entry.size) == ("policy.pdf", 200_000)
    assert entry.sha256 == hashlib.sha256(b"ab" * 100_000).hexdigest()
    assert verify_archive(opened) == ()


def test_an_archive_as_it_was_made_has_no_fault() -> None:
    assert verify_archive(packed(POLICY, LETTER)) == ()
    assert verify_archive(packed()) == ()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"policy_pdf": b"%PDF- of tho policy"}, "altered"),
        ({"policy_pdf": b"%PDF- of the policy."}, "altered"),
        ({"policy_pdf": b""}, "altered"),
        ({"policy_pdf": b"0" * 50_000_000}, "altered"),
        ({"policy_pdf": None}, "missing"),
    ],
    ids=["same length", "longer", "empty", "bomb", "gone"],
)
def test_a_file_that_changed_is_named(changes: dict[str, Any], kind: Any) -> None:
    assert verify_archive(altered(packed(POLICY, LETTER), **changes)) == (ArchiveFault(kind, "policy.pdf"),)


def test_a_file_that_was_added_is_named() -> None:
    archive = packed(POLICY)
    with ZipFile(archive, "a") as more:
        more.writestr("more.pdf", b"%PDF-")
        with pytest.warns(UserWarning, match="Duplicate name"):
            more.writestr("policy.pdf", b"%PDF- of the policy")
    assert verify_archive(archive) == (ArchiveFault("added", "policy.pdf"), ArchiveFault("added", "more.pdf"))


def test_a_byte_that_fell_over_is_seen() -> None:
    content = bytearray(packed(POLICY).getvalue())
    content[content.index(b"policy.pdf") + 16] ^= 0xFF
    assert verify_archive(io.BytesIO(bytes(content))) == (ArchiveFault("altered", "policy.pdf"),)


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b'{"made_at": "2026-11-21", "files": [1]}', b'{"files": []}', b"\xff\xfe"]
)
def test_an_archive_without_a_manifest_says_so(manifest: bytes | None) -> None:
    archive = altered(packed(POLICY), manifest_json=manifest)
    assert verify_archive(archive) == (ArchiveFault("no_manifest"),)
    with pytest.raises(ValueError, match="manifest"):
        read_manifest(archive)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", packed(POLICY).getvalue()[:-30]], ids=["empty", "PDF", "cut"])
def test_what_is_no_archive_says_so(content: bytes) -> None:
    assert verify_archive(io.BytesIO(content)) == (ArchiveFault("not_an_archive"),)
    with pytest.raises(ValueError, match="not a ZIP"):
        read_manifest(io.BytesIO(content))


@pytest.mark.parametrize(
    "name",
    [
        *("../up.txt", "/etc/passwd", "a/../../b", "a//b", "", "a/", ".", "..\\up.txt", "C:\\x", "c:x"),
        *("a\nb", "a\x00b", "con", "NUL.txt", "ends.", "ends ", "a|b", "w" * 121, "manifest.json", "Manifest.JSON"),
    ],
)
def test_a_name_that_could_do_harm_is_refused(name: str) -> None:
    with pytest.raises(UnsafeName):
        packed(ArchiveFile(name, b""))


def test_two_files_that_one_folder_could_not_hold_are_refused() -> None:
    with pytest.raises(UnsafeName, match="`Policy.pdf` is there already"):
        packed(POLICY, ArchiveFile("Policy.pdf", b""))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Siân Tŷ-Newydd.pdf", "Siân Tŷ-Newydd.pdf"),
        ("a\u0302.txt", "â.txt"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("what? who: me.txt", "what- who- me.txt"),
        ("aux.txt", "_aux.txt"),
        ("line\nbreak\x07.txt", "line break.txt"),
        (" .. ", "file"),
        ("", "file"),
        ("w" * 200 + ".docx", "w" * 108 + ".docx"),
        ("w" * 200, "w" * 120),
    ],
)
def test_any_text_becomes_a_name_that_is_safe(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert safe_name(name) == name
    assert verify_archive(packed(ArchiveFile(name, b"x"))) == ()
