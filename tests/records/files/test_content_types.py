"""A file is what stands in it, whatever it is called."""

import io
import zipfile

import docx
import openpyxl
import pytest

from proviso.records.files.content_types import CSV, DOCX, TEXT, XLSX, ZIP, content_type


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return packed.getvalue()


def workbook() -> bytes:
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    return packed.getvalue()


def word() -> bytes:
    packed = io.BytesIO()
    docx.Document().save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"Identifier,First name\nS1,Ned\n", "people.csv", CSV),
        (b"Identifier,First name\nS1,Ned\n", "people.txt", TEXT),
        (b"Identifier\tFirst name\nS1\tNed\n", "people.tsv", CSV),
        ("Siân,Môn\n".encode("cp1252"), "people.csv", CSV),
        ("Siân,Môn\n".encode("utf-16"), "people.csv", CSV),
        (b"ID3,Name\nx,y\n", "people.csv", CSV),  # begins as an MP3 does
        (b"BM,Name\nx,y\n", "people.csv", CSV),  # as a picture
        (b"FORM,SURNAME\n7B,Small\n", "people.csv", CSV),  # as a sound
        (b"MZ,Name\nx,y\n", "people.csv", CSV),  # as a program
        (zipped(users="a,b\n"), "people.csv", ZIP),
        (workbook(), "people.csv", XLSX),
        (word(), "people.xlsx", DOCX),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50), "people.csv", "image/png"),
        (b"<!doctype html><html><script>alert(1)</script>", "people.csv", "text/html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "people.csv", "image/svg+xml"),
        (b"%PDF-1.7\n1 0 obj\n", "people.csv", "application/pdf"),
        (b"MZ\x90\0\x03" + bytes(200), "people.csv", "application/octet-stream"),
        (b"\x01\x02\x03\x04", "people.csv", "application/octet-stream"),
    ],
)
def test_the_content_says_what_it_is(content: bytes, name: str, kind: str) -> None:
    assert content_type(io.BytesIO(content), name) == kind
