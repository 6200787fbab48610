"""Files from content blocks: Word, tagged PDF, CSV, XLSX, ZIP; and the documents that are made from a policy.

And the shades of a school's colour that can be read, for documents, pages and emails alike.

Knows no record: what a document needs comes as content. A `Document` of blocks is worked out once and written by
`as_word` or `as_pdf`; a table is a header and rows for `csv_lines` or `xlsx_file`; `write_archive` puts files into one.
"""

from proviso.documents._archive import (
    ArchiveFault,
    ArchiveFile,
    Manifest,
    ManifestEntry,
    UnsafeName,
    read_manifest,
    safe_name,
    verify_archive,
    write_archive,
)
from proviso.documents._blocks import (
    Block,
    Bullet,
    Document,
    Fields,
    Heading,
    Look,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from proviso.documents._colours import OWN, Shades, contrast, shades_of
from proviso.documents._pdf import as_pdf
from proviso.documents._spreadsheet import Cell, TooManyRows, csv_lines, without_formula, xlsx_file
from proviso.documents._word import as_word
from proviso.documents.policy import (
    Approval,
    PolicyContent,
    Signature,
    SignoffRow,
    handbook_section,
    policy_document,
    signed_copy,
    signing_list,
)

__all__ = [
    "Approval",
    "ArchiveFault",
    "ArchiveFile",
    "Block",
    "Bullet",
    "Cell",
    "Document",
    "Fields",
    "Heading",
    "Look",
    "Manifest",
    "ManifestEntry",
    "Numbered",
    "OWN",
    "PageBreak",
    "Paragraph",
    "Picture",
    "PolicyContent",
    "Shades",
    "Signature",
    "SignoffRow",
    "Table",
    "TooManyRows",
    "UnsafeName",
    "as_pdf",
    "as_word",
    "contrast",
    "csv_lines",
    "handbook_section",
    "policy_document",
    "read_manifest",
    "safe_name",
    "shades_of",
    "signed_copy",
    "signing_list",
    "verify_archive",
    "without_formula",
    "write_archive",
    "xlsx_file",
]
