"""What a file is, told by its content; its name only settles what content cannot."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from proviso.rules.reading._blocks import Content, UnreadableError

MOST_BYTES = 30_000_000
MOST_CHARACTERS = 3_000_000
MOST_BLOCKS = 30_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = {".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html"}
_OTHER = {
    ".xlsx": "spreadsheet",
    ".xls": "spreadsheet",
    ".csv": "spreadsheet",
    ".ods": "spreadsheet",
    ".pptx": "slides",
    ".ppt": "slides",
    ".odt": "odt",
    ".rtf": "rtf",
    ".doc": "old-word",
}
_HTML = re.compile(
    (
        rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|main|article|"
        rb"div|h1|p)\b"
    ),
    re.I | re.S,
)
_COMMON = frozenset(
    (
        "the of and to a in is for be on that with must should not staff school pupils will or by this are any policy"
    ).split()
)
_WELSH = frozenset(
    "y yr a ac i o yn ar am mae ei eu fod neu gan wedi hyn bydd rhaid dylai staff ysgol disgyblion".split()
)


def kind_of_file(content: bytes, name: str) -> str:
    """Return `docx`, `pdf`, `html` or `text`.

    Raises:
        UnreadableError: empty, too large, or a kind of file that is no document to read.
    """
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise UnreadableError("empty")
    if len(content) > MOST_BYTES:
        raise UnreadableError("too-large", megabytes=MOST_BYTES // 1_000_000)
    ending = PurePath(name).suffix.lower()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _in_zip(content)
    if content.startswith(_OLD_OFFICE):
        raise UnreadableError("locked" if ending == ".docx" else _OTHER.get(ending, "old-word"))
    if content.startswith(b"{\\rtf"):
        raise UnreadableError("rtf")
    if ending in (".csv", ".xlsx", ".xls", ".ods"):
        raise UnreadableError("spreadsheet")
    if ending in (".docx", ".pdf", ".docm"):
        raise UnreadableError("wrong-ending", ending=ending)
    if _HTML.match(content[:4000]) or ending in (".html", ".htm", ".xhtml"):
        return "html"
    return "text"


def _in_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError("damaged", kind="Word") from error
    for start, code in (("xl/", "spreadsheet"), ("ppt/", "slides"), ("content.xml", "odt")):
        if any(each.startswith(start) for each in names):
            raise UnreadableError(code)
    if "word/document.xml" in names or "[Content_Types].xml" in names:
        return "docx"
    raise UnreadableError("zip")


def text_of(content: bytes) -> str:
    """Return the text of a text file.

    Raises:
        UnreadableError: not text.
    """
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableError("not-text")
    odd = sum(1 for char in text[:20_000] if ord(char) < 32 and char not in "\t\n\r\f\x0b")
    if odd > len(text[:20_000]) / 100:
        raise UnreadableError("not-text")
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError("too-long")
    return text


def check_read(content: Content) -> None:
    """Refuse what was read but is no policy in English.

    Raises:
        UnreadableError: nothing to read, too much to read, or another language.
    """
    text = " ".join(block.text for block in content.blocks)
    if not re.search(r"[^\W\d_]{2}", text):
        raise UnreadableError("no-text")
    if len(content.blocks) > MOST_BLOCKS or len(text) > MOST_CHARACTERS:
        raise UnreadableError("too-long")
    words = re.findall(r"[^\W\d_]+", text[:60_000].lower())
    if len(words) < 60:
        return
    common = sum(word in _COMMON for word in words)
    if sum(word in _WELSH for word in words) > max(common, len(words) * 0.08):
        raise UnreadableError("welsh")
    if common < len(words) * 0.05:
        raise UnreadableError("other-language")
