"""Consents on pages: recorded by the office, said by staff themselves, seen and withdrawn by a parent."""

import re
from io import BytesIO

from django.test import Client
from docx import Document
from pypdf import PdfReader

from proviso.records.registers.models import Consent
from tests.cast import Cast, visits
from tests.records.registers.test_consents import roll, say
from tests.web.pages import link, main, words

CONSENTS = "/schools/oak-lane/consents/"


def of_pupil(cast: Cast) -> str:
    return f"{CONSENTS}{cast.pupil.pk}/"


def test_the_office_records_what_a_parent_said(cast: Cast) -> None:
    client = visits(cast.administrator)
    client.post(f"{of_pupil(cast)}record/", {"website-picture": "given", "website-name": "refused", "by": "M. Small"})
    assert roll(cast)["Small"] == ("refused", "given")
    page = words(main(client.get(of_pupil(cast)).text))
    assert "M. Small" in page
    assert "face-on pictures" in page


def test_the_register_finds_those_who_refused(cast: Cast) -> None:
    say(cast, picture="refused")
    page = words(main(visits(cast.teacher).get(f"{CONSENTS}?standing=refused").text))
    assert "Perdita Small" in page
    assert "Tobias Wrenfield" not in page


def test_staff_say_it_of_themselves_and_a_no_withdraws(cast: Cast) -> None:
    client = visits(cast.teacher)
    client.post(f"{CONSENTS}mine/", {"website-picture": "given"})
    client.post(f"{CONSENTS}mine/", {"website-picture": "refused"})
    assert [row.standing for row in Consent.objects.filter(person=cast.teacher)] == ["given", "withdrawn"]


def test_the_form_on_paper_is_a_word_file_and_a_pdf_with_its_address(cast: Cast) -> None:
    client = visits(cast.administrator)
    pdf = PdfReader(BytesIO(client.get(f"{of_pupil(cast)}form.pdf").content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Perdita Small" in text
    assert "/oak-lane/consent/" in text
    assert [image for page in pdf.pages for image in page.images]
    word = Document(BytesIO(client.get(f"{of_pupil(cast)}form.docx").content))
    assert word.inline_shapes
    assert "The school’s website" in [cell.text for table in word.tables for row in table.rows for cell in row.cells]


def opened(cast: Cast) -> tuple[Client, str]:
    page = main(visits(cast.administrator).post(f"{of_pupil(cast)}link/").text)
    found = re.search(r"/consent/[\w-]+/", page)
    code = re.search(r"<dd[^>]*>([0-9A-Z]{8})</dd>", page)
    assert found and code
    parent = Client()
    assert "Perdita" not in parent.get(found[0]).text
    assert parent.post(found[0], {"code": "WRONGONE"}).status_code == 400
    assert parent.post(found[0], {"code": code[1]}).status_code == 302
    return parent, found[0]


def test_a_parent_sees_and_withdraws_by_link_and_code(cast: Cast) -> None:
    say(cast, picture="given", name="refused")
    parent, there = opened(cast)
    page = main(parent.get(there).text)
    assert "Where Perdita Small may be named and shown" in words(page)
    answer = parent.post(link(page, "Withdraw"), follow=True)
    assert "The consent is withdrawn." in words(answer.text)
    assert roll(cast)["Small"] == ("refused", "withdrawn")


def test_without_the_code_nothing_is_withdrawn(cast: Cast) -> None:
    say(cast, picture="given")
    _parent, there = opened(cast)
    Client().post(f"{there}withdraw/website/picture/")
    assert roll(cast)["Small"][1] == "given"


def test_anybody_reads_the_words_of_the_form(cast: Cast) -> None:
    assert "Saying no has no disadvantage." in words(main(Client().get("/oak-lane/consent/").text))
