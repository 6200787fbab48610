"""Documents that the tests make: one invented policy as Word, PDF and HTML."""

import io
from typing import Any

import typst
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TYPST = """
#set page(
  paper: "a4", header: [Elm Road School #h(1fr) Social media policy], footer: context [Page #counter(page).display()]
)
#set text(size: 11pt, hyphenate: true, lang: "en")
#set par(justify: true)
#set heading(numbering: "1.")
#outline()
#pagebreak()
= Purpose
This policy says how everybody who works at Elm Road School should use social media. It applies to all staff, and it was
written after a long consultation with professional associations representing teaching assistants.
= Contact with pupils
Staff must not:
+ accept a friend request from a pupil;
+ give a pupil their own telephone number.
#lorem(260)
#v(1fr)
Staff should tell the designated safeguarding lead about any message that a pupil sends to a
#pagebreak()
private account on the day on which it comes.
= Passwords
#table(columns: 2, [*Date*], [*Review date*], [March 2026], [March 2027])
Passwords must be kept secret.
"""


def pdf(source: str = TYPST) -> bytes:
    """Return a typst source as PDF."""
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def word() -> bytes:
    """Return a policy as Word makes it: its numbers are worked out by lists, not written."""
    document = Document()
    document.add_heading("Social media policy", 0)
    document.add_heading("Contact with pupils", 1)
    document.add_paragraph("Staff must not:")
    for text in ("accept a friend request from a pupil;", "give a pupil their own telephone number."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Staff may use the school's app to reach parents.")
    document.add_heading("Passwords", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("Keeping them secret: ").bold = True
    paragraph.add_run("Passwords must be kept secret.")
    _table(document)
    _deleted(document, "Staff must carry a blue pen.")
    return _bytes(document)


def _table(document: Any) -> None:
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Date", "Review date", "March 2026", "March 2027"), strict=True
    ):
        cell.text = text


def _deleted(document: Any, text: str) -> None:
    """Add a paragraph whose words a tracked change has deleted."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    change = OxmlElement("w:del")
    change.set(qn("w:id"), "1")
    change.set(qn("w:author"), "Somebody")
    run._r.addprevious(change)
    change.append(run._r)


def _bytes(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


HTML = b"""<!doctype html><html><head><title>x</title><style>p {}</style></head><body><nav>Home</nav><main>
<h1>Social media policy</h1><h2>Contact with pupils</h2><p>Staff must not:</p>
<ol type="a"><li>accept a friend request from a pupil;<ul><li>at school</li></ul></li>
<li>give a pupil their own number.</li></ol>
<p><strong>Passwords:</strong> Passwords must be kept secret.</p><script>alert("Staff must run")</script>
</main></body></html>"""
