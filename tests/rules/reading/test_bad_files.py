"""Files that cannot be read: each is refused with a code that says why, in bounded time, and nothing else happens."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from proviso.rules.reading import UnreadableError, read, read_apart
from tests.rules.reading import made


def refusal(content: bytes, name: str = "policy") -> str:
    with pytest.raises(UnreadableError) as refused:
        read_apart(content, name)
    return refused.value.code


def zipped(**members: bytes) -> bytes:
    made_zip = io.BytesIO()
    with zipfile.ZipFile(made_zip, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made_zip.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf("Staff must lock their screens."))))
    writer.encrypt("secret")
    return written(writer)


def blank_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def spreadsheet() -> bytes:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def test_each_kind_of_bad_file_is_named() -> None:
    assert refusal(b"") == "empty"
    assert refusal(b"  \n\n") == "empty"
    assert refusal(spreadsheet(), "policy.docx") == "spreadsheet"
    assert refusal(b"name,role\nA,teacher\n", "people.csv") == "spreadsheet"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "policy.doc") == "old-word"
    assert refusal(b"{\\rtf1 Staff must}", "policy.rtf") == "rtf"
    assert refusal(b"Staff must lock their screens.", "policy.pdf") == "wrong-ending"
    assert refusal(bytes(range(256)) * 40, "policy.txt") == "not-text"
    assert refusal(b"12 34 56", "policy.txt") == "no-text"
    assert refusal(zipped(readme=b"hello"), "policy.zip") == "zip"


def test_pdfs_that_are_locked_scanned_broken_or_endless() -> None:
    assert refusal(locked_pdf()) == "locked"
    assert refusal(blank_pdf(3)) == "scanned"
    assert refusal(blank_pdf(700)) == "too-many-pages"
    assert refusal(b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> endobj\n" * 50) == "damaged"


def test_a_word_file_that_unpacks_to_far_more_is_not_unpacked() -> None:
    bomb = zipped(word__document_dot_xml=b"<w/>" * 20_000_000)
    assert refusal(bomb, "policy.docx") == "too-large-unpacked"


def test_a_word_file_does_not_read_other_files() -> None:
    content = made.word()
    told = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    source = zipfile.ZipFile(io.BytesIO(content))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "word/document.xml":
                data = data.replace(b"<w:document", told + b"<w:document", 1).replace(b"Staff may", b"&secret; may")
            archive.writestr(member, data)
    try:
        texts = " ".join(each.text for each in read_apart(changed.getvalue(), "policy.docx").statements)
    except UnreadableError:
        return
    with open("/etc/hostname", encoding="utf-8") as file:
        assert file.read().strip() not in texts


def test_another_language_is_refused_by_name() -> None:
    welsh = "Rhaid i bob aelod o staff yr ysgol gadw at y polisi hwn, ac mae hyn yn wir am bob disgybl yn yr ysgol. "
    french = "Le personnel de l'école doit respecter les règles de cette politique et ne jamais écrire aux élèves. "
    assert refusal((welsh * 8).encode(), "polisi.txt") == "welsh"
    assert refusal((french * 8).encode(), "politique.txt") == "other-language"


def test_who_takes_too_long_is_stopped() -> None:
    with pytest.raises(UnreadableError) as refused:
        read_apart(b"Staff must lock their screens.", seconds=0.01)
    assert refused.value.code == "too-slow"


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"<html><body>", b"# ", b"- (a) ", b"| a | b |\n"])
)
def test_any_bytes_are_read_or_refused(content: bytes, start: bytes) -> None:
    try:
        read(start + content, "policy")
    except UnreadableError as error:
        assert error.code


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([made.HTML, WORD, PDF]))
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + data.draw(st.binary(max_size=20)) + whole[place + data.draw(st.integers(0, 40)) :]
    try:
        read(changed, "policy")
    except UnreadableError as error:
        assert error.code


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Staf mus\n\t-*#|().:;,12aiv“”'_\\", max_size=600))
def test_any_marks_are_read_without_losing_words(text: str) -> None:
    try:
        document = read(text.encode(), "policy.txt")
    except UnreadableError:
        return
    assert all(statement.text.strip() for statement in document.statements)


WORD, PDF = made.word(), made.pdf()
