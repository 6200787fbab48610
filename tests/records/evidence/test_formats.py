"""What may come in is known by its content; what is forged, damaged or made to do harm is refused in one line."""

import gzip
import io

import pytest
from PIL import Image

from proviso.records.evidence.formats import pictures
from proviso.records.evidence.formats.recognition import contents_of, recognise
from proviso.records.files.errors import FileRefusedError
from tests.records.evidence import made_files

ACCEPTED = {
    "post.png": (made_files.picture(), "image/png", "screenshot"),
    "post.jpg": (made_files.picture("JPEG"), "image/jpeg", "screenshot"),
    "post.webp": (made_files.picture("WEBP"), "image/webp", "screenshot"),
    "post.gif": (made_files.picture("GIF"), "image/gif", "screenshot"),
    "post.bmp": (made_files.picture("BMP"), "image/bmp", "screenshot"),
    "letter.pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf", "file"),
    "letter.docx": (
        made_files.docx(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "file",
    ),
    "what was said.txt": ("Beth ddywedodd e? Cyfarfod â’r pennaeth.".encode(), "text/plain", "file"),
    "mail.eml": (made_files.EML, "message/rfc822", "email"),
    "mail.msg": (made_files.msg(), "application/vnd.ms-outlook", "email"),
    "page.mhtml": (made_files.MHTML, "multipart/related", "web_capture"),
    "page.warc": (made_files.warc(), "application/warc", "web_capture"),
    "page.warc.gz": (made_files.warc(packed=True), "application/warc", "web_capture"),
    "page.wacz": (made_files.wacz(), "application/wacz", "web_capture"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_is_known_by_its_content(name: str) -> None:
    content, media_type, kind = ACCEPTED[name]
    found = recognise(io.BytesIO(content), name)
    assert (found.media_type, found.kind) == (media_type, kind)


REFUSED = {
    "post.png": (made_files.EML, "different kind of file"),
    "mail.eml": (made_files.picture(), "different kind of file"),
    "mail.msg": (made_files.picture(), "different kind of file"),
    "half.png": (made_files.picture()[:700], "damaged, cut off"),
    "half.msg": (made_files.msg()[: len(made_files.msg()) // 2], "cut off, damaged, or not an email"),
    "quarter.msg": (made_files.msg()[: len(made_files.msg()) // 4], "cut off, damaged, or not an email"),
    "half.warc.gz": (made_files.warc(packed=True)[:120], "cut off, damaged"),
    "half.docx": (made_files.docx()[:150], "damaged, cut off"),
    "program.exe": (b"MZ" + bytes(range(256)), "not a kind of file"),
    "several.zip": (made_files.zipped({"a.txt": "a"}), "not a kind of file"),
    "bomb.docx": (made_files.bomb(), "unpack to more than"),
    "bomb.warc.gz": (gzip.compress(made_files.warc(text=bytes(501_000_000)), 1), "unpack to more than"),
    "not a picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "damaged, cut off"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_forged_damaged_or_a_bomb_is_refused_in_one_line(name: str) -> None:
    content, why = REFUSED[name]
    with pytest.raises(FileRefusedError, match=why) as refused:
        recognise(io.BytesIO(content), name)
    assert "\n" not in f"{refused.value} {refused.value.do}"


@pytest.mark.parametrize("cut", range(1, 12))
def test_an_outlook_message_cut_anywhere_is_refused_or_read(cut: int) -> None:
    whole = made_files.msg()
    part = whole[: len(whole) * cut // 12]
    with pytest.raises(FileRefusedError):
        recognise(io.BytesIO(part), "mail.msg")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(FileRefusedError, match="more than 64 million pixels"):
        recognise(bomb, "bomb.png")


def test_an_email_shows_its_headers_its_words_and_what_is_attached() -> None:
    read = contents_of(io.BytesIO(made_files.EML), "message/rfc822")
    assert ("Subject", "The post of last night") in read.fields
    assert ("From", "A Parent <parent@home.example>") in read.fields
    assert read.text.strip() == "Please look at the picture."
    assert [(part.name, part.media_type) for part in read.parts] == [("post.png", "image/png")]


def test_an_outlook_message_shows_its_sender_its_subject_and_its_words() -> None:
    read = contents_of(io.BytesIO(made_files.msg(body="Please look at it.")), "application/vnd.ms-outlook")
    assert dict(read.fields)["Subject"] == "About the post"
    assert "parent@home.example" in dict(read.fields)["From"]
    assert read.text == "Please look at it."


def test_a_saved_page_lists_what_is_in_it_and_runs_nothing() -> None:
    read = contents_of(io.BytesIO(made_files.MHTML), "multipart/related")
    assert dict(read.fields)["Snapshot-Content-Location"] == "https://social.example/post/1"
    assert read.text == "A post about a teacher."
    assert [part.name for part in read.parts] == ["https://social.example/post/1", "https://social.example/pixel.gif"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_lists_its_pages(packed: bool) -> None:
    (page,) = contents_of(io.BytesIO(made_files.warc(packed=packed)), "application/warc").parts
    assert page.name == "https://social.example/post/1 (2026-11-20T21:04:00Z)"
    assert page.media_type == "text/html"


def test_a_wacz_lists_its_pages_and_files() -> None:
    read = contents_of(io.BytesIO(made_files.wacz()), "application/wacz")
    assert ("title", "Posts") in read.fields
    assert [part.name for part in read.parts] == [
        "https://social.example/post/1 (2026-11-20T21:04:00Z)",
        "archive/data.warc.gz",
    ]


def test_deeply_nested_mail_is_refused_or_read_and_never_stops_the_program() -> None:
    nested = b"From: a@b.example\r\nSubject: x\r\n"
    for depth in range(1500):
        nested += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth)
    try:
        contents_of(io.BytesIO(nested), "message/rfc822")
    except FileRefusedError as error:
        assert "cannot be read" in str(error)


def test_a_picture_goes_out_made_anew_without_what_else_was_in_it() -> None:
    script = "<script>alert(document.cookie)</script>"
    original = made_files.picture("JPEG", (3200, 1000), exif=script) + b"<?php trailing ?>"
    assert script.encode() in original
    out = pictures.shown(io.BytesIO(original))
    assert b"script" not in out and b"php" not in out
    with Image.open(io.BytesIO(out)) as made:
        assert (made.format, made.size, dict(made.getexif())) == ("PNG", (1600, 500), {})


def test_what_a_picture_says_of_itself_is_a_text() -> None:
    script = "<script>alert(1)</script>"
    read = contents_of(io.BytesIO(made_files.picture("JPEG", exif=script)), "image/jpeg")
    assert ("ImageDescription", script) in read.fields


def test_a_smaller_copy_in_another_format_looks_alike_and_another_picture_does_not() -> None:
    one = recognise(io.BytesIO(made_files.picture("PNG", (1280, 800))), "a.png").picture_hash
    copy = recognise(io.BytesIO(made_files.picture("JPEG", (640, 400))), "b.jpg").picture_hash
    other = recognise(io.BytesIO(made_files.picture("PNG", (1280, 800), mark="black")), "c.png").picture_hash
    assert pictures.look_alike(one, copy)
    assert not pictures.look_alike(one, other)
