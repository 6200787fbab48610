"""What a file is, by what stands in it. The name decides only where the content cannot: which kind of text it is."""

import os
from typing import IO

import puremagic

CSV = "text/csv"
ZIP = "application/zip"
TEXT = "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
UNKNOWN = "application/octet-stream"

EDGE_BYTES = 64 * 1024
# Formats that may be written without a control character. Any other signature in a text is chance: a table may well
# begin with “BM”, “ID3” or “FORM”.
_WRITTEN_FORMATS = ("text/html", "image/svg", "application/xml", "text/xml", "application/pdf", "rtf", "postscript")
_OFFICE = {b"xl/workbook": XLSX, b"word/document": DOCX, b"ppt/presentation": PPTX}
_TEXTS = {".csv": CSV, ".tsv": CSV}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def content_type(content: IO[bytes], name: str) -> str:
    """Return the type of a file's content, which is read at both ends only; the position is at the start afterwards."""
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    head = content.read(EDGE_BYTES)
    content.seek(max(0, size - EDGE_BYTES))
    tail = content.read(EDGE_BYTES)
    content.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _OFFICE.items() if part in head or part in tail), ZIP)
    signed = _signed(head, tail)
    if not _is_text(head):
        return signed or UNKNOWN
    if any(form in signed for form in _WRITTEN_FORMATS):
        return signed
    return _TEXTS.get(os.path.splitext(name.lower())[1], TEXT)


def _signed(head: bytes, tail: bytes) -> str:
    """Return the type that the longest known signature stands for; empty for none."""
    try:
        matches = puremagic.magic_string(head + tail)
    except (puremagic.PureError, ValueError):  # nothing that it knows, or nothing at all
        return ""
    return max(matches, key=lambda match: len(match.byte_match)).mime_type if matches else ""


def _is_text(head: bytes) -> bool:
    """Say whether bytes are text: UTF-8, UTF-16 with its mark, or one byte to a letter, without control characters."""
    if head.startswith(_UTF16_MARKS):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in set(head))
