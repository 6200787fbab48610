"""Files of every kind that may come in, made in a few lines each, and some that must not."""

import gzip
import io
import json
import struct
import zipfile

from PIL import Image, ImageDraw

EML = b"""From: A Parent <parent@home.example>\r
To: office@school.example\r
Subject: The post of last night\r
Date: Fri, 20 Nov 2026 21:04:00 +0000\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=B\r
\r
--B\r
Content-Type: text/plain; charset=utf-8\r
\r
Please look at the picture.\r
--B\r
Content-Type: image/png; name="post.png"\r
Content-Disposition: attachment; filename="post.png"\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
--B--\r
"""
MHTML = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://social.example/post/1\r
Subject: A post\r
Date: Fri, 20 Nov 2026 21:04:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="M"\r
\r
--M\r
Content-Type: text/html\r
Content-Location: https://social.example/post/1\r
\r
<html><script>alert(1)</script><p>A post about a teacher.</p></html>\r
--M\r
Content-Type: image/gif\r
Content-Transfer-Encoding: base64\r
Content-Location: https://social.example/pixel.gif\r
\r
R0lGODlhAQABAAAAACw=\r
--M--\r
"""


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 400), *, mark: str = "white", exif: str = "") -> bytes:
    """Return a picture with shapes in it; `exif` goes into its description."""
    made = Image.new("RGB", size, "navy")
    draw = ImageDraw.Draw(made)
    width, height = size
    draw.ellipse((width // 8, height // 8, width // 2, height // 2), fill=mark)
    draw.rectangle((width // 2, height // 2, width - 20, height - 20), fill="orange")
    target = io.BytesIO()
    tags = Image.Exif()
    if exif:
        tags[0x010E] = exif
    made.save(target, kind, exif=tags) if exif else made.save(target, kind)
    return target.getvalue()


def warc(*, packed: bool = False, text: bytes = b"<p>A post</p>") -> bytes:
    """Return a WARC with one page."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Date: 2026-11-20T21:04:00Z\r\nWARC-Target-URI: https://social.example/post/1\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    record = head.encode() + answer + b"\r\n\r\n"
    return gzip.compress(record) if packed else record


def wacz() -> bytes:
    """Return a WACZ with one page."""
    about = {"title": "Posts", "resources": [{"path": "archive/data.warc.gz", "bytes": 10}]}
    page = {"url": "https://social.example/post/1", "title": "A post", "ts": "2026-11-20T21:04:00Z"}
    parts: dict[str, str | bytes] = {
        "datapackage.json": json.dumps(about),
        "pages/pages.jsonl": json.dumps({"format": "json-pages-1.0"}) + "\n" + json.dumps(page),
        "archive/data.warc.gz": warc(packed=True),
    }
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def bomb() -> bytes:
    """Return a Word document of 300 MB in 300 KB."""
    return zipped({"[Content_Types].xml": "", "word/document.xml": bytes(300_000_000)})


def docx() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


# ---- Outlook's .msg: a Compound File with a stream for each property (MS-CFB, MS-OXMSG).
SECTOR, MINI = 512, 64
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM, STORAGE_ROOT = 2, 5


def msg(subject: str = "About the post", body: str = "Please look at it.\n" * 400) -> bytes:
    """Return an Outlook message without attachments."""
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: "A Parent", 0x0C1F: "parent@home.example", 0x1000: body}
    streams = {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le") for number, text in texts.items()}
    properties = bytes(8) + struct.pack("<4I", 0, 0, 0, 0) + bytes(8)
    for number, text in texts.items():
        properties += struct.pack("<HHIII", 0x001F, number, 6, 2 * len(text) + 2, 0)
    return compound({"__properties_version1.0": properties, **streams})


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a Compound File with streams in its root, as version 3 writes them."""
    mini, mini_fat, large, places = bytearray(), [], bytearray(), {}
    large_fat: list[int] = []
    for name, content in streams.items():
        if len(content) < 4096:
            start, count = len(mini) // MINI, -(-len(content) // MINI)
            mini += content.ljust(count * MINI, b"\0")
            mini_fat += _chain(start, count)
        else:
            start, count = len(large) // SECTOR, -(-len(content) // SECTOR)
            large += content.ljust(count * SECTOR, b"\0")
            large_fat += _chain(start, count)
        places[name] = start
    mini_sectors = -(-len(mini) // SECTOR)
    directory_sectors = -(-(len(streams) + 1) // 4)
    first_mini = len(large_fat)
    first_mini_fat = first_mini + mini_sectors
    first_directory = first_mini_fat + 1
    fat_at = first_directory + directory_sectors
    fat = [*large_fat, *_chain(first_mini, mini_sectors), END, *_chain(first_directory, directory_sectors), FAT_SECTOR]
    entries = _entry("Root Entry", STORAGE_ROOT, first_mini, len(mini), child=1)
    for position, (name, content) in enumerate(sorted(streams.items(), key=lambda each: (len(each[0]), each[0])), 1):
        right = position + 1 if position < len(streams) else FREE
        entries += _entry(name, STREAM, places[name], len(content), right=right)
    return b"".join(
        (
            _head(first_directory, first_mini_fat, fat_at),
            bytes(large),
            bytes(mini).ljust(mini_sectors * SECTOR, b"\0"),
            _numbers(mini_fat),
            entries.ljust(directory_sectors * SECTOR, b"\0"),
            _numbers(fat),
        )
    )


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), END] if count else []


def _numbers(values: list[int]) -> bytes:
    return struct.pack("<128I", *values, *[FREE] * (128 - len(values)))


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _head(directory: int, mini_fat: int, fat: int) -> bytes:
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    sizes = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, mini_fat, 1, END, 0)
    return mark + sizes + counts + struct.pack("<109I", fat, *[FREE] * 108)
