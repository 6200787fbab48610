"""Documents on paper: everything is in them, nothing that somebody wrote can spoil them, and they can be read aloud."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from proviso import documents
from proviso.documents import Approval, PolicyContent, SignoffRow, as_pdf, as_word
from proviso.rules.norms import Clause, NamedContact, Policy
from proviso.rules.rulebook import filled, numbered, policy_ids, source

HOSTILE = r"#panic() *bold* $x$ @you <tag> \ {{ x }} <b>b</b> & ‘q’ // /* = heading"


def load(policy: str) -> Policy:
    """Return a policy as a school has adopted it."""
    return filled(numbered(replace(source(policy), establishment="Elm School")))


LANCASHIRE = load("lancashire")


def content(policy: Policy = LANCASHIRE, **more: Any) -> PolicyContent:
    """Return a version that two invented people approved."""
    return PolicyContent(
        **{
            "policy": policy,
            "number": 3,
            "fingerprint": "eceb8e872f8c3d3662eae87c165f83e212afc11ef12a97ee5381ff8289d27d38",
            "adopted_on": date(2026, 9, 1),
            "in_force_from": date(2026, 9, 7),
            "review_due": date(2027, 9, 1),
            "approvals": (Approval("Mererid Tŷ-Newydd", "Headteacher", datetime(2026, 8, 28, 9, tzinfo=UTC)),),
            **more,
        }
    )


def policy_pdf(written: PolicyContent) -> bytes:
    return as_pdf(documents.policy_document(written))


def policy_word(written: PolicyContent) -> bytes:
    return as_word(documents.policy_document(written))


def handbook_pdf(written: PolicyContent) -> bytes:
    return as_pdf(documents.handbook_section(written))


def handbook_word(written: PolicyContent) -> bytes:
    return as_word(documents.handbook_section(written))


def signing_pdf(written: PolicyContent, rows: list[SignoffRow]) -> bytes:
    return as_pdf(documents.signing_list(written, rows))


def saying(text: str) -> Policy:
    """Return a policy of one clause, which says this, under a head that says it, too."""
    clause = Clause("OWN-1", "Section", ("employees",), "prohibited", text, ("scope",), ("scope",), number="1.1")
    return replace(LANCASHIRE, name=text, establishment=text, ask=text, clauses=(clause,), covered_by=())


def read_pdf(file: bytes) -> str:
    """Return the words of a PDF, with one blank between each two."""
    return squeezed(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages))


def without_margins(file: bytes, written: PolicyContent) -> str:
    """Return the words of a PDF without blanks, and without the header and footer that may part a clause."""
    header = without_blanks(f"{written.policy.establishment}{written.policy.name}")
    footer = r"Version3,inforcefrom7September2026Page\d+of\d+"
    return re.sub(f"{footer}({re.escape(header)})?", "", without_blanks(read_pdf(file)))


def read_word(file: bytes) -> str:
    """Return the words of a Word file's body, tables among them, in order."""
    with ZipFile(BytesIO(file)) as parts:
        body = docx.Document(BytesIO(file)).element.body
        assert parts.testzip() is None
    return squeezed(" ".join("".join(each.itertext(qn("w:t"))) for each in body.iter(qn("w:p"))))


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def without_blanks(text: str) -> str:
    """A PDF breaks lines, and where a long word was broken nobody can tell from its text."""
    return re.sub(r"[\s\u200b]", "", text)


@pytest.mark.parametrize("policy", policy_ids())
def test_every_clause_is_in_the_policy_under_its_number_and_no_id_of_the_model(policy: str) -> None:
    written = content(load(policy))
    on_paper, in_word = without_margins(policy_pdf(written), written), read_word(policy_word(written))
    for clause in written.policy.clauses:
        assert without_blanks(f"{clause.number}{clause.text}") in on_paper
        assert squeezed(f"{clause.number}{clause.text}") in in_word
        assert not re.search(rf"\b{re.escape(clause.id)}\b", in_word)


def test_clauses_stand_under_the_sections_of_the_document() -> None:
    lines = docx.Document(BytesIO(policy_word(content()))).paragraphs
    headings = [line.text for line in lines if line.style is not None and line.style.name == "Heading 1"]
    assert headings == [
        "Approved by",
        "1 Purpose",
        "2 Who the policy is for",
        "3 About social networking sites",
        "4 Advice to employees",
        "5 People who apply for posts",
        "6 Working safely with children and young people",
        "7 Making the policy known",
        "8 Approval and review",
        "Notes",
    ]
    places = [line.text.split("\t")[0] for line in lines if line.style is not None and line.style.name == "Clause"]
    assert places[:8] == ["1.1", "2.1", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2"]


def test_the_front_page_says_who_when_and_how_the_rest_begins_on_the_next() -> None:
    contacts = {"dsl": NamedContact("Rosa Ash", "01632 960001", "dsl@elm.example"), "chair": NamedContact("Ivor Bryn")}
    named = replace(LANCASHIRE, contacts=contacts, channels={"agreed_channel": ("ClassTalk", "Elm app")})
    written = content(
        named, particulars=(("Rules on equipment", "School cameras only."),), consulted=("The unions (1 May 2026)",)
    )
    front = squeezed(PdfReader(BytesIO(policy_pdf(written))).pages[0].extract_text())
    for text in (front, read_word(policy_word(written))):
        for line in (
            "Version: 3",
            "Adopted on: 1 September 2026",
            "In force from: 7 September 2026",
            "To be reviewed by: 1 September 2027",
            "For: Employees (a teacher, support staff, the headteacher or principal)",
            "Mererid Tŷ-Newydd Headteacher 28 August 2026",
            "Designated safeguarding lead Rosa Ash 01632 960001 dsl@elm.example",
            "Chair of governors Ivor Bryn",
            "Agreed channels: ClassTalk, Elm app",
            "Rules on equipment: School cameras only.",
        ):
            assert line in text
    assert "1 Purpose" not in front
    last = squeezed(PdfReader(BytesIO(policy_pdf(written))).pages[-1].extract_text())
    for note in ("Read together with: Acceptable-use policy", "Consulted: The unions (1 May 2026)", "Fingerprint"):
        assert note in last


def test_in_wales_the_lead_is_the_designated_safeguarding_person() -> None:
    named = replace(load("ewloe-green"), contacts={"dsl": NamedContact("Rosa Ash")})
    assert "Designated safeguarding person Rosa Ash" in read_word(policy_word(content(named)))


def test_a_draft_says_on_every_page_that_it_is_one() -> None:
    draft = content(adopted_on=None, in_force_from=None, approvals=())
    pages = PdfReader(BytesIO(policy_pdf(draft))).pages
    assert len(pages) > 1
    assert all("Version 3: a draft, not adopted" in squeezed(page.extract_text()) for page in pages)
    assert "Nobody has approved this version yet." in read_word(policy_word(draft))


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("make", [policy_pdf, handbook_pdf], ids=["policy", "handbook"])
def test_a_pdf_is_tagged_and_fit_for_keeping(make: Any, language: str) -> None:
    reader = PdfReader(BytesIO(make(content(language=language))))
    catalogue: Any = reader.trailer["/Root"]
    described = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower().startswith(language[:2])
    kinds = set(roles(catalogue["/StructTreeRoot"]))
    assert {"/H1", "/P"} <= kinds
    assert {"/L", "/LI"} <= kinds
    assert {"/Table", "/TH", "/TD"} <= kinds


def roles(node: Any) -> list[str]:
    """Return the role of every element of a structure tree."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return []
    children = node.get("/K")
    inner = children if isinstance(children, list) else [] if children is None else [children]
    own = [str(node["/S"])] if "/S" in node else []
    return own + [role for child in inner for role in roles(child)]


def test_every_typeface_is_in_the_file() -> None:
    for page in PdfReader(BytesIO(policy_pdf(content()))).pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]  # a dictionary in every page of text
        for font in fonts.values():
            assert "AtkinsonHyperlegibleNext" in font["/BaseFont"]
            described = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_same_version_gives_the_same_bytes() -> None:
    assert policy_pdf(content()) == policy_pdf(content())
    assert policy_pdf(content()) != policy_pdf(content(number=4))


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "Dŵr ŷ Ŵ Ŷ â ê î ô û", "“ ” – … €", "Ελληνικά Привет", "مرحبا", "Żółć"],
    ids=["markup", "Welsh", "signs", "Greek and Russian", "Arabic", "Polish"],
)
def test_what_somebody_wrote_stands_as_they_wrote_it(text: str) -> None:
    written = content(saying(text))
    assert read_word(policy_word(written)).count(squeezed(text)) >= 3
    if text != "مرحبا":  # written from right to left: readers of files turn it round
        assert without_blanks(read_pdf(policy_pdf(written))).count(without_blanks(text)) >= 3


@pytest.mark.parametrize("text", ["漢字", "a\x00b\x07c\ud800", "\ue000"], ids=["Chinese", "controls", "private"])
def test_a_letter_that_no_typeface_has_leaves_a_square_and_no_error(text: str) -> None:
    written = content(saying(f"Before {text} after"))
    for make in (policy_pdf, handbook_pdf):
        assert re.search(r"Before.*after", read_pdf(make(written)))
    assert "Before" in read_word(policy_word(written))
    if text == "漢字":
        assert "Before □□ after" in read_pdf(policy_pdf(written))
        assert "Before 漢字 after" in read_word(policy_word(written))


@pytest.mark.parametrize(
    "sign", ["😀", "✅", "👍🏽", "👩\u200d🏫", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"]
)
def test_emoji_are_printed_as_emoji(sign: str) -> None:
    written = content(saying(f"Well done {sign} to all"))
    assert "□" not in read_pdf(policy_pdf(written))
    for text in (read_pdf(policy_pdf(written)), read_word(policy_word(written))):
        assert f"Well done {sign} to all" in text


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_a_fingerprint_stands_whole_on_a_line_of_its_own(language: str) -> None:
    written = content(language=language)
    lines = PdfReader(BytesIO(policy_pdf(written))).pages[-1].extract_text().splitlines()
    assert written.fingerprint in [line.strip() for line in lines]


def test_a_very_long_word_stays_on_the_page() -> None:
    file = policy_pdf(content(saying("w" * 400)))
    assert "w" * 400 in without_blanks(read_pdf(file))
    for page in PdfReader(BytesIO(file)).pages:
        reached: list[float] = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_, reached=reached: reached.append(tm[4]) if text.strip() else None
        )
        assert reached
        assert max(reached) < float(page.mediabox.width)


def test_a_word_file_has_real_headings_tables_and_language() -> None:
    made = docx.Document(BytesIO(policy_word(content(language="cy", review_due=None))))
    assert made.core_properties.title == LANCASHIRE.name
    languages = {lang.get(qn("w:val")) for lang in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"cy-GB"}
    (table,) = made.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Enw", "Swyddogaeth", "Llofnodwyd ar"]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    footer = made.sections[0].footer.paragraphs[0]
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert made.sections[0].header.paragraphs[0].text == f"{LANCASHIRE.establishment}\t{LANCASHIRE.name}"


def test_dates_are_written_in_the_documents_language() -> None:
    assert "1 Medi 2026" in read_pdf(policy_pdf(content(language="cy")))


def test_a_policy_that_has_welsh_is_in_welsh_throughout() -> None:
    written = content(load("ewloe-green"), language="cy")
    text, short = read_word(policy_word(written)), read_word(handbook_word(written))
    for clause in written.policy.clauses:
        assert clause.welsh is not None
        assert squeezed(clause.welsh) in text
        assert squeezed(clause.text) not in text
    for words in ("Polisi Rhwydweithio Cymdeithasol", "Cyflwyniad", "Aelodau staff", "y pennaeth"):
        assert words in text
    assert "Gwrthod y cais ffrind." in short
    assert "Disgyblion fel ffrindiau" in short and "Pupils as friends" not in short
    assert "Polisi Rhwydweithio Cymdeithasol" in read_pdf(signing_pdf(written, []))


def test_a_clause_without_welsh_stands_in_english() -> None:
    assert LANCASHIRE.clauses[0].text in read_word(policy_word(content(language="cy")))


@pytest.mark.parametrize("policy", policy_ids())
def test_the_handbook_tells_what_binds_staff_and_what_to_do(policy: str) -> None:
    written = content(load(policy))
    text = read_word(handbook_word(written))
    assert f"ask before you act: {written.policy.ask}." in text
    for clause in written.policy.clauses:
        for step in clause.procedure:
            assert squeezed(step.what) in text
    assert without_blanks(text)[:200] in without_blanks(read_pdf(handbook_pdf(written)))


def test_the_handbook_puts_bans_first_and_leaves_out_what_binds_others() -> None:
    text = read_word(handbook_word(content()))
    assert "Not allowed. Employees should not use these sites for personal purposes during working hours. [4.2]" in text
    assert "Better not. Employees should be strongly discouraged" in text
    assert "[5.1]" not in text  # for schools that look at applicants
    assert "[2.1]" not in text  # whom the policy covers
    boundaries = text[text.index("Pupils as friends") : text.index("Former pupils")]
    assert boundaries.index("Not allowed.") < boundaries.index("Take care.")


def test_a_hundred_and_twenty_names_go_over_pages_that_repeat_the_header() -> None:
    rows = [SignoffRow(f"Person {n:03}", "Teacher", date(2026, 9, 10) if n % 2 else None) for n in range(120)]
    pages = [page.extract_text() for page in PdfReader(BytesIO(signing_pdf(content(), rows))).pages]
    assert len(pages) > 3
    assert all(re.search(r"Name\s+Role\s+Signature\s+Date", page) for page in pages)
    everything = squeezed(" ".join(pages))
    assert [f"Person {n:03}" in everything for n in range(120)] == [True] * 120
    assert everything.count("Signed on screen 10 September 2026") == 60
    assert "I have read version 3 of this policy" in pages[0]
    assert all("Version 3, in force from 7 September 2026" in squeezed(page) for page in pages)


def test_an_empty_list_says_so() -> None:
    assert "Nobody is asked to sign." in read_pdf(signing_pdf(content(), []))


# ---- How a school's documents look


def crest() -> bytes:
    made = BytesIO()
    Image.new("RGBA", (60, 80), "#c8102e").save(made, "PNG")
    return made.getvalue()


def test_a_crest_and_a_colour_stand_on_both_kinds_of_document() -> None:
    written = content(look=documents.Look("#4b2e83", crest()))
    pdf = PdfReader(BytesIO(policy_pdf(written)))
    assert len(pdf.pages[0].images) == 1
    word = docx.Document(BytesIO(as_word(documents.policy_document(written))))
    pictures: Any = word.inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in pictures] == ["Elm School"]
    styles: Any = word.styles
    assert str(styles["Heading 1"].font.color.rgb) == "4B2E83"


def test_a_document_without_a_crest_has_no_picture() -> None:
    assert not PdfReader(BytesIO(policy_pdf(content()))).pages[0].images
