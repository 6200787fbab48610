"""Documents made from a version of a policy: for reading, for the staff handbook, for signing on paper.

Knows nothing of records: what a document needs comes as a `PolicyDocument`. The same version gives the same PDF, byte
for byte. What is in a document is worked out once, as a `Sheet`, and written as Word or PDF.
"""

from django.utils.translation import override

from proviso.documents._content import Approval, PolicyDocument, SignoffRow, Variation
from proviso.documents._handbook import handbook_sheet
from proviso.documents._pdf import as_pdf
from proviso.documents._policy import policy_sheet
from proviso.documents._signing import signing_sheet
from proviso.documents._spreadsheet import Cell, TooManyRows, csv_lines, without_formula, xlsx_file
from proviso.documents._welsh import in_its_language
from proviso.documents._word import as_word

__all__ = [
    "Approval",
    "Cell",
    "PolicyDocument",
    "SignoffRow",
    "TooManyRows",
    "Variation",
    "csv_lines",
    "handbook_pdf",
    "handbook_word",
    "pdf",
    "signoff_sheet",
    "without_formula",
    "word",
    "xlsx_file",
]


def word(document: PolicyDocument) -> bytes:
    """Return the policy as a Word file that can be edited."""
    with override(document.language):
        return as_word(policy_sheet(in_its_language(document)))


def pdf(document: PolicyDocument) -> bytes:
    """Return the policy as a tagged PDF for keeping (PDF/A-2a, PDF/UA-1)."""
    with override(document.language):
        return as_pdf(policy_sheet(in_its_language(document)))


def handbook_word(document: PolicyDocument) -> bytes:
    """Return a section for the staff handbook as a Word file: what binds those who work here, in short."""
    with override(document.language):
        return as_word(handbook_sheet(in_its_language(document)))


def handbook_pdf(document: PolicyDocument) -> bytes:
    """Return the section for the staff handbook as a tagged PDF for keeping."""
    with override(document.language):
        return as_pdf(handbook_sheet(in_its_language(document)))


def signoff_sheet(document: PolicyDocument, rows: list[SignoffRow]) -> bytes:
    """Return a list of names as a tagged PDF: who signed when, and a line for those who sign on paper."""
    with override(document.language):
        return as_pdf(signing_sheet(in_its_language(document), rows))
